"""What follows what, from a table whose rows are in order."""

import naive
import numpy as np
import pytest
import scipy.sparse as sp

from infsel import InfFS
from infsel.affinities import Lagged


@pytest.mark.parametrize("lag", [1, 3, 37])
@pytest.mark.parametrize("correlation", ["pearson", "spearman"])
def test_entries_are_the_definition(table, lag, correlation):
    table = np.random.default_rng(1).standard_normal(table.shape) if lag == 37 else table
    expected = naive.lagged(table, lag, getattr(naive, correlation))
    A = Lagged(lag, correlation)(table)
    np.testing.assert_allclose(A.to_dense(), expected, atol=1e-13)
    x = np.arange(9.0)
    np.testing.assert_allclose(A @ x, expected @ x, atol=1e-12)
    np.testing.assert_allclose(A.T @ x, expected.T @ x, atol=1e-12)


def test_precision_stays(table):
    assert Lagged()(table.astype(np.float32)).dtype == np.float32


def test_a_column_that_is_constant_in_a_window_relates_to_nothing_there(table):
    table[1:, 0] = 2.0
    A = Lagged()(table).to_dense()
    np.testing.assert_array_equal(A[:, 0], 0)
    assert A[0].any()


@pytest.mark.parametrize("lag", [39, 40, 1000])
def test_a_lag_as_long_as_the_table_is_refused(table, lag):
    with pytest.raises(ValueError, match=f"lag={lag} leaves . pairs of the 40 rows of X: pass a lag of at most 38"):
        InfFS(affinity=Lagged(lag), normalization="none", n_hops=1).fit(table)


@pytest.mark.parametrize("lag", [0, -1, 1.5, "1"])
def test_a_lag_is_a_whole_number(table, lag):
    with pytest.raises(ValueError, match="lag="):
        Lagged(lag)(table)


def test_weights_are_refused(table):
    weights = np.arange(1.0, 41)
    with pytest.raises(ValueError, match=r"sample_weight cannot go with Lagged\(\)"):
        InfFS(affinity=Lagged(), propagation="singular").fit(table, sample_weight=weights)


def test_a_sparse_table_is_refused(table):
    with pytest.raises(ValueError, match=r"pass X.toarray"):
        InfFS(affinity=Lagged(), propagation="singular").fit(sp.csr_array(table))
