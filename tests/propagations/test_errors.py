"""The error bound against exact solves, over graphs whose radius or whose scores are hard to know."""

from fractions import Fraction

import naive
import numpy as np
import pytest
import scipy.linalg

from infsel.affinities import inf_fs
from infsel.operators import Stored
from infsel.propagations import Heat, Hops, KrylovBasis, PageRank, Resolvent, Stationary, WithStart, propagate

EPS = 2.0**-52


def beside(*blocks):
    return scipy.linalg.block_diag(*blocks)


def clusters(gap):
    A = np.random.default_rng(1).random((12, 12))
    A = (A + A.T) / naive.spectral_radius(A + A.T)
    return beside(A, (1 + gap) * A) + 1e-9


GRAPHS = {
    "dense": np.add.outer(np.arange(1.0, 13), np.arange(1.0, 13)) % 7,
    "clustered": clusters(1e-3),
    "two blocks": beside(np.full((13, 13), 1 / 13), (1 + 2.0**-40) * np.full((13, 13), 1 / 13)),
    "block and node": beside(np.full((5, 5), 0.25), np.array([[1.25 + 2.0**-20]])),
    "reducible": np.triu(np.ones((6, 6))) + np.diag(np.arange(6.0)),
    "bipartite": np.block([[np.zeros((4, 4)), np.ones((4, 4))], [np.ones((4, 4)), np.zeros((4, 4))]]),
    "cycle": np.roll(np.eye(7), 1, axis=1) + np.diag([1.0, 0, 0, 0, 0, 0, 0]),
    "near nilpotent": np.triu(np.ones((6, 6)), 1) + 0.25 * np.eye(6),
    "asymmetric": np.random.default_rng(2).random((9, 9)),
}


