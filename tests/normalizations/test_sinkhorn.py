import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import expit

from infsel.normalizations import Row, Softmax
from infsel.normalizations._base import Unit
from infsel.normalizations._sinkhorn import Sinkhorn
from infsel.operators import LowRank, MaxOuter, Stored


def naive_sinkhorn(A, n_rounds=500):
    A = A.copy()
    n = len(A)
    for _ in range(n_rounds):
        for i in range(n):
            A[i] = A[i] / A[i].sum()
        for j in range(n):
            A[:, j] = A[:, j] / A[:, j].sum()
    return A


def assert_doubly_stochastic(dense, tol=1e-10):
    assert np.abs(dense.sum(axis=0) - 1).max() <= tol + 1e-14
    assert np.abs(dense.sum(axis=1) - 1).max() <= tol + 1e-14


def test_it_equals_its_definition(small_graph):
    D = Sinkhorn()(Stored(small_graph))
    assert D.nonnegative
    np.testing.assert_allclose(D.to_dense(), naive_sinkhorn(small_graph), rtol=1e-9)
    np.testing.assert_allclose(D.rows(np.array([5, 2])), naive_sinkhorn(small_graph)[[5, 2]], rtol=1e-9)


def test_rows_and_columns_sum_to_one_and_only_scales_changed(small_graph):
    D = Sinkhorn()(Stored(small_graph))
    assert_doubly_stochastic(D.to_dense())
    np.testing.assert_allclose(D @ np.ones(8), 1, atol=1e-10)
    np.testing.assert_allclose(D.T @ np.ones(8), 1, atol=1e-14)
    ratio = D.to_dense() / small_graph
    np.testing.assert_allclose(ratio, np.outer(ratio[:, 0], ratio[0]) / ratio[0, 0], rtol=1e-13)


@pytest.mark.parametrize("tol", [1e-3, 1e-8, 1e-13])
def test_the_certificate_is_what_it_says(small_graph, tol):
    assert_doubly_stochastic(Sinkhorn(tol=tol)(Stored(small_graph)).to_dense(), tol)


def test_products_equal_the_listed_rows_and_transpose(small_graph, rng):
    D, x, y = Sinkhorn()(Stored(small_graph)), rng.standard_normal(8), rng.standard_normal(8)
    np.testing.assert_allclose(D @ x, D.to_dense() @ x, rtol=1e-12)
    assert x @ (D @ y) == pytest.approx((D.T @ x) @ y, rel=1e-12)


@pytest.mark.parametrize("size", [1, 3, 8])
def test_blocks(small_graph, size):
    D = Sinkhorn()(Stored(small_graph))
    np.testing.assert_allclose(np.vstack([rows for _, rows in D.row_blocks(size)]), D.to_dense(), rtol=1e-15)


def test_permuted_features_give_the_permuted_operator(small_graph, rng):
    order = rng.permutation(8)
    permuted = Sinkhorn()(Stored(small_graph[np.ix_(order, order)])).to_dense()
    np.testing.assert_allclose(permuted, Sinkhorn()(Stored(small_graph)).to_dense()[np.ix_(order, order)], rtol=1e-12)


def test_it_does_not_depend_on_scales(small_graph, rng):
    scaled = 10 ** rng.uniform(-9, 9, 8)[:, None] * small_graph * 10 ** rng.uniform(-9, 9, 8)
    np.testing.assert_allclose(
        Sinkhorn()(Stored(scaled)).to_dense(), Sinkhorn()(Stored(small_graph)).to_dense(), rtol=1e-8
    )


def test_copies_share_the_mass_of_one():
    blocks = np.kron(np.eye(3), np.ones((4, 4)))  # what a sharp softmax leaves of three tokens, four copies of each
    np.testing.assert_allclose(Sinkhorn()(Stored(blocks)).to_dense(), blocks / 4, rtol=1e-14)


def test_two_slots_are_a_logistic_threshold(rng):
    """Transport of n scores into k places in and n - k places out is a soft selection of the top k."""
    s, k, eps = rng.standard_normal(12), 4, 0.3
    places = np.r_[np.ones(k), np.zeros(12 - k)]
    plan = Sinkhorn(tol=1e-13)(Stored(np.exp(np.outer(s, places) / eps))).to_dense()
    chosen = plan[:, :k].sum(axis=1)
    cut = brentq(lambda c: expit((s - c) / eps).sum() - k, -9, 9, xtol=1e-15)
    np.testing.assert_allclose(chosen, expit((s - cut) / eps), atol=1e-13)


