"""Copies have no graph: round-off never scores, and near copies keep the digits that tell them apart."""

import naive
import numpy as np
import pytest
import scipy.sparse as sp

from infsel import InfFS
from infsel.affinities import Redundancy
from infsel.operators import MaxOuter
from infsel.tables import Moments, StoredTable

pytestmark = pytest.mark.filterwarnings("ignore:All columns have the same standard deviation")


def copies(name):
    rng = np.random.default_rng(0)
    x = rng.standard_normal((50, 1))
    return {
        "repeated": np.repeat(x[:30], 5, axis=1),
        "affine": x * rng.uniform(0.1, 3, 8) + rng.standard_normal(8),
        "mirrored": x * np.array([1.0, -1, 2, -2, 0.3]) + np.array([0, 1e3, -7, 1e4, 0]),
        "two rows": rng.standard_normal((2, 6)),
        "monotone": np.hstack([x, np.exp(x), x**3, -np.arctan(x)]),
        "ties": np.round(x) * np.array([1.0, -3, 0.1, 7]),
        "tall": rng.standard_normal((500, 1)) * rng.uniform(-3, 3, 7) + 5,
        "tall ties": np.round(rng.standard_normal((500, 1)), 1) * rng.uniform(-3, 3, 7),
    }[name]


LINEAR = ["repeated", "affine", "mirrored", "two rows", "ties", "tall", "tall ties"]
CASES = [("spearman", name) for name in [*LINEAR, "monotone"]] + [("pearson", name) for name in LINEAR]


@pytest.mark.parametrize("scale", [1.0, 1e-120, 1e120])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("correlation", "name"), CASES)
def test_copies_have_no_graph_at_all(correlation, name, dtype, scale):
    if dtype == np.float32 and (scale != 1 or name == "mirrored"):
        return  # out of range, or offsets of 10^4 deviations that leave nothing of a copy
    X = (copies(name) * scale).astype(dtype)
    A = Redundancy(correlation)(X)
    assert not A.to_dense().any()
    assert not (A @ np.ones(A.shape[0])).any()
    assert not (A @ np.random.default_rng(1).standard_normal(A.shape[0])).any()


@pytest.mark.parametrize("normalization", ["spectral", "row", "sub-stochastic", "top-k", "frobenius-relu"])
@pytest.mark.parametrize(("correlation", "name"), CASES)
def test_tables_of_copies_score_nothing_and_say_so(correlation, name, normalization):
    selector = InfFS(alpha=0, correlation=correlation, normalization=normalization, readout="received", n_hops=5)
    with pytest.warns(UserWarning, match="affinity is zero everywhere"):
        selector.fit(copies(name))
    assert not selector.scores_.any()
    assert selector.ranking_.tolist() == list(range(1, len(selector.scores_) + 1))


@pytest.mark.parametrize("name", ["repeated", "affine", "mirrored", "two rows", "tall", "tall ties"])
def test_every_kind_of_table_agrees(name):
    X = copies(name)
    for table in (X, StoredTable(X), sp.csc_array(X), batches(X)):
        for affinity in (Redundancy("pearson"), Redundancy("pearson", signed=True)):
            expected = 1 - np.abs(np.corrcoef(X.T)) if not affinity.signed else 1 - np.corrcoef(X.T)
            A = affinity(table)
            np.testing.assert_allclose(A.to_dense(), expected, atol=1e-9)
            if not affinity.signed:
                assert not A.to_dense().any()
                assert not (A @ np.ones(len(expected))).any()


def batches(X):
    moments = Moments(X.shape[1], X.dtype, scatter=True)
    for rows in np.array_split(X, min(3, len(X))):
        moments = moments.merged(rows)
    return moments


def test_batches_score_copies_as_one_fit_does():
    X = copies("affine")
    with pytest.warns(UserWarning, match="affinity is zero everywhere"):
        selector = InfFS(alpha=0, correlation="pearson").partial_fit(X[:20])
    with pytest.warns(UserWarning, match="affinity is zero everywhere"):
        selector.partial_fit(X[20:])
    assert not selector.scores_.any()


