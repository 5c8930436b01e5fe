"""Sparse tables give what the same tables give when they are dense."""

import operator  # noqa: F401 - in the step that the message names
import pickle
import re

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from presets import BY_NUMBER, preset
from sklearn.base import clone
from sklearn.feature_selection import SelectKBest
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer  # noqa: F401

from infsel import AttentionSelector, CriterionSelector, InfFS, KnockoffSelector
from infsel.krylov import Krylov
from infsel.walks._presets import PRESETS


@pytest.fixture
def X(rng):
    """30 x 14, mostly zeros, with a constant, an empty, a full, a negative and a repeated column."""
    X = np.where(rng.random((30, 14)) < 0.3, np.round(3 * rng.standard_normal((30, 14))), 0)
    X[:, 3], X[:, 4], X[:, 5], X[:, 6] = 0, 2, rng.standard_normal(30) + 5, -np.abs(X[:, 6])
    X[:, 8] = X[:, 7]
    return X


DENSE = ("all-but-the-top", "cleann", "metadata-attention", "graph-attention", "bilateral", "primal-attention")
SELECTORS = [
    InfFS(),
    InfFS(alpha=0.2, correlation="pearson", n_hops=3),
    InfFS(constant_columns="inside"),
    InfFS(affinity="attention", normalization="softmax", readout="received"),
    InfFS(affinity="attention", normalization="frobenius-relu", readout="received", n_hops=1),
    InfFS(readout="seeded", start="mutual-information"),
    AttentionSelector(),
    AttentionSelector(exclude_self=True, temperature=3),
    AttentionSelector(target_token=True),
    *(preset(name) for name in PRESETS if name not in ("mifs", "ilfs", *DENSE, *BY_NUMBER)),
]


@pytest.mark.parametrize("make", [sp.csr_array, sp.csc_array, sp.csr_matrix, sp.coo_array])
@pytest.mark.parametrize("selector", SELECTORS, ids=lambda selector: re.sub(" at 0x[0-9a-f]+", "", repr(selector))[:70])
def test_sparse_equals_dense(selector, X, make):
    y = np.arange(30) % 2
    dense, sparse = clone(selector).fit(X, y), clone(selector).fit(make(X), y)
    np.testing.assert_allclose(sparse.scores_, dense.scores_, rtol=1e-8, atol=1e-10 * dense.scores_.max())
    np.testing.assert_array_equal(sparse.ranking_, dense.ranking_)
    selected = sparse.transform(make(X))
    assert sp.issparse(selected)
    np.testing.assert_array_equal(selected.toarray(), dense.transform(X))


def test_float32_and_integers(X):
    reference = InfFS().fit(X).scores_
    np.testing.assert_allclose(InfFS().fit(sp.csr_array(X.astype(np.float32))).scores_, reference, rtol=1e-4)
    integers = np.round(X).astype(int)
    np.testing.assert_allclose(InfFS().fit(sp.csr_array(integers)).scores_, InfFS().fit(integers).scores_, rtol=1e-9)


def test_stored_zeros_and_repeated_entries_are_what_they_mean(X):
    coo = sp.coo_array(X)
    rows, columns = np.r_[coo.row, coo.row, 0], np.r_[coo.col, coo.col, 3]
    twice = sp.coo_array((np.r_[coo.data / 2, coo.data / 2, 0.0], (rows, columns)), shape=X.shape)
    np.testing.assert_allclose(InfFS().fit(twice).scores_, InfFS().fit(X).scores_, rtol=1e-9)


def test_a_fit_leaves_the_table_alone(X):
    table = sp.csc_array(X)
    table.data[5] = 0  # which stays where it is stored
    data, indices, starts = table.data.copy(), table.indices.copy(), table.indptr.copy()
    InfFS().fit(table)
    np.testing.assert_array_equal(table.indptr, starts)
    np.testing.assert_array_equal(table.data, data)
    np.testing.assert_array_equal(table.indices, indices)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_not_finite_is_named(X, value):
    X[4, 9] = value
    with pytest.raises(ValueError, match="column 'x9' has 1 such values, the first in row 4"):
        InfFS().fit(sp.csr_array(X))


def test_what_needs_a_dense_table_says_so(X):
    table, y = sp.csr_array(X), np.arange(30) % 2
    for options in ({"n_heads": 2}, {"projection": "pca"}, {"temperature": "auto"}):
        selector = AttentionSelector(**options)
        with pytest.raises(ValueError, match=r"needs a dense table .* pass X.toarray\(\).*, or leave them out\.$"):
            selector.fit(table)
    for name in ("mifs", "ilfs"):
        with pytest.raises(ValueError, match=r"needs a dense table and X is sparse: pass X.toarray\(\)"):
            InfFS.from_preset(name).fit(table, y)


@pytest.mark.parametrize(
    "selector",
    [
        CriterionSelector("relieff"),
        KnockoffSelector(SelectKBest(), fdr=0.9, random_state=0),
        AttentionSelector(projection="pca"),
    ],
    ids=lambda selector: type(selector).__name__,
)
@pytest.mark.filterwarnings("ignore:No feature was selected")
def test_the_remedy_of_the_message_works_in_a_pipeline(selector, X):
    y, names = np.arange(30) % 2, [f"c{k}" for k in range(14)]
    with pytest.raises(TypeError, match="needs a dense table") as refused:
        selector.fit(sp.csr_array(X), y)
    step = eval(re.search(r"FunctionTransformer\(.*?\), .*?\)", str(refused.value))[0])
    ranking = clone(selector).fit(X, y).ranking_
    for table in (sp.csr_matrix, sp.coo_array):
        fitted = pickle.loads(pickle.dumps(make_pipeline(clone(step), clone(selector)).fit(table(X), y)))
        np.testing.assert_array_equal(fitted[-1].ranking_, ranking)
        assert set(fitted.get_feature_names_out(names)) <= set(names)


def test_sparse_data_frames_are_tables_too(X):
    frame = pd.DataFrame.sparse.from_spmatrix(sp.csr_matrix(X))
    frame.columns = [f"c{k}" for k in range(14)]
    np.testing.assert_allclose(InfFS().fit(frame).scores_, InfFS().fit(X).scores_, rtol=1e-9)


@pytest.mark.compiled
def test_a_wide_sparse_table_takes_no_dense_memory(rng):
    import tracemalloc

    table = sp.csr_array(np.where(rng.random((2000, 4000)) < 0.002, rng.random((2000, 4000)), 0))
    table.data += 1
    InfFS(alpha=0, solver=Krylov(max_memory=0)).fit(table[:, :300])
    tracemalloc.start()
    InfFS(solver=Krylov(max_memory=0), n_hops=2).fit(table)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 0.5 * 2000 * 4000 * 8