def exact_solve(M, b):
    """(I - M)^-1 M b by elimination in fractions; M and b are floating-point numbers as they are."""
    n = len(b)
    rows = [[Fraction(int(i == j)) - M[i][j] for j in range(n)] for i in range(n)]
    rows = [[*row, sum(M[i][j] * b[j] for j in range(n))] for i, row in enumerate(rows)]
    for k in range(n):
        pivot = max(range(k, n), key=lambda i: abs(rows[i][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        for i in range(n):
            if i != k and rows[i][k]:
                ratio = rows[i][k] / rows[k][k]
                rows[i] = [x - ratio * y for x, y in zip(rows[i], rows[k], strict=True)]
    return [rows[i][n] / rows[i][i] for i in range(n)]


def fractions(A, factor):
    return [[Fraction(float(a)) * factor for a in row] for row in A]


def relative_error(scores, exact):
    off = np.array([float(Fraction(float(s)) - e) for s, e in zip(scores, exact, strict=True)])
    return np.linalg.norm(off) / np.linalg.norm([float(e) for e in exact])


@pytest.mark.parametrize("damping", [0.5, 0.9, 0.999])
@pytest.mark.parametrize("start", ["ones", "seeded"])
@pytest.mark.parametrize("name", GRAPHS)
def test_the_error_is_bounded_in_a_fixed_unit(name, start, damping):
    A = GRAPHS[name]
    n, unit = len(A), float(A.sum(axis=1).max())
    b = np.ones(n) if start == "ones" else np.eye(n)[-1]
    exact = exact_solve(fractions(A, Fraction(damping) / Fraction(unit)), [Fraction(x) for x in b])
    for rule, expected in (
        (Hops(np.inf, damping), exact),
        (WithStart(Hops(np.inf, damping)), [x + Fraction(s) for x, s in zip(exact, b, strict=True)]),
    ):
        flow = propagate(Stored(A), b, rule, unit=unit, in_radii=False)
        if any(expected):
            assert relative_error(flow.scores, expected) <= flow.error <= 1e-8


RADII = {
    "two blocks": 1 + Fraction(2) ** -40,
    "block and node": Fraction(5, 4) + Fraction(2) ** -20,
    "bipartite": Fraction(4),
    "reducible": Fraction(6),
    "near nilpotent": Fraction(1, 4),
}


@pytest.mark.parametrize("damping", [0.5, 0.9, 0.999, 1 - 1e-6])
@pytest.mark.parametrize("start", ["ones", "seeded"])
@pytest.mark.parametrize("name", ["two blocks", "block and node", "bipartite"])
def test_the_error_is_bounded_in_units_of_the_radius(name, start, damping):
    A = GRAPHS[name]
    n = len(A)
    b = np.ones(n) if start == "ones" else np.eye(n)[-1]
    A_exact = fractions(np.where(A, 1, 0), 1)
    blocks = {
        "two blocks": (Fraction(1, 13), (1 + Fraction(2) ** -40) / 13),
        "block and node": (Fraction(1, 4), RADII[name]),
    }
    for i, j in np.argwhere(A):
        light, heavy = blocks.get(name, (Fraction(1), Fraction(1)))
        last = i >= 13 if name == "two blocks" else i == n - 1
        A_exact[i][j] = heavy if last else light
    factor = Fraction(damping) / RADII[name]
    exact = exact_solve([[a * factor for a in row] for row in A_exact], [Fraction(x) for x in b])
    flow = propagate(Stored(A), b, Hops(np.inf, damping))
    error = relative_error(flow.scores, exact)
    assert error <= flow.error
    assert flow.error <= 1e4 * max(error, EPS / (1 - damping))
    assert flow.spectral_radius == pytest.approx(float(RADII[name]), rel=1e-14)
    assert flow.converged


@pytest.mark.parametrize("rule", [Hops(1, 0.9), Hops(5, 0.9), Hops(40, 0.99), Hops(), Heat(2.0), PageRank()], ids=repr)
@pytest.mark.parametrize("name", ["dense", "clustered", "two blocks", "block and node", "bipartite", "asymmetric"])
@pytest.mark.parametrize("tol", [1e-3, 1e-6, 1e-11])
def test_the_error_of_every_rule_is_bounded(rule, name, tol):
    A = GRAPHS[name]
    M = A / naive.spectral_radius(A)
    exact = rule.finish(rule(M, np.ones(len(A))))
    flow = propagate(Stored(A), np.ones(len(A)), rule, tol=tol)
    error = np.linalg.norm(flow.scores - exact) / np.linalg.norm(exact)
    assert error <= flow.error + 1e-12  # of the definition
    assert flow.error <= max(10 * tol, 1.1e-8)


@pytest.mark.parametrize("damping", [-0.5, -5.0])
def test_the_error_of_inhibition_is_bounded(damping, rng):
    X = rng.standard_normal((30, 60))
    A, b = np.corrcoef(X.T), rng.standard_normal(60)
    exact = np.linalg.solve(np.eye(60) - damping * A, b)
    for tol in (1e-2, 1e-6, 1e-10):
        flow = propagate(Stored(A), b, WithStart(Resolvent(damping)), in_radii=False, tol=tol)
        assert np.linalg.norm(flow.scores - exact) / np.linalg.norm(exact) <= flow.error <= 10 * tol


@pytest.mark.parametrize("gap", [2.0**-20, 2.0**-34, 2.0**-40])
def test_the_leading_direction_is_found_or_doubted(gap):
    A = beside(np.full((5, 5), 0.25), np.array([[1.25 * (1 + gap)]]))
    flow = propagate(Stored(A), np.ones(6), Stationary())
    error = np.linalg.norm(flow.scores - np.eye(6)[-1])
    assert error <= flow.error
    assert flow.converged == (flow.error <= 1e-6)


@pytest.mark.parametrize("gap", [1e-6, 3e-6, 1e-9])
def test_a_node_beside_a_block_is_seen_by_its_own_walks(gap):
    A = beside(np.full((5, 5), 0.2), np.array([[1 + gap]]))
    damping = 1 - 1e-6
    flow = propagate(Stored(A), np.eye(6)[-1], Hops(np.inf, damping))
    assert flow.scores[-1] == pytest.approx(damping / (1 - damping), rel=max(flow.error, 1e-9))
    one = propagate(Stored(A), np.ones(6), Hops(1, 0.9))
    assert one.scores[-1] == pytest.approx(0.9, rel=one.error)


@pytest.mark.parametrize("exponent", [-1000, -900, -500, 500, 900, 1000])
@pytest.mark.parametrize("rule", [Hops(), Hops(1), Resolvent(0.5), Stationary(), PageRank(0.5), Heat()], ids=repr)
@pytest.mark.parametrize("seeded", [False, True])
def test_the_scale_of_the_graph_changes_no_bit(exponent, rule, seeded):
    A = np.random.default_rng(3).random((20, 20))
    b = np.arange(20.0) if seeded else np.ones(20)
    one, other = (propagate(Stored(np.ldexp(A, k)), b, rule) for k in (0, exponent))
    np.testing.assert_array_equal(one.scores, other.scores)
    assert one.n_products == other.n_products
    assert np.ldexp(one.spectral_radius, exponent) == other.spectral_radius


@pytest.mark.parametrize("scale", [1e-300, 1e-170, 1e-100, 1e100, 1e155, 1e300])
@pytest.mark.parametrize("rule", [Hops(), Stationary(), PageRank(0.5), Heat()], ids=repr)
def test_scores_scale_with_the_start(scale, rule):
    A = np.random.default_rng(3).random((20, 20))
    one, other = (propagate(Stored(A), s * np.ones(20), rule).scores for s in (1.0, scale))
    same = isinstance(rule, Stationary | PageRank)
    np.testing.assert_allclose(other, one if same else scale * one, rtol=1e-12)


def test_scores_beyond_the_range_of_numbers_are_refused():
    with pytest.raises(ValueError, match=r"beyond the range of floating-point numbers: divide start"):
        propagate(Stored(np.ones((3, 3))), np.full(3, 1e308), Hops())
    with pytest.raises(ValueError, match="its entries must be finite, and the sums"):
        propagate(Stored(np.full((3, 3), 1e308)), np.ones(3), Hops())


def test_a_distribution_that_cancels_is_refused():
    A = np.array([[0.0, 0.5], [0.5, 0.0]])
    with pytest.raises(ValueError, match=r"visits of its walks sum to 0.*negative entries"):
        propagate(Stored(-A), np.array([1.0, -1.0]), PageRank(0.5), in_radii=False)


def test_a_basis_holds_no_graph():
    assert not any(callable(value) for value in vars(KrylovBasis(np.ones(3))).values())


@pytest.mark.parametrize("damping", [0.9, 0.9999, 0.999999, -0.9, -0.9999])
def test_the_mean_length_is_that_of_all_walks(damping):
    flow = propagate(Stored(np.ones((4, 4))), np.ones(4), Hops(np.inf, damping))
    assert flow.mean_hops() == pytest.approx(1 / (1 - abs(damping)), rel=1e-9)
    profile = flow.hop_profile()
    assert len(profile) <= 1000
    expected = (1 - abs(damping)) * abs(damping) ** np.arange(len(profile))
    np.testing.assert_allclose(profile, expected, atol=1e-12)
    np.testing.assert_allclose(flow.hop_profile_of(2), expected, atol=1e-12)


def test_a_long_cycle_has_a_whole_profile():
    A = np.roll(np.eye(6), 1, axis=1)
    flow = propagate(Stored(A), np.eye(6)[0], Hops(np.inf, 0.5))
    profile = flow.hop_profile_of(0)
    np.testing.assert_allclose(profile[5::6][:3] / profile[5], 0.5 ** np.arange(0, 18, 6))
    assert np.count_nonzero(profile[:12]) == 2


@pytest.mark.parametrize("rule", [Hops(1500, 0.9999), Heat(3.0), PageRank(0.9999)], ids=repr)
def test_the_mean_length_of_every_rule(rule):
    A = np.random.default_rng(5).random((8, 8))
    A /= naive.spectral_radius(A)
    walk, masses = np.ones(8), []
    for k in range(1, 150_000 if rule.degree == np.inf else 1501):
        walk = A @ walk
        masses.append(rule.weight(k) * walk.sum() if k < 1000 or not isinstance(rule, Heat) else 0.0)
    mean = np.dot(masses, np.arange(1, len(masses) + 1)) / np.sum(masses)
    assert propagate(Stored(A), np.ones(8), rule).mean_hops() == pytest.approx(
        mean, rel=1e-4 if rule.degree == np.inf else 1e-9
    )


@pytest.mark.parametrize("correlation", ["spearman", "pearson"])
def test_the_certificate_of_a_fit_costs_no_product(correlation, rng):
    A = inf_fs(correlation=correlation)(rng.standard_normal((100, 400)))
    flow, basis = propagate(A, np.ones(400), Hops()), KrylovBasis(np.ones(400))
    truncations = []
    for _ in range(flow.n_products):
        basis.extend(A.matvec(basis.newest))
        H = basis.over(basis.spectral_radius().value)
        truncations.append(basis.truncation(Hops()(H, np.eye(len(H))[0])))
    assert [truncation <= 1e-11 for truncation in truncations].index(True) == flow.n_products - 1
    exact = Hops()(A.to_dense() / naive.spectral_radius(A.to_dense()), np.ones(400))
    assert np.linalg.norm(flow.scores - exact) <= (flow.error + 1e-12) * np.linalg.norm(exact)