@pytest.mark.parametrize("correlation", ["spearman", "pearson"])
@pytest.mark.parametrize("form", [np.asarray, sp.csc_array, StoredTable])
def test_signed_copies_have_no_graph_either(correlation, form):
    X = np.abs(np.random.default_rng(2).standard_normal((60, 1))) * np.array([1.0, 0.3, 7, 2])
    A = Redundancy(correlation, signed=True)(form(X) if correlation == "pearson" or form is np.asarray else X)
    assert not A.to_dense().any()
    assert not (A @ np.arange(4.0)).any()


def swapped(m, step):
    """Ranks that differ in few neighbors: Spearman's correlations are exact by his formula."""
    columns = [np.arange(m) * 1.0 for _ in range(6)]
    for i in range(1, 6):
        k = step * i
        columns[i][[k, k + 1]] = columns[i][[k + 1, k]]
    columns[5][[9, 10]] = columns[5][[10, 9]]
    return np.column_stack(columns)


@pytest.mark.parametrize("m", [100, 369, 370, 4000])
@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.filterwarnings("ignore:Column.* may name or number the samples")
def test_near_copies_keep_their_digits(m, sign):
    X = swapped(m, 12)
    expected = 6 * np.square(X[:, :, None] - X[:, None, :]).sum(axis=0) / (m * (m * m - 1.0))
    X = X * np.array([1, sign, 1, sign, 1, 1])
    for correlation in ("spearman", "pearson"):
        A = Redundancy(correlation)(X)
        np.testing.assert_allclose(A.to_dense(), expected, rtol=1e-9)
        np.testing.assert_allclose(A @ np.arange(6.0), expected @ np.arange(6.0), rtol=1e-9)
    M = expected / np.abs(np.linalg.eigvalsh(expected)).max()
    scores = InfFS(alpha=0).fit(X).scores_
    np.testing.assert_allclose(scores, np.linalg.solve(np.eye(6) - 0.9 * M, 0.9 * M @ np.ones(6)), rtol=1e-9)


@pytest.mark.parametrize("m", [100, 360])
def test_near_copies_with_different_ties_keep_their_digits(m):
    X = swapped(m, 12)
    for i in range(6):
        X[[20 + 7 * i, 21 + 7 * i], i] = 20.5 + 7 * i  # a tie of its own in each column
    X[50:55, 5] = 52
    A = Redundancy()(X)
    z = 2 * np.array([naive.ranks(column) for column in X.T]).astype(object) - (m + 1)
    G = (z @ z.T).astype(object)
    exact = [[(G[i, i] * G[j, j] - G[i, j] ** 2) for j in range(6)] for i in range(6)]  # whole numbers, of any size
    norms = np.sqrt(np.diagonal(G).astype(float))
    scale = np.outer(norms, norms)
    expected = np.array(exact, dtype=float) / (scale * (scale + np.abs(G.astype(float))))
    np.testing.assert_allclose(A.to_dense(), expected, rtol=1e-9, atol=1e-18)
    np.testing.assert_allclose(A @ np.arange(6.0), expected @ np.arange(6.0), rtol=1e-9)


def test_products_of_what_is_not_negative_are_not_negative(rng):
    X = np.repeat(np.round(rng.standard_normal((40, 6))), 3, axis=1)
    for affinity in (Redundancy(), Redundancy("pearson"), Redundancy(signed=True), Redundancy("pearson", signed=True)):
        A = affinity(X)
        for j in range(18):
            assert (A @ np.eye(18)[j] >= 0).all()
        assert A.to_dense().min() >= 0


def test_copies_beside_others_relate_to_those_alone(rng):
    X = rng.standard_normal((40, 4))[:, [0, 0, 1, 0, 2, 3, 1]]
    for correlation in ("spearman", "pearson"):
        A = Redundancy(correlation)(X).to_dense()
        assert not A[np.ix_([0, 1, 3], [0, 1, 3])].any()
        assert not A[np.ix_([2, 6], [2, 6])].any()
        np.testing.assert_allclose(A, naive.redundancy(X, getattr(naive, correlation)), atol=1e-14)


def test_a_zero_graph_is_zero_for_any_kind_of_it():
    assert not (MaxOuter(np.zeros(3)) @ np.ones(3)).any()
