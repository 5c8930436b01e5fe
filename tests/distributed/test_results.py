"""On a cluster everything comes out as in memory."""

import dask.array
import numpy as np
import pytest
from test_contracts import FAMILIES, MAKERS, Y, example, numbers

from infsel import (
    AttentionSelector,
    CoverageSelector,
    CriterionSelector,
    DeflatedPopularity,
    InfFS,
    RecursiveElimination,
    inf_fs_path,
)
from infsel.affinities import Correlation, Redundancy
from infsel.distributed import DaskTable, TallTable, _table, _tall, table_of
from infsel.krylov import Krylov
from infsel.relevances import relevance_of
from infsel.tables import as_table
from infsel.walks._names import CRITERIA

NAMES = np.array([f"x{i}" for i in range(9)], dtype=object)
CLOSE = {"rtol": 1e-12, "atol": 1e-12}


def same(found, expected):
    np.testing.assert_allclose(found.scores_, expected.scores_, rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(found.ranking_, expected.ranking_)


def operators(name, table):
    own = DaskTable(dask.array.from_array(table, chunks=(16, 4)), names=NAMES)
    for each in (own, as_table(table, names=NAMES)):
        columns = np.flatnonzero(each.varying())
        yield MAKERS[name]().resolve(columns, each, Y).among(columns, each, Y)


@pytest.mark.parametrize("name", MAKERS)
def test_affinities(client, name):
    A, B = operators(name, numbers())
    x = np.linspace(1, 2, 9)
    np.testing.assert_allclose(A @ x, B @ x, **CLOSE)


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("name", MAKERS)
def test_whatever_is_asked_of_affinities(name):
    A, B = operators(name, numbers())
    x, several = np.linspace(1, 2, 9), np.linspace(-1, 1, 18).reshape(9, 2)
    np.testing.assert_allclose(A.to_dense(), B.to_dense(), **CLOSE)
    np.testing.assert_allclose(A.rows(np.array([5, 2])), B.rows(np.array([5, 2])), **CLOSE)
    np.testing.assert_allclose(A.columns(np.array([1, 7])), B.columns(np.array([1, 7])), **CLOSE)
    np.testing.assert_allclose(A.T @ x, B.T @ x, **CLOSE)
    np.testing.assert_allclose(A.times(several), B.times(several), **CLOSE)
    A.keep(10**6)
    for _ in range(2):
        np.testing.assert_allclose(A @ x, B @ x, **CLOSE)
    A.release()
    np.testing.assert_allclose(A @ x, B @ x, **CLOSE)


@pytest.mark.parametrize("name", FAMILIES["relevances"])
def test_relevances(client, name, X, lazy):
    relevance, y, weights = example("relevances", name), np.repeat([0, 1], 30), np.arange(60) % 3 + 1.0
    found = relevance_of(relevance, DaskTable(lazy, weights), y, "it")
    expected = relevance_of(relevance, as_table(X, weights), y, "it")
    if relevance.takes_tables:  # what all columns add up has an order
        np.testing.assert_allclose(found, expected, **CLOSE)
    else:
        np.testing.assert_array_equal(found, expected)


SELECTORS = {
    "walks": InfFS,
    "walks by target": lambda: InfFS.from_preset("tpami2020-supervised"),
    "inhibition": lambda: InfFS(affinity=Correlation("pearson"), damping=-0.9, readout="settled", start="anova"),
    "attention": AttentionSelector,
    "popularity": DeflatedPopularity,
    "coverage": CoverageSelector,
    "elimination": RecursiveElimination,
    "elimination in parts": lambda: RecursiveElimination(part_size=20, min_screened=5),
}


SOME = Krylov(n_landmarks=16, random_state=0)
SELECTORS |= {
    "walks by landmarks": lambda: InfFS(solver=SOME, n_features_to_select=3),
    "attention by landmarks": lambda: AttentionSelector(solver=SOME, n_features_to_select=3),
}


@pytest.mark.parametrize("name", SELECTORS)
def test_selectors(client, name, X, lazy, y):
    same(SELECTORS[name]().fit(lazy, y), SELECTORS[name]().fit(X, y))


ALL = {**SELECTORS, **{name: lambda name=name: CriterionSelector(name) for name in CRITERIA}}


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(("chunks", "held"), [((60, 14), True), ((7, 3), True), ((40, 14), False)])
def test_neither_chunks_nor_memory_nor_weights_show(name, chunks, held, X, y, rng, monkeypatch):
    if not held:
        monkeypatch.setattr(_table, "_HELD", 0)
        monkeypatch.setattr(_tall, "BLOCK_BYTES", 8 * 14 * 5)
        assert isinstance(table_of(dask.array.from_array(X)), TallTable)
    weights = rng.integers(0, 3, 60).astype(float)
    lazy = dask.array.from_array(X, chunks=chunks)
    same(ALL[name]().fit(lazy, y, sample_weight=weights), ALL[name]().fit(X, y, sample_weight=weights))


@pytest.mark.parametrize("name", ["jmi", "mrmr-fcq", "linkage"])
def test_criteria(client, name, X, lazy, y):
    found, expected = (CriterionSelector(name, n_features_to_select=4).fit(table, y) for table in (lazy, X))
    same(found, expected)
    np.testing.assert_allclose(found.gains_, expected.gains_, rtol=1e-9, atol=1e-12)


def test_paths(client, X, lazy):
    found, expected = inf_fs_path(lazy), inf_fs_path(X)
    np.testing.assert_allclose(found.scores, expected.scores, rtol=1e-9)


@pytest.mark.usefixtures("in_this_process")
def test_columns_left_out_and_single_precision(X, y):
    X = X.astype(np.float32)
    lazy = dask.array.from_array(X, chunks=(60, 5))
    for selector in (InfFS(exclude=[3, 8], affinity=Redundancy("pearson")), AttentionSelector(keep=[13])):
        found, ranking = selector.fit(lazy).scores_, selector.ranking_
        np.testing.assert_allclose(found, selector.fit(X).scores_, rtol=1e-5, atol=1e-6)
        assert (ranking == selector.ranking_).mean() > 0.7


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(
    "name", ["walks", "walks by target", "popularity", "coverage", "elimination in parts", "jmi", "mrmr-fcq", "omp"]
)
def test_no_more_than_some_numbers_a_row_come_here(name, rng, nothing_larger):
    X = rng.standard_normal((4000, 30))
    y, most = (X[:, 1] > 0).astype(int), 8 * 3 * len(X)  # of X there are ten times as many

    nothing_larger(most)
    ALL[name]().fit(dask.array.from_array(X, chunks=(1000, 30)), y)
