"""What mixtures share, and one basis for many rules."""

import naive
import numpy as np
import pytest

from infsel.affinities import Attention, Dispersion, Given, Redundancy, inf_fs
from infsel.normalizations import Identity, Row, Spectral
from infsel.operators import MaxOuter, Stored
from infsel.propagations import Heat, Hops, Propagator
from infsel.tables import as_table
from infsel.walks._graphs import mixtures_of, normalized
from infsel.walks._walk import walk

COLUMNS = np.arange(9)


def test_each_mixture_is_its_affinity(table):
    alphas = [0, 0.3, 0.5, 1]
    mixtures = mixtures_of([inf_fs(alpha) for alpha in alphas], COLUMNS, as_table(table))
    assert len(mixtures.parts) == 2
    for number, alpha in enumerate(alphas):
        np.testing.assert_allclose(mixtures[number].to_dense(), naive.inf_fs(table, alpha), atol=1e-14)


def test_a_term_without_weight_is_not_computed(table):
    assert len(mixtures_of([inf_fs(1.0), inf_fs(1)], COLUMNS, as_table(table)).parts) == 1
    nothing = mixtures_of([0 * Dispersion()], COLUMNS, as_table(table))
    assert not nothing[0].to_dense().any()


def test_nested_formulas_share_their_terms(table):
    first = 0.5 * (Dispersion() + 2 * Redundancy("pearson")) + Redundancy()
    mixtures = mixtures_of([first, Redundancy()], COLUMNS, as_table(table))
    assert len(mixtures.parts) == 3
    expected = 0.5 * naive.dispersion(table) + naive.redundancy(table, naive.pearson) + naive.redundancy(table)
    np.testing.assert_allclose(mixtures[0].to_dense(), expected, atol=1e-14)
    np.testing.assert_allclose(mixtures[1].to_dense(), naive.redundancy(table), atol=1e-14)


def test_terms_whose_parameters_are_arrays_are_told_apart(table):
    projections = [(np.eye(40)[:, :k], np.eye(40)[:, :k]) for k in (5, 6)]
    mixtures = mixtures_of([Attention(projection=projection) for projection in projections], COLUMNS, as_table(table))
    assert len(mixtures.parts) == 2


def test_a_graph_of_the_whole_table_keeps_only_the_given_columns(table, rng):
    A, columns = rng.random((9, 9)), np.array([0, 2, 3, 7])
    mixture = mixtures_of([Given(A)], columns, as_table(table))[0]
    np.testing.assert_array_equal(mixture.to_dense(), A[np.ix_(columns, columns)])


@pytest.mark.parametrize("transposed", [False, True])
def test_products_of_all_mixtures_in_one_pass(table, small_graph, rng, transposed):
    affinities = [w * Given(small_graph) + (1 - w) * Given(np.diag(np.arange(8.0))) for w in (0, 0.2, 1)]
    shared = [affinities[0].first.affinity, affinities[0].second.affinity]
    affinities = [w * shared[0] + (1 - w) * shared[1] for w in (0, 0.2, 1)]
    mixtures = mixtures_of(affinities, np.arange(8), as_table(table[:, :8]))
    X, numbers = rng.random((8, 2)), [2, 1]
    expected = [
        (mixtures[i].to_dense().T if transposed else mixtures[i].to_dense()) @ X[:, k] for k, i in ((0, 2), (1, 1))
    ]
    np.testing.assert_allclose(mixtures.product(numbers, X, transposed), np.transpose(expected), rtol=1e-13)


@pytest.mark.parametrize(
    ("normalization", "shared"), [(Spectral(), True), (Spectral(), False), (Row(), False), (Identity(), True)]
)
@pytest.mark.parametrize("directions", [(False,), (True,), (False, True)])
def test_every_cell_equals_a_propagation_of_its_own(table, normalization, shared, directions):
    rules = [Hops(3, 0.1), Hops(1, 0.1), Heat(0.2), Hops(np.inf, 0.05)]  # in no order that helps
    mixtures = mixtures_of([inf_fs(alpha) for alpha in (0.2, 0.9)], COLUMNS, as_table(table))
    seen = []
    graphs = [normalized(mixtures[number], normalization) for number in range(2)]
    for i, j, flows in walk(graphs, rules, np.ones(9), directions, mixtures=mixtures if shared else None):
        seen.append((i, j))
        A, (unit, in_radii) = graphs[i]
        for transposed, flow in zip(directions, flows, strict=True):
            alone = Propagator(A, np.ones(9), transposed=transposed, unit=unit, in_radii=in_radii)(rules[j])
            np.testing.assert_allclose(flow.scores, alone.scores, rtol=1e-11)
            assert flow.residual <= 1e-11
            assert flow.rule is rules[j]
    assert seen == [(i, j) for j in range(4) for i in range(2)]


def test_rules_share_products(rng):
    calls = []

    class Counting(MaxOuter):
        def _matvec(self, x):
            calls.append(x)
            return super()._matvec(x)

    propagator = Propagator(Counting(rng.random(50)), np.ones(50))
    for damping in (0.99, 0.9, 0.5, 0.1):
        propagator(Hops(np.inf, damping))
    assert len(calls) == propagator.basis.n_products < 12


def test_a_basis_takes_products_from_outside(small_graph):
    inside, outside = (Propagator(Stored(small_graph), np.ones(8)) for _ in range(2))
    for _ in range(4):
        inside.grow()
        outside.basis.extend(small_graph @ outside.basis.newest)
    np.testing.assert_array_equal(inside.basis.H, outside.basis.H)
    assert inside.basis.spectral_radius() == outside.basis.spectral_radius()