def test_one_round_without_columns_is_softmax(small_graph):
    np.testing.assert_allclose(
        Row()(Stored(np.exp(small_graph))).to_dense(), Softmax()(Stored(small_graph)).to_dense(), rtol=1e-14
    )


def test_symmetry_survives(small_graph):
    dense = Sinkhorn(tol=1e-13)(Stored(small_graph + small_graph.T)).to_dense()
    np.testing.assert_allclose(dense, dense.T, rtol=1e-11)


@pytest.mark.parametrize("n", [2, 3, 7])
def test_a_zero_diagonal(n, rng):
    A = rng.random((n, n)) + 0.1
    np.fill_diagonal(A, 0)
    dense = Sinkhorn()(Stored(A)).to_dense()
    assert_doubly_stochastic(dense)
    assert not np.diag(dense).any()


def test_a_permutation_matrix_with_weights():
    dense = Sinkhorn()(Stored(np.array([[0, 2.0, 0], [0, 0, 5.0], [0.1, 0, 0]]))).to_dense()
    np.testing.assert_allclose(dense, [[0, 1, 0], [0, 0, 1], [1, 0, 0]], rtol=1e-15)


def test_a_single_feature():
    assert Sinkhorn()(Stored(np.array([[4.0]]))).to_dense() == 1
    with pytest.raises(ValueError, match="row of feature 0"):
        Sinkhorn()(Stored(np.zeros((1, 1))))


def test_operators_that_are_not_stored(rng):
    s = rng.random(8)
    for A in (MaxOuter(s), LowRank(rng.random((8, 2)), rng.random((8, 2)))):
        np.testing.assert_allclose(Sinkhorn()(A).to_dense(), naive_sinkhorn(A.to_dense()), rtol=1e-9)


@pytest.mark.parametrize("scale", [1.0, 1e-20])
def test_float32_stays(small_graph, scale):
    D = Sinkhorn()(Stored((scale * small_graph).astype(np.float32)))
    assert D.dtype == D.to_dense().dtype == np.float32
    np.testing.assert_allclose(D @ np.ones(8), 1, atol=1e-10)  # products are accumulated in float64
    assert_doubly_stochastic(D.to_dense(), 1e-6)


def test_negative_entries_are_refused(small_graph):
    with pytest.raises(ValueError, match=r"normalization='sinkhorn'.*without negative entries"):
        Sinkhorn()(Stored(small_graph - 0.5))


def test_a_feature_without_relations_is_named(small_graph):
    small_graph[:, 3] = 0
    with pytest.raises(ValueError, match=r"column of feature 3 .*small constant"):
        Sinkhorn()(Stored(small_graph))
    with pytest.raises(ValueError, match=r"row of feature 3 .*normalization='row'"):
        Sinkhorn()(Stored(small_graph.T))


def test_infinite_entries_are_refused(small_graph):
    small_graph[2, 1] = np.inf
    with pytest.raises(ValueError, match=r"row of feature 2 .*finite"):
        Sinkhorn()(Stored(small_graph))


NO_TOTAL_SUPPORT = np.array([[1.0, 1.0], [0.0, 1.0]])
NO_SUPPORT = np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 1.0], [0.0, 0.0, 1.0]])


@pytest.mark.parametrize("A", [NO_TOTAL_SUPPORT, NO_SUPPORT])
@pytest.mark.parametrize("max_iter", [1, 50, 5000])
def test_what_cannot_be_balanced_says_how_far_it_got(A, max_iter):
    match = rf"max_iter={max_iter} left a row sum \d.* away from 1, more than tol=1e-10.*total support.*small constant"
    with pytest.raises(ValueError, match=match):
        Sinkhorn(max_iter=max_iter)(Stored(A))
    assert_doubly_stochastic(Sinkhorn()(Stored(A + 0.1)).to_dense())


@pytest.mark.parametrize("tol", [0, -1e-3, 1, np.nan, "small"])
def test_bad_tol_is_refused(tol, small_graph):
    with pytest.raises(ValueError, match=r"tol=.*between 0 and 1"):
        Sinkhorn(tol=tol)(Stored(small_graph))


@pytest.mark.parametrize("max_iter", [0, 2.5, "many"])
def test_bad_max_iter_is_refused(max_iter, small_graph):
    with pytest.raises(ValueError, match=r"max_iter=.*whole number from 1 up"):
        Sinkhorn(max_iter=max_iter)(Stored(small_graph))


def test_it_flattens_every_sum_and_has_the_default_unit(small_graph):
    assert Sinkhorn.flattens == {"sent", "received"}
    assert Sinkhorn().unit(Stored(small_graph)) == Unit(1.0, in_radii=False)
