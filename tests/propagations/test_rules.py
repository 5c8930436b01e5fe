"""Every propagation on a dense matrix, in a Krylov basis, and against what it must satisfy."""

import math

import naive
import numpy as np
import pytest
import scipy.linalg

from infsel.operators import Stored
from infsel.propagations import Heat, Hops, PageRank, Resolvent, Singular, Stationary, propagate
from infsel.walks._names import PROPAGATIONS

RULES = [
    Hops(1, 0.9),
    Hops(4, 0.9),
    Hops(),
    Resolvent(0.5),
    Resolvent(2.5),
    Stationary(),
    Singular(),
    PageRank(),
    Heat(),
    Heat(4.0),
]


def graph(n, *, symmetric, seed=0):
    A = np.random.default_rng(seed).random((n, n))
    A = A + A.T if symmetric else A
    return A / naive.spectral_radius(A)


@pytest.fixture(params=RULES, ids=repr)
def rule(request):
    return request.param


@pytest.mark.parametrize("transposed", [False, True])
@pytest.mark.parametrize("symmetric", [False, True])
@pytest.mark.parametrize("n", [1, 2, 30, 200])
def test_the_basis_answers_like_the_dense_matrix(rule, n, symmetric, transposed):
    A = graph(n, symmetric=symmetric)
    M = A.T if transposed else A
    dense = rule.finish(rule(M, np.ones(n)))
    flow = propagate(Stored(A), np.ones(n), rule, transposed=transposed, tol=1e-13)
    np.testing.assert_allclose(flow.scores, dense, rtol=1e-8)


@pytest.mark.parametrize("n", [1, 2, 40])
def test_what_the_walks_bring_and_the_start_make_the_score(rule, n):
    A = graph(n, symmetric=False)
    b = np.arange(1.0, n + 1)
    M = A @ A.T if rule.of_gramian else A
    np.testing.assert_allclose(rule(A, b), rule.own(b) + M @ rule.inflow(M, b), rtol=1e-9)
    flow = propagate(Stored(A), b, rule, tol=1e-13)
    total = flow.own() + M @ flow.inflow()
    total = rule.finish(total) if rule.of_gramian else total
    np.testing.assert_allclose(
        np.abs(total) / np.abs(total).sum(), np.abs(flow.scores) / np.abs(flow.scores).sum(), rtol=1e-8
    )


def test_every_registered_rule_is_tested():
    assert {type(rule) for rule in RULES} == set(PROPAGATIONS.values())


@pytest.mark.parametrize("doublings", [1, 3, 6])
def test_hops_double(doublings):
    """(I + M)(I + M^2)(I + M^4)... is the sum of all powers below 2^m."""
    A, b = graph(30, symmetric=False), np.arange(1.0, 31)
    M, product = 0.9 * A, np.eye(30)
    for _ in range(doublings):
        product, M = product + product @ M, M @ M
    walks = Hops(2**doublings - 1, 0.9)
    np.testing.assert_allclose(walks(A, b), (product - np.eye(30)) @ b, rtol=2e-15 * 30)
    np.testing.assert_allclose(propagate(Stored(A), b, walks, tol=1e-13).scores, (product - np.eye(30)) @ b, rtol=1e-11)


def test_heat_is_the_exponential_without_its_start():
    A, b = graph(20, symmetric=False), np.arange(20.0)
    np.testing.assert_allclose(Heat(3.0)(A, b), scipy.linalg.expm(3 * A) @ b - b, rtol=1e-11)
    singular = np.array([[0.0, 1.0], [0.0, 0.0]])
    np.testing.assert_allclose(Heat(2.0)(singular, np.array([1.0, 5.0])), [10, 0])


def test_a_nilpotent_graph_conducts_heat_and_walks_in_fixed_units():
    A = np.triu(np.ones((6, 6)), 1)
    for rule in (Heat(2.0), Hops(), PageRank()):
        flow = propagate(Stored(A), np.ones(6), rule, unit=10.0, in_radii=False)
        np.testing.assert_allclose(flow.scores, rule.finish(rule(A / 10, np.ones(6))), atol=1e-12)


