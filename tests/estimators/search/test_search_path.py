"""A grid of scores: each cell is a fit of its own."""

import naive
import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from conftest import spread_error
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.exceptions import ConvergenceWarning

from infsel import InfFS, inf_fs_path
from infsel.affinities import Dispersion, Redundancy
from infsel.krylov import Krylov
from infsel.propagations import Heat

ALPHAS, N_HOPS, DAMPINGS = [0, 0.3, 1], [2, 1, np.inf, 7], [0.9, 0.2]


def assert_cells_are_fits(path, X, y=None, **parameters):
    for (i, j, k), residual in np.ndenumerate(path.residuals):
        alpha, n_hops, damping = path.alphas[i], path.n_hops[j], path.dampings[k]
        own = {"alpha": alpha, "n_hops": n_hops, "damping": damping}
        fitted = InfFS(**{name: value for name, value in own.items() if not np.isnan(value)}, **parameters).fit(X, y)
        assert spread_error(path.scores[i, j, k], fitted.scores_) < 1e-9
        np.testing.assert_array_equal(path.rankings[i, j, k], fitted.ranking_)
        if parameters.get("normalization", "spectral") == "spectral":
            assert path.spectral_radii[i] == pytest.approx(fitted.spectral_radius_, rel=1e-9)
        assert residual <= 1e-11


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"correlation": "pearson", "readout": "total"},
        {"normalization": "row", "readout": "received"},
        {"normalization": "sub-stochastic", "readout": "seeded", "start": np.arange(9.0)},
        {"readout": "seeded", "start": "fisher"},
        {"readout": "settled", "start": "fisher"},
        {"constant_columns": "inside"},
        {"solver": Krylov(max_memory=0)},
    ],
    ids=str,
)
def test_each_cell_equals_a_fit(table, parameters):
    table[:, 4] = 3.0
    y = np.arange(40) % 3
    path = inf_fs_path(table, y, alphas=ALPHAS, n_hops=N_HOPS, dampings=DAMPINGS, **parameters)
    assert path.scores.shape == path.rankings.shape == (3, 4, 2, 9)
    assert_cells_are_fits(path, table, y, **parameters)


def test_each_cell_equals_its_definition(table):
    path = inf_fs_path(table, alphas=ALPHAS, n_hops=N_HOPS, dampings=DAMPINGS)
    for (i, j, k), _ in np.ndenumerate(path.residuals):
        A = naive.inf_fs(table, ALPHAS[i])
        r = DAMPINGS[k] / naive.spectral_radius(A)
        finite = np.isfinite(N_HOPS[j])
        b = np.ones(9)
        expected = naive.hops(A, b, N_HOPS[j], r) if finite else naive.infinite_hops(A, b, r)
        np.testing.assert_allclose(path.scores[i, j, k], expected, rtol=1e-10)


@given(
    X=st.integers(2, 12).flatmap(lambda n: st.integers(0, 2**32 - 1).map(lambda seed: _random_table(seed, n))),
    alphas=st.lists(st.floats(0, 1), min_size=1, max_size=3),
)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.filterwarnings("ignore:The affinity is zero everywhere")
@pytest.mark.filterwarnings("ignore:All columns have the same standard deviation")
def test_any_table_and_any_alphas(X, alphas):
    path = inf_fs_path(X, alphas=alphas, n_hops=[3, np.inf], dampings=[0.7])
    for i, alpha in enumerate(alphas):
        for j, n_hops in enumerate([3, np.inf]):
            fitted = InfFS(alpha=alpha, n_hops=n_hops, damping=0.7).fit(X)
            size = np.abs(fitted.scores_).max()
            np.testing.assert_allclose(path.scores[i, j, 0], fitted.scores_, atol=1e-9 * size)


def _random_table(seed, n_features):
    rng = np.random.default_rng(seed)
    return np.round(rng.standard_normal((15, n_features)) * rng.random(n_features) * 4, 1) + np.arange(15)[:, None] / 9


def test_float32_and_sparse_tables_and_frames(table):
    X32 = table.astype(np.float32)
    path = inf_fs_path(X32, alphas=[0.3], n_hops=[2], dampings=[0.5])
    np.testing.assert_array_equal(path.rankings[0, 0, 0], InfFS(alpha=0.3, n_hops=2, damping=0.5).fit(X32).ranking_)
    X = np.where(table > 0, table, 0)
    assert_cells_are_fits(inf_fs_path(sp.csr_array(X), alphas=ALPHAS, n_hops=N_HOPS, dampings=DAMPINGS), X)
    graph = pd.DataFrame(naive.inf_fs(table), index=list("abcdefghi"), columns=list("abcdefghi"))
    frame = pd.DataFrame(table, columns=list("abcdefghi"))
    assert_cells_are_fits(inf_fs_path(frame, affinity=graph.iloc[::-1, ::-1]), frame, affinity=graph)


