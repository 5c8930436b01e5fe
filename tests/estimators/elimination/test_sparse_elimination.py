"""Elimination of a sparse table ranks as that of the same table written down, and never writes it down."""

import pickle

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder
from sklearn.svm import LinearSVC

from infsel import RecursiveElimination
from infsel.embeddings import _filled
from infsel.greedy import _columns


@pytest.fixture
def X(rng):
    """90 x 40, mostly zeros: copies of columns and rows, an empty, a constant, a full, a shifted and a mirrored one."""
    X = np.where(rng.random((90, 40)) < 0.25, np.round(2 * rng.standard_normal((90, 40)), 1), 0)
    X[:, 3], X[:, 4], X[:, 5] = 0, 2, rng.standard_normal(90) + 1000
    X[:, 8], X[:, 9], X[:, 10] = X[:, 7], 3 - 2 * X[:, 5], -X[:, 11]
    X[80:] = X[:10]
    return X


@pytest.fixture
def y(X):
    return (X[:, 0] + X[:, 1] + 0.3 * X[:, 5] - 300 > 0.2).astype(int)


def assert_same(X, y, weights=None, **parameters):
    dense = RecursiveElimination(**parameters).fit(X, y, sample_weight=weights)
    sparse = RecursiveElimination(**parameters).fit(sp.csr_array(X), y, sample_weight=weights)
    assert sparse.kernel_ == dense.kernel_
    np.testing.assert_array_equal(sparse.ranking_, dense.ranking_)
    np.testing.assert_array_equal(sparse.scores_, dense.scores_)


@pytest.mark.parametrize("scaling", ["standard", "normal-scores"])
@pytest.mark.parametrize("kernel", ["sum", "attention", "linear"])
def test_a_sparse_table_ranks_as_a_dense_one(kernel, scaling, X, y, rng, monkeypatch):
    monkeypatch.setattr(_filled, "_WRITTEN", 200)  # a few rows at a time
    table = {"kernel": kernel, "scaling": scaling}
    numbers = X[:, 1] + rng.standard_normal(90)
    assert_same(X, y, **table)
    assert_same(X[:25], y[:25], **table)  # fewer rows than columns
    assert_same(X, y, part_size=30, **table)
    assert_same(X, y, screen=0.3, min_screened=5, **table)
    assert_same(X, y, rng.integers(0, 4, 90), **table)
    assert_same(X, y, rng.random(90), part_size=25, **table)
    assert_same(X, y, keep=[20], exclude=[1, 5], feature_groups=[[2, 3, 6], [0, 30]], **table)
    assert_same(X, numbers, part_size=40, **table)
    assert_same(X, np.c_[numbers, X[:, 2] > 0], **table)


def test_auto_takes_the_kernel_that_it_takes_for_the_dense_table(X, y, rng):
    rare = X * (rng.random(X.shape) < 0.3)
    for table, kernel in ((X, "sum"), (rare, "linear"), (np.where(rare == 0, 7, rare), "linear")):
        assert RecursiveElimination().fit(sp.csc_array(table), y).kernel_ == kernel
        assert_same(table, y)
    assert_same(X, y, 1 + 40 * (X[:, 20:].astype(bool).sum(axis=1) < 4))


def test_learned_attention_ranks_alike(X, y):
    assert_same(X[:, :12], y, metric="l1", n_starts=2)


def test_every_form_of_a_table_means_the_same(X, y):
    assert_same(X.astype(np.float32), y, kernel="linear")
    X = np.round(X)
    expected = RecursiveElimination(kernel="linear").fit(X, y).ranking_
    zeros = sp.coo_array(X)
    zeros = sp.coo_array((np.r_[zeros.data, 0, -0.0], (np.r_[zeros.row, 5, 6], np.r_[zeros.col, 3, 4])), shape=X.shape)
    named = pd.DataFrame.sparse.from_spmatrix(sp.csr_matrix(X), columns=[f"c{k}" for k in range(40)])
    forms = [make(X) for make in (sp.csr_array, sp.csc_array, sp.coo_array, sp.csr_matrix)]
    for form in (*forms, zeros, zeros.tocsc(), sp.csr_array(X.astype(int)), sp.csr_array(X.astype(np.float32)), named):
        np.testing.assert_array_equal(RecursiveElimination(kernel="linear").fit(form, y).ranking_, expected)


def test_what_is_missing_is_named(X, y):
    X[4, 9] = np.nan
    with pytest.raises(ValueError, match="column 'x9' has 1 such values, the first in row 4; fill it in a Pipeline"):
        RecursiveElimination().fit(sp.csr_array(X), y)


def test_a_table_too_large_to_be_written_down_names_what_needs_no_dense_one(X, y, monkeypatch):
    def refuse(shape, dtype, what, remedy):
        raise MemoryError(f"{what} of {shape}: {remedy}")

    monkeypatch.setattr(_columns, "allocate", refuse)
    with pytest.raises(MemoryError, match=r"of a sparse table that enter.*kernel='linear' writes none of them down"):
        RecursiveElimination(kernel="attention").fit(sp.csr_array(X), y)
    assert RecursiveElimination(kernel="linear").fit(sp.csr_array(X), y).kernel_ == "linear"


def test_words_and_categories_go_through_a_pipeline(rng):
    topics = ["stars planets orbit telescope", "goal match referee ball"]
    fillers = np.array([f"word{k}" for k in range(300)])
    y = rng.integers(0, 2, 120)
    texts = [" ".join([*rng.choice(topics[k].split(), 2), *rng.choice(fillers, 12)]) for k in y]
    words = make_pipeline(TfidfVectorizer(), RecursiveElimination(n_features_to_select=8), LinearSVC())
    fitted = pickle.loads(pickle.dumps(clone(words).fit(texts, y)))
    assert fitted.score(texts, y) == 1
    assert fitted[1].kernel_ == "linear"
    assert set(fitted[:-1].get_feature_names_out()) == set(" ".join(topics).split())
    assert sp.issparse(fitted[:-1].transform(texts))
    frame = pd.DataFrame({"kind": np.array(["a", "b"])[y], "noise": rng.choice(list("vwxyz"), 120)})
    categories = make_pipeline(OneHotEncoder(), RecursiveElimination(n_features_to_select=1), LinearSVC()).fit(frame, y)
    assert categories[:-1].get_feature_names_out().tolist() == ["kind_a"]


@pytest.mark.compiled
def test_a_wide_sparse_table_takes_no_dense_memory(rng):
    import tracemalloc

    table = sp.random_array((3000, 8000), density=0.002, random_state=rng, format="csr")
    y = table[:, :400].sum(axis=1) > 0.4
    RecursiveElimination(relief_power=0).fit(table[:300], y[:300])
    tracemalloc.start()
    RecursiveElimination(relief_power=0).fit(table, y)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 0.5 * 3000 * 8000 * 8