def test_the_stationary_direction_is_an_eigenvector_of_norm_one():
    A = graph(25, symmetric=False)
    x = propagate(Stored(A), np.ones(25), Stationary(), tol=1e-13).scores
    np.testing.assert_allclose(A @ x, x, rtol=1e-9)
    assert np.linalg.norm(x) == pytest.approx(1)
    limit = propagate(Stored(A), np.ones(25), Hops(np.inf, 1 - 1e-8), tol=1e-13).scores
    np.testing.assert_allclose(limit / np.linalg.norm(limit), x, rtol=1e-6)


def test_of_two_opposite_leading_eigenvalues_the_positive_one_counts():
    x = propagate(Stored(np.array([[0.0, 2.0], [2.0, 0.0]])), np.ones(2), Stationary()).scores
    np.testing.assert_allclose(x, [0.5**0.5] * 2)


def test_pagerank_is_the_distribution_of_a_walk_that_starts_anew():
    P = naive.row(graph(12, symmetric=False))
    scores = propagate(Stored(P), np.ones(12), PageRank(0.85), transposed=True, in_radii=False).scores
    walk = np.full(12, 1 / 12)
    for _ in range(500):
        walk = 0.85 * P.T @ walk + 0.15 / 12
    np.testing.assert_allclose(scores, walk, rtol=1e-9)


def test_pagerank_sends_a_dangling_walk_back_to_the_start():
    P = np.array([[0.0, 0.5, 0.5], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
    filled = P.copy()
    filled[1] = 1 / 3
    one, two = (
        propagate(Stored(A), np.ones(3), PageRank(), transposed=True, in_radii=False).scores for A in (P, filled)
    )
    np.testing.assert_allclose(one, two, rtol=1e-10)


def test_the_resolvent_goes_on_where_the_series_ends():
    A = graph(30, symmetric=True)
    with pytest.raises(ValueError, match="diverge"):
        propagate(Stored(A), np.ones(30), Hops(np.inf, 1.5), in_radii=False)
    scores = propagate(Stored(A), np.ones(30), Resolvent(1.5), in_radii=False, tol=1e-12).scores
    np.testing.assert_allclose(scores, naive.infinite_hops(A, np.ones(30), 1.5), rtol=1e-8)


@pytest.mark.parametrize("rule", [Resolvent(1.0), Resolvent(0.5)])
def test_an_eigenvalue_in_the_way_of_the_resolvent_is_refused(rule):
    with pytest.raises(ValueError, match="no value on this affinity"):
        propagate(Stored(np.diag([1 / rule.damping, 0.1])), np.ones(2), rule, in_radii=False)


@pytest.mark.parametrize("rule", [Hops(3, 0.9), Hops(), PageRank(0.5), Heat(2.0)], ids=repr)
def test_the_profile_of_hops_is_the_share_of_each_power(rule):
    A = graph(40, symmetric=False)
    flow = propagate(Stored(A), np.ones(40), rule, tol=1e-13)
    profile = flow.hop_profile()
    walk, masses, first = np.ones(40), [], []
    for k in range(1, len(profile) + 1):
        walk = A @ walk
        masses.append(rule.weight(k) * walk.sum())
        first.append(rule.weight(k) * walk[0])
    np.testing.assert_allclose(profile, np.array(masses) / np.sum(masses), atol=1e-9)
    np.testing.assert_allclose(flow.hop_profile_of(0), np.array(first) / np.sum(first), atol=1e-9)
    assert profile.sum() == pytest.approx(1)


def test_weights_are_the_coefficients():
    assert Hops(2, 0.5).weight(3) == 0
    assert Heat(3.0).weight(4) == pytest.approx(81 / math.factorial(4))
    with pytest.raises(ValueError, match="no sum over hops"):
        Stationary().weight(1)


def test_a_zero_graph_is_answered_by_every_rule(rule):
    flow = propagate(Stored(np.zeros((3, 3))), np.ones(3), rule)
    expected = [1 / 3] * 3 if isinstance(rule, PageRank) else [0] * 3
    np.testing.assert_allclose(flow.scores, expected)
