"""Partial correlations as an affinity: against their definition, scikit-learn, and what they have to refuse."""

import naive
import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from sklearn.covariance import OAS, LedoitWolf

from infsel import InfFS
from infsel.affinities import PartialCorrelation
from infsel.operators import Gram, Stored
from infsel.statistics import ledoit_wolf_shrinkage, oas_shrinkage
from infsel.tables import Moments, as_table


@pytest.fixture(params=[(200, 12), (30, 12), (15, 15), (12, 60)], ids=str)
def correlated(request, rng):
    """Columns that share factors, more of them than samples or fewer."""
    n, p = request.param
    return rng.standard_normal((n, 3)) @ rng.standard_normal((3, p)) + rng.standard_normal((n, p))


SHRINKAGE = {"ledoit-wolf": (naive.ledoit_wolf, ledoit_wolf_shrinkage), "oas": (naive.oas, oas_shrinkage)}


@pytest.mark.parametrize("covariance", list(SHRINKAGE))
def test_it_is_the_scaled_inverse_of_the_shrunk_correlations(covariance, correlated, rng):
    A = PartialCorrelation(covariance)(correlated)
    expected = np.abs(naive.partial_correlations(SHRINKAGE[covariance][0](correlated)[1]))
    assert isinstance(A, Stored if len(correlated) >= correlated.shape[1] else Gram)
    np.testing.assert_allclose(A.to_dense(), expected, atol=1e-12)
    x = rng.standard_normal(len(expected))
    np.testing.assert_allclose(A @ x, expected @ x, atol=1e-11)
    assert A.nonnegative


@pytest.mark.parametrize(("covariance", "peer"), [("ledoit-wolf", LedoitWolf), ("oas", OAS)])
def test_shrinkage_and_precision_are_those_of_scikit_learn(covariance, peer, correlated):
    X = (correlated - correlated.mean(axis=0)) / correlated.std(axis=0)
    table, fitted, (definition, rule) = as_table(correlated), peer(assume_centered=True).fit(X), SHRINKAGE[covariance]
    shrinkage = rule(table.unit_columns(), table.counts)
    assert shrinkage == pytest.approx(fitted.shrinkage_, rel=1e-12)
    assert shrinkage == pytest.approx(definition(correlated)[0], rel=1e-12)
    theta = fitted.precision_
    expected = np.abs(theta) / np.sqrt(np.outer(np.diagonal(theta), np.diagonal(theta)))
    np.fill_diagonal(expected, 0)
    np.testing.assert_allclose(PartialCorrelation(covariance)(correlated).to_dense(), expected, atol=1e-10)


def test_the_empirical_one_is_what_regressions_on_all_others_leave(rng):
    X = rng.standard_normal((60, 6)) @ rng.standard_normal((6, 6))
    A = PartialCorrelation("empirical")(X).to_dense()
    np.testing.assert_allclose(A, np.abs(naive.partial_correlations(np.corrcoef(X, rowvar=False))), atol=1e-12)
    others = np.column_stack([np.ones(60), X[:, 2:]])
    left = [column - others @ np.linalg.lstsq(others, column, rcond=None)[0] for column in X[:, :2].T]
    assert A[0, 1] == pytest.approx(abs(naive.pearson(*left)), abs=1e-12)


def test_a_chain_relates_neighbors_only(rng):
    X = rng.standard_normal((5000, 6)).cumsum(axis=1)
    A = PartialCorrelation()(X).to_dense()
    neighbors = np.abs(np.subtract.outer(range(6), range(6))) == 1
    assert A[neighbors].min() > 0.4
    assert A[~neighbors].max() < 0.1


@pytest.mark.parametrize("covariance", ["ledoit-wolf", "oas", "empirical"])
@pytest.mark.parametrize("n_features", [6, 70])
def test_weights_are_repeated_rows(covariance, n_features, rng):
    if covariance == "empirical" and n_features == 70:
        return
    X, counts = rng.standard_normal((40, n_features)), rng.integers(0, 4, 40)
    X[:, 1] += X[:, 0]
    A = PartialCorrelation(covariance)(as_table(X).weighted(counts.astype(float))).to_dense()
    repeated = PartialCorrelation(covariance)(np.repeat(X, counts, axis=0)).to_dense()
    np.testing.assert_allclose(A, repeated, atol=1e-12)
    twice = PartialCorrelation(covariance)(as_table(X).weighted(np.full(40, 2.0))).to_dense()
    np.testing.assert_allclose(twice, PartialCorrelation(covariance)(np.repeat(X, 2, axis=0)).to_dense(), atol=1e-12)