def test_axes_that_nothing_reads_have_one_cell(table):
    path = inf_fs_path(table, affinity=0.3 * Dispersion() + 0.7 * Redundancy("pearson"))
    assert np.isnan(path.alphas).tolist() == [True]
    assert path.scores.shape == (1, 5, 2, 9)
    assert_cells_are_fits(path, table, affinity=0.3 * Dispersion() + 0.7 * Redundancy("pearson"))
    heat = inf_fs_path(table, alphas=[0.2, 0.4], propagation=Heat(2.0))
    assert heat.scores.shape == (2, 1, 1, 9)
    assert_cells_are_fits(heat, table, propagation=Heat(2.0))
    resolvent = inf_fs_path(table, propagation="pagerank", normalization="row", readout="received")
    assert resolvent.scores.shape == (5, 1, 2, 9)


def test_statistics_are_computed_once(table, monkeypatch):
    calls = []
    for affinity in (Dispersion, Redundancy):
        original = affinity.relate
        monkeypatch.setattr(
            affinity, "relate", lambda self, X, y=None, original=original: calls.append(self) or original(self, X, y)
        )
    path = inf_fs_path(table, alphas=np.linspace(0, 1, 9), n_hops=[1, 2, 3, np.inf], dampings=[0.1, 0.5, 0.9])
    assert sorted(map(repr, calls)) == ["Dispersion()", "Redundancy()"]
    assert path.n_iter <= 9 * 9  # nine features fill a basis


@pytest.mark.parametrize(
    ("grids", "error", "message"),
    [
        ({"alphas": []}, ValueError, "alphas is empty"),
        ({"alphas": 0.5}, TypeError, "alphas=0.5: pass a list"),
        ({"n_hops": "inf"}, TypeError, "n_hops='inf': pass a list"),
        ({"dampings": [[0.1, 0.2]]}, TypeError, "pass a list"),
        ({"alphas": [0.5, 1.5]}, ValueError, "alpha=1.5: pass a number from 0 to 1"),
        ({"alphas": [np.nan]}, ValueError, "alpha=nan: pass a number from 0 to 1"),
        ({"alphas": ["a"]}, TypeError, "alpha='a': pass a number from 0 to 1"),
        ({"n_hops": [0]}, ValueError, "n_hops=0: pass a whole number from 1 up"),
        ({"n_hops": [1.5]}, ValueError, "n_hops=1.5: pass a whole number from 1 up"),
        ({"dampings": [1.0]}, ValueError, "damping=1.0: pass a number between 0 and 1"),
        ({"alphas": [0.5], "affinity": "attention"}, ValueError, "does not read alpha: leave alphas out"),
        ({"n_hops": [1], "propagation": "stationary"}, ValueError, "does not read n_hops"),
        ({"alpha": 0.5}, TypeError, "inf_fs_path takes no 'alpha'"),
        ({"memory": "here"}, TypeError, "inf_fs_path takes no 'memory'"),
        ({"nonsense": 1}, TypeError, "nonsense"),
        ({"affinity": "nonsense"}, ValueError, "affinity='nonsense' is not known"),
    ],
    ids=str,
)
def test_bad_grids_are_named(table, grids, error, message):
    with pytest.raises(error, match=message):
        inf_fs_path(table, **grids)


def test_bad_tables_are_named(table):
    with pytest.raises(ValueError, match="every column of X is constant"):
        inf_fs_path(np.ones((5, 3)))
    table[2, 3] = np.inf
    with pytest.raises(ValueError, match="column 'x3' has 1 such values"):
        inf_fs_path(table)


def test_one_warning_for_the_whole_path(rng):
    X = rng.standard_normal((60, 40)) * rng.random(40)
    signed = X.T @ X - 30 * np.eye(40)
    with pytest.warns(ConvergenceWarning, match="raise max_iter") as caught:
        path = inf_fs_path(X, affinity=signed, n_hops=[30, 40], dampings=[0.9, 0.99], solver=Krylov(max_iter=4))
    assert len(caught) == 1
    assert path.residuals.min() > 1e-11
    with pytest.warns(UserWarning, match="The affinity is zero everywhere"):
        inf_fs_path(np.tile(np.arange(5.0)[:, None], 4), alphas=[0], n_hops=[1], dampings=[0.9])
