"""The Krylov engine against explicit powers and dense solves."""

import naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infsel.operators import Stored
from infsel.propagations import Hops, KrylovBasis, propagate, spectral_radius


def graph(n, *, seed=0, symmetric=False, signed=False):
    rng = np.random.default_rng(seed)
    A = rng.standard_normal((n, n)) if signed else rng.random((n, n))
    return A + A.T if symmetric else A


def grown(product, b, m):
    basis = KrylovBasis(b)
    for _ in range(m):
        basis.extend(product(basis.newest))
    return basis


def first(n):
    return np.eye(n)[0]


@pytest.mark.parametrize("n_hops", [1, 2, 3, 7, 20, 1000])
def test_hops_on_a_matrix_are_the_power_sum(small_graph, n_hops):
    damping = 0.9 / naive.spectral_radius(small_graph)
    b = np.arange(1.0, 9)
    np.testing.assert_allclose(Hops(n_hops, damping)(small_graph, b), naive.hops(small_graph, b, n_hops, damping))


def test_infinite_hops_on_a_matrix_are_the_resolvent(small_graph):
    damping = 0.9 / naive.spectral_radius(small_graph)
    b = np.arange(1.0, 9)
    expected = naive.infinite_hops(small_graph, b, damping)
    np.testing.assert_allclose(Hops(np.inf, damping)(small_graph, b), expected, rtol=1e-12)
    np.testing.assert_allclose(Hops(400, damping)(small_graph, b), expected, rtol=1e-12)


def test_the_basis_is_orthonormal_and_projects(small_graph):
    basis = grown(lambda x: small_graph @ x, np.arange(1.0, 9), 4)
    V = np.array([basis.combine(np.eye(5)[j]) for j in range(5)]).T / np.linalg.norm(np.arange(1.0, 9))
    np.testing.assert_allclose(V.T @ V, np.eye(5), atol=1e-14)
    np.testing.assert_allclose(small_graph @ V[:, :4], V @ basis.H[:, :4], atol=1e-14)
    assert not basis.H[:, 4].any()


@pytest.mark.parametrize("degree", [1, 2, 3, 4])
def test_polynomials_up_to_the_number_of_products_are_exact(small_graph, degree):
    b = np.arange(1.0, 9)
    basis = grown(lambda x: small_graph @ x, b, 4)
    expected = naive.hops(small_graph, b, degree, 0.2)
    np.testing.assert_allclose(basis.combine(Hops(degree, 0.2)(basis.H, first(5))), expected, rtol=1e-13)


def test_the_last_coefficient_is_the_residual_of_the_galerkin_solution():
    A, b = graph(60, symmetric=True), np.ones(60)
    r = 0.9 / naive.spectral_radius(A)
    basis = grown(lambda x: A @ x, b, 3)
    e1 = first(3)
    galerkin = basis.combine(np.r_[np.linalg.solve(np.eye(3) - r * basis.H[:3, :3], e1), 0])
    coefficients = Hops(np.inf, r)(basis.H, first(4))
    residual = np.linalg.norm(b - (galerkin - r * A @ galerkin))
    assert residual == pytest.approx(np.linalg.norm(b) * abs(coefficients[-1]), rel=1e-9)


def test_an_invariant_subspace_ends_the_basis():
    A = np.diag([1.0, 2, 3, 4])
    b = np.array([1.0, 1, 0, 0])
    basis = grown(lambda x: A @ x, b, 2)
    assert basis.exhausted
    assert basis.H.shape == (2, 2)
    np.testing.assert_allclose(
        basis.combine(Hops(np.inf, 0.2)(basis.H, first(2))), naive.infinite_hops(A, b, 0.2), atol=1e-15
    )


@settings(deadline=None)
@given(
    n=st.integers(1, 25),
    seed=st.integers(0, 10**6),
    symmetric=st.booleans(),
    signed=st.booleans(),
    transposed=st.booleans(),
    seeded=st.booleans(),
    n_hops=st.sampled_from([1, 2, 3, 10, 50, np.inf]),
    damping=st.sampled_from([0.1, 0.9, 0.99]),
)
def test_propagation_equals_the_dense_definition(n, seed, symmetric, signed, transposed, seeded, n_hops, damping):
    A = graph(n, seed=seed, symmetric=symmetric, signed=signed)
    b = np.random.default_rng(seed).random(n) + 0.1 if seeded else np.ones(n)
    flow = propagate(Stored(A), b, Hops(n_hops, damping), transposed=transposed, tol=1e-12)
    M = A.T if transposed else A
    r = damping / naive.spectral_radius(A)
    expected = naive.infinite_hops(M, b, r) if n_hops == np.inf else naive.hops(M, b, n_hops, r)
    # how far a relative error of 1e-12 in the radius alone may carry, plus round-off of the reference
    condition = np.linalg.norm(np.linalg.inv(np.eye(n) - r * M), 2) * (1 + np.linalg.norm(r * M, 2))
    np.testing.assert_allclose(flow.scores, expected, atol=1e-9 * condition * np.abs(expected).max())
    assert flow.spectral_radius == pytest.approx(naive.spectral_radius(A), rel=1e-6)
    assert flow.converged


@pytest.mark.parametrize("unit", [None, 40.0])
def test_the_certificate_bounds_the_error(unit):
    A = graph(200, symmetric=True) / 10
    r = 0.9 / (unit or naive.spectral_radius(A))
    exact = naive.infinite_hops(A, np.ones(200), r)
    for tol in (1e-2, 1e-5, 1e-8):
        flow = propagate(Stored(A), np.ones(200), Hops(np.inf, 0.9), unit=unit or 1.0, in_radii=not unit, tol=tol)
        assert flow.residual <= tol
        assert np.linalg.norm(flow.scores - exact) <= 10 * flow.residual * np.linalg.norm(exact)