def test_columns_may_be_permuted_repeated_and_constant(correlated, rng):
    X, order = correlated.copy(), rng.permutation(correlated.shape[1])
    X[:, 3], X[:, 5] = X[:, 2], 7.0
    A = PartialCorrelation()(X).to_dense()
    np.testing.assert_allclose(PartialCorrelation()(X[:, order]).to_dense(), A[np.ix_(order, order)], atol=1e-12)
    apart = np.delete(np.arange(X.shape[1]), [2, 3])
    np.testing.assert_allclose(A[2, apart], A[3, apart], atol=1e-12)
    assert not A[5].any()
    varies = np.delete(np.arange(X.shape[1]), 5)
    np.testing.assert_allclose(A[np.ix_(varies, varies)], PartialCorrelation()(X[:, varies]).to_dense(), atol=1e-12)


def test_orthogonal_columns_do_not_relate():
    X = np.kron([[1.0, 1.0], [1.0, -1.0]], np.kron([[1.0, 1.0], [1.0, -1.0]], [[1.0, 1.0], [1.0, -1.0]]))[:, 1:6]
    for covariance, rows in (("ledoit-wolf", X), ("empirical", np.tile(X, (3, 1)))):
        np.testing.assert_allclose(PartialCorrelation(covariance)(rows).to_dense(), np.zeros((5, 5)), atol=1e-14)


def test_units_of_the_columns_do_not_matter(correlated):
    moved = correlated * np.geomspace(1e-6, 1e6, correlated.shape[1]) + 3
    np.testing.assert_allclose(
        PartialCorrelation()(moved).to_dense(), PartialCorrelation()(correlated).to_dense(), atol=1e-6
    )


def test_single_precision_stays(correlated):
    A = PartialCorrelation()(correlated.astype(np.float32))
    assert A.dtype == np.float32
    np.testing.assert_allclose(A.to_dense(), PartialCorrelation()(correlated).to_dense(), atol=1e-4)


def test_batches_and_sparse_tables_have_the_empirical_one(rng):
    X = np.round(rng.standard_normal((60, 6)))
    expected = PartialCorrelation("empirical")(X).to_dense()
    np.testing.assert_allclose(PartialCorrelation("empirical")(sp.csr_array(X)).to_dense(), expected, atol=1e-12)
    moments = Moments(6, X.dtype, scatter=True).merged(X[:25], None).merged(X[25:], None)
    np.testing.assert_allclose(PartialCorrelation("empirical")(moments).to_dense(), expected, atol=1e-10)
    with pytest.raises(ValueError, match=r"covariance='ledoit-wolf' needs a dense table .* pass X.*'empirical'"):
        PartialCorrelation()(sp.csr_array(X))


def test_nothing_wide_is_stored(rng):
    X = rng.standard_normal((50, 3000))
    assert PartialCorrelation()(X).blocks.Q.shape == (3000, 50)
    with pytest.raises(AttributeError, match="anisotropy_ only after a fit with an affinity of correlations"):
        InfFS(affinity="partial-correlation").fit(X).anisotropy_.hex()


def test_a_singular_covariance_is_refused_with_the_column_and_the_remedy(rng):
    X = pd.DataFrame(rng.standard_normal((40, 5)), columns=list("abcde"))
    with pytest.raises(ValueError, match="5 columns that vary need more than 15 samples, X has 15; pass covariance"):
        PartialCorrelation("empirical")(X.to_numpy()[:15])
    X["d"] = X.a - 2 * X.b
    for dtype in (np.float64, np.float32):
        with pytest.raises(ValueError, match=r"column 3 is a combination of .*; pass covariance='ledoit-wolf'"):
            PartialCorrelation("empirical")(X.to_numpy(dtype))
    with pytest.raises(ValueError, match="column 'd' is a combination"):
        InfFS(affinity=PartialCorrelation("empirical")).fit(X)
    assert InfFS(affinity="partial-correlation").fit(X).scores_.argmax() in (0, 1, 3)
    with pytest.raises(ValueError, match="'ledoit-wolf' gives a singular covariance: 2 samples do not tell 5 columns"):
        PartialCorrelation()(X.to_numpy()[:2])


def test_an_unknown_covariance_is_refused_by_name(table):
    with pytest.raises(ValueError, match="covariance='glasso'"):
        PartialCorrelation("glasso")(table)
