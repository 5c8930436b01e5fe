"""Co-occurrence of counts, and companions of a few columns."""

import naive
import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp

from infsel import InfFS
from infsel.affinities import PPMI
from infsel.relevances import Given


@pytest.fixture
def counts(rng):
    return rng.poisson(0.4, (60, 12)) * 1.0


@pytest.mark.parametrize("second_order", [False, True])
@pytest.mark.parametrize("weighting", [None, "glove"])
@pytest.mark.parametrize("kind", [np.asarray, sp.csr_array, sp.csc_array])
def test_entries_are_the_definition(counts, kind, weighting, second_order):
    expected = naive.ppmi(counts, weighting is not None, second_order)
    A = PPMI(weighting, second_order)(kind(counts))
    np.testing.assert_allclose(A.to_dense(), expected, atol=1e-14)
    x = np.arange(12.0)
    np.testing.assert_allclose(A @ x, expected @ x, atol=1e-12)
    np.testing.assert_allclose(A.T @ x, expected.T @ x, atol=1e-12)
    assert A.nonnegative


def test_blocks_of_rows_change_nothing(counts, monkeypatch):
    whole = PPMI(second_order=False)(counts).to_dense()
    monkeypatch.setitem(PPMI.relate.__globals__, "_PRODUCTS", 100)
    np.testing.assert_array_equal(PPMI(second_order=False)(counts).to_dense(), whole)


def test_weights_are_repeated_rows(counts, rng):
    weights = rng.integers(1, 4, 60)
    walks = InfFS(affinity=PPMI(), n_hops=1)
    weighted = walks.fit(sp.csr_array(counts), sample_weight=weights).scores_
    np.testing.assert_allclose(weighted, walks.fit(np.repeat(counts, weights, axis=0)).scores_, rtol=1e-10)


def test_precision_stays_and_the_weight_of_few_counts_falls_with_x_max(counts):
    assert PPMI()(counts.astype(np.float32)).dtype == np.float32
    np.testing.assert_array_equal(PPMI()(counts.astype(int)).to_dense(), PPMI()(counts).to_dense())
    few, many = (PPMI(second_order=False, x_max=x_max)(counts).to_dense() for x_max in (100.0, 1.0))
    assert (few <= many).all()
    assert few.sum() < many.sum()


def test_a_context_projection_is_a_sum_over_rows(counts, rng):
    """sum_i Q_i^T (Q_i S Q_i^T) Q_i = S * (B^T B), where Q_i picks the columns of row i."""
    B, S = counts > 0, rng.standard_normal((12, 12))
    projected = sum(np.diag(row) @ S @ np.diag(row) for row in B.astype(float))
    np.testing.assert_allclose(projected, S * (B.T.astype(float) @ B), atol=4e-14)


def test_columns_that_never_meet_but_keep_the_same_company_relate():
    X = np.zeros((40, 8))
    X[:10, [0, 2]] = X[10:20, [1, 2]] = X[20:30, [3, 4]] = X[30:, [5, 6, 7]] = 1
    assert PPMI(second_order=False)(X).to_dense()[0, 1] == 0
    assert PPMI()(X).to_dense()[0, 1] == pytest.approx(1)
    assert PPMI()(X).to_dense()[0, 3] == 0


def test_companions_of_named_columns():
    names = list("abcdefgh")
    X = pd.DataFrame(np.zeros((40, 8)), columns=names)
    X.iloc[:10, [0, 2]] = X.iloc[10:20, [1, 2]] = X.iloc[20:30, [3, 4]] = X.iloc[30:, [5, 6, 7]] = 1
    walks = {"affinity": PPMI(), "readout": "seeded", "n_hops": 1, "n_features_to_select": 2}
    for start in (["a"], {"a": 2.0}, {0: 1}, [1, 0, 0, 0, 0, 0, 0, 0]):
        assert InfFS(start=start, **walks).fit(X).get_feature_names_out().tolist() == ["a", "b"]
    with pytest.raises(ValueError, match="start names 'z', which is no column of X"):
        InfFS(start=["a", "z"], **walks).fit(X)
    with pytest.raises(ValueError, match="start names 8, which is no column of X"):
        InfFS(start={8: 1.0}, **walks).fit(X)
    with pytest.raises(ValueError, match="'a', and X has no names: pass a data frame, or numbers as keys"):
        InfFS(start=["a"], **walks).fit(X.to_numpy())


def test_a_mapping_is_a_relevance():
    assert Given({1: 3})(np.ones((2, 3))).tolist() == [0, 3, 0]


def test_negative_numbers_are_refused(counts):
    counts[3, 5] = -2
    with pytest.raises(ValueError, match="column 5 of X holds -2: pass counts, 0 or more"):
        InfFS(affinity=PPMI()).fit(sp.csr_array(counts))
    frame = pd.DataFrame(counts, columns=[f"word{j}" for j in range(12)])
    with pytest.raises(ValueError, match="column 'word5' of X holds -2"):
        InfFS(affinity=PPMI()).fit(frame)


def test_dense_counts_are_refused(counts):
    with pytest.raises(ValueError, match=r"most are 0, and .*% of X are above it.*SquaredCorrelation"):
        InfFS(affinity=PPMI()).fit(counts + 1)


def test_columns_that_never_meet_are_refused():
    with pytest.raises(ValueError, match="no two columns of X occur in the same row"):
        InfFS(affinity=PPMI()).fit(np.eye(6))


def test_a_graph_too_large_is_refused_in_words(counts, monkeypatch):
    monkeypatch.setitem(PPMI.relate.__globals__, "machine", lambda: 100.0)
    with pytest.raises(MemoryError, match="pairs of columns that occur together"):
        PPMI()(counts)


@pytest.mark.parametrize(("parameter", "value"), [("x_max", 0), ("weighting", "tf-idf"), ("second_order", 2)])
def test_parameters_outside_their_range_are_refused(counts, parameter, value):
    with pytest.raises(ValueError, match=f"{parameter}="):
        PPMI(**{parameter: value})(counts)