def test_more_hops_converge_to_infinitely_many():
    A = Stored(graph(50, symmetric=True))
    limit = propagate(A, np.ones(50), Hops(np.inf, 0.9)).scores
    errors = [np.abs(propagate(A, np.ones(50), Hops(k, 0.9)).scores - limit).max() for k in (1, 10, 100, 300)]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 1e-10 * limit.max()


def test_damping_to_one_ranks_by_the_perron_vector():
    dense = graph(30, symmetric=True)
    scores = propagate(Stored(dense), np.ones(30), Hops(np.inf, 1 - 1e-9)).scores
    perron = np.abs(np.linalg.eigh(dense)[1][:, -1])
    np.testing.assert_allclose(scores / scores.sum(), perron / perron.sum(), rtol=1e-7)


def test_damping_to_zero_ranks_by_one_hop():
    dense = graph(30)
    one = propagate(Stored(dense), np.ones(30), Hops(1, 1e-9)).scores
    many = propagate(Stored(dense), np.ones(30), Hops(np.inf, 1e-9)).scores
    np.testing.assert_allclose(many, one, rtol=1e-8)


def test_one_hop_in_fixed_units_costs_one_product():
    flow = propagate(Stored(graph(50)), np.ones(50), Hops(1, 0.9), in_radii=False, unit=1.0)
    assert (flow.n_products, flow.residual, flow.converged) == (1, 0.0, True)


def test_a_signed_graph_that_hides_from_the_ones_vector_shows_its_radius():
    A = Stored(np.array([[1.0, -1.0], [-1.0, 1.0]]))
    assert spectral_radius(A)[0].value == pytest.approx(2)
    flow = propagate(A, np.array([1.0, 0.0]), Hops(np.inf, 0.5))
    np.testing.assert_allclose(flow.scores, naive.infinite_hops(A.matrix, np.array([1.0, 0.0]), 0.25))
    assert propagate(A, np.ones(2), Hops(np.inf, 0.5)).scores.tolist() == [0, 0]


def test_walks_seeded_in_one_component_keep_the_unit_of_the_whole_graph():
    A = np.diag([1.0, 1, 4])
    A[0, 1] = A[1, 0] = 1
    flow = propagate(Stored(A), np.array([1.0, 0, 0]), Hops(np.inf, 0.9))
    np.testing.assert_allclose(flow.scores, naive.infinite_hops(A, np.array([1.0, 0, 0]), 0.9 / 4), atol=1e-12)
    assert flow.spectral_radius == pytest.approx(4)


def test_a_zero_graph_has_no_walks():
    for in_radii in (True, False):
        flow = propagate(Stored(np.zeros((4, 4))), np.ones(4), Hops(np.inf, 0.9), in_radii=in_radii)
        assert not flow.scores.any()
        assert flow.converged


@pytest.mark.parametrize("n", [2, 5, 12, 40])
def test_a_graph_without_cycles_has_no_spectral_unit_but_other_units_work(n):
    rng = np.random.default_rng(n)
    A = np.triu(rng.random((n, n)), 1)
    with pytest.raises(ValueError, match=r"cannot be told from zero.*'sub-stochastic'"):
        propagate(Stored(A), np.ones(n), Hops(np.inf, 0.9))
    with pytest.raises(ValueError, match="cannot be told from zero"):
        propagate(Stored(A), first(n), Hops(np.inf, 0.9))
    unit = A.sum(axis=1).max()
    flow = propagate(Stored(A), np.ones(n), Hops(np.inf, 0.9), in_radii=False, unit=unit)
    np.testing.assert_allclose(flow.scores, naive.infinite_hops(A, np.ones(n), 0.9 / unit), atol=1e-10)


def test_a_divergent_series_is_refused():
    with pytest.raises(ValueError, match=r"diverge: damping times the spectral radius 2 .*damping=0.5.*spectral"):
        propagate(Stored(np.ones((2, 2))), np.ones(2), Hops(np.inf, 0.5), in_radii=False, unit=1.0)
    with pytest.raises(ValueError, match="diverge"):  # here I - damping A is exactly singular
        propagate(Stored(np.array([[2.0]])), np.ones(1), Hops(np.inf, 0.5), in_radii=False, unit=1.0)
    flow = propagate(Stored(np.ones((2, 2))), np.ones(2), Hops(3, 0.5), in_radii=False, unit=1.0)
    np.testing.assert_allclose(flow.scores, [3, 3])


def test_scores_that_overflow_are_refused():
    with pytest.raises(ValueError, match=r"n_hops=2000.*overflow"):
        propagate(Stored(np.full((3, 3), 10.0)), np.ones(3), Hops(2000, 0.9), in_radii=False, unit=1.0)


def test_nan_from_an_operator_is_refused():
    with pytest.raises(ValueError, match="NaN or infinity"):
        propagate(Stored(np.full((3, 3), np.nan)), np.ones(3), Hops(1, 0.9), in_radii=False, unit=1.0)


def test_too_few_products_are_admitted():
    A = Stored(graph(80, signed=True, symmetric=True))
    flow = propagate(A, np.ones(80), Hops(np.inf, 0.9), max_iter=3)
    assert not flow.converged
    assert flow.residual > 1e-3


def test_float32_lowers_the_tolerance_to_its_precision():
    A = graph(80, symmetric=True)
    single = propagate(Stored(A.astype(np.float32)), np.ones(80), Hops(np.inf, 0.9), tol=1e-15)
    double = propagate(Stored(A), np.ones(80), Hops(np.inf, 0.9), tol=1e-15)
    assert single.converged
    assert single.n_products < double.n_products
    np.testing.assert_allclose(single.scores, double.scores, rtol=1e-5)
