"""The one road: a fit is the cell of a grid, and its result never changes."""

import copy
import pickle
from dataclasses import FrozenInstanceError, fields

import joblib
import numpy as np
import pytest

from infsel import InfFS, inf_fs_path
from infsel.affinities import inf_fs
from infsel.krylov import Krylov
from infsel.normalizations import Row, Spectral
from infsel.propagations import Heat, Hops
from infsel.readouts import Received, Seeded, Sent, Total
from infsel.tables import as_table
from infsel.walks import Composition, Means, nodes, solve

EVERY_COLUMN = np.ones(9, dtype=bool)


def composed(affinity=None, rule=None, readout=None, normalization=None, **others):
    return Composition(
        affinity or inf_fs(), normalization or Spectral(), rule or Hops(), readout or Sent(), Krylov(), **others
    )


def solved(composition, X, **grid):
    X = as_table(X)
    inside = nodes(composition, X, EVERY_COLUMN)
    return {(i, j): result for i, j, result in solve(composition, X, None, inside, Means(2**20), **grid)}


@pytest.mark.parametrize("readout", [Sent(), Received(), Total(), Seeded(np.arange(9.0))], ids=repr)
@pytest.mark.parametrize("rule", [Hops(), Hops(3, 0.5), Heat(2.0)], ids=repr)
def test_a_fit_is_the_one_cell_to_the_bit(readout, rule, table):
    [result] = solved(composed(rule=rule, readout=readout), table).values()
    fitted = InfFS(propagation=rule, readout=readout).fit(table)
    np.testing.assert_array_equal(result.scores, fitted.scores_)
    for name in ("spectral_radius", "n_iter", "residual", "error"):
        assert getattr(result, name) == getattr(fitted, f"{name}_")


@pytest.mark.parametrize("parameters", [{}, {"readout": "total"}, {"normalization": "row", "readout": "received"}])
def test_the_first_cell_of_a_path_with_one_alpha_is_the_fit_to_the_bit(parameters, table):
    path = inf_fs_path(table, alphas=[0.3], n_hops=[np.inf, 2], dampings=[0.9], **parameters)
    fitted = InfFS(alpha=0.3, **parameters).fit(table)
    np.testing.assert_array_equal(path.scores[0, 0, 0], fitted.scores_)
    np.testing.assert_array_equal(path.rankings[0, 0, 0], fitted.ranking_)
    assert path.errors[0, 0, 0] == fitted.error_


@pytest.mark.parametrize("normalization", [Spectral(), Row()])
def test_each_cell_of_a_grid_is_a_result_of_its_own(normalization, table):
    affinities, rules = [inf_fs(alpha) for alpha in (0.0, 0.4, 1.0)], [Hops(2), Hops(), Heat(1.5)]
    settings = {"normalization": normalization, "readout": Received()}
    grid = solved(composed(**settings), table, affinities=affinities, rules=rules)
    assert list(grid) == [(i, j) for j in range(3) for i in range(3)]
    for (i, j), result in grid.items():
        [alone] = solved(composed(affinities[i], rules[j], **settings), table).values()
        np.testing.assert_allclose(result.scores, alone.scores, rtol=1e-9)


def test_a_result_is_frozen_and_counts_outside_as_nothing(table):
    table[:, 4] = 1.0
    [result] = solved(composed(), table).values()
    for field in fields(result):
        with pytest.raises(FrozenInstanceError):
            setattr(result, field.name, None)
    assert not result.inside[4]
    assert result.scores[4] == 0
    inside = result.scores[result.inside]
    np.testing.assert_array_equal(inside[result.order], -np.sort(-inside))


def test_copies_share_a_result_and_pickles_leave_its_graph(table):
    [result] = solved(composed(), table).values()
    assert copy.deepcopy(result) is result
    loaded = pickle.loads(pickle.dumps(result))
    assert loaded.graph is None
    assert result.graph is not None
    np.testing.assert_array_equal(loaded.scores, result.scores)


def test_constants_inside_are_nodes_and_excluded_ones_are_not(table):
    table[:, [2, 4]] = 1.0
    admitted = np.arange(9) != 2
    assert np.flatnonzero(~nodes(composed(), as_table(table), admitted)).tolist() == [2, 4]
    assert np.flatnonzero(~nodes(composed(constants_inside=True), as_table(table), admitted)).tolist() == [2]
    with pytest.raises(ValueError, match="every column of X is constant or excluded"):
        nodes(composed(constants_inside=True), as_table(np.ones((5, 9))), EVERY_COLUMN)


def test_a_store_is_asked_once_for_each_graph_and_product(table):
    class Kept(dict):
        def key(self, *parts):
            return joblib.hash(parts)

        def recall(self, key, make):
            if key not in self:
                self[key] = make()
            return self[key]

    composition, store = composed(), Kept()
    for _ in range(2):
        [(_, _, result)] = solve(composition, as_table(table), None, EVERY_COLUMN, Means(2**20, store))
        assert len(store) == 1 + result.n_iter
    [alone] = solved(composition, table).values()
    np.testing.assert_array_equal(result.scores, alone.scores)
