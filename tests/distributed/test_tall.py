"""A table of more samples than fit tells what it tells in memory, from sums over chunks of its samples."""

import dask.array
import numpy as np
import pytest

from infsel import InfFS, RecursiveElimination
from infsel.affinities import Correlation, Lagged, SquaredCorrelation
from infsel.distributed import TallTable, _table, _tall, runner, table_of
from infsel.embeddings import gram
from infsel.tables import as_table

CLOSE = {"rtol": 1e-10, "atol": 1e-12}


@pytest.fixture(autouse=True)
def nothing_fits(monkeypatch, in_this_process):
    monkeypatch.setattr(_table, "_HELD", 0)
    monkeypatch.setattr(_tall, "BLOCK_BYTES", 8 * 14 * 9)


@pytest.fixture
def X(X):
    """The numbers far from 0, one column of huge ones and one of tiny ones."""
    X = X + 1e3
    X[:, 2], X[:, 8], X[:, 0] = 1e200 * X[:, 2], 1e-200 * X[:, 8], 1e5 + X[:, 0] / 1e3
    X[:, 13] = 2.0**53 + 2 * np.round(X[:, 13])  # the last digit of a mean is as large as the deviations
    return X


@pytest.fixture(params=[None, "weights"])
def both(request, X, rng):
    weights = request.param and rng.integers(1, 4, len(X)).astype(float)
    lazy = table_of(dask.array.from_array(X, chunks=((17, 0, 42, 1), (5, 0, 9))), weights)
    assert isinstance(lazy, TallTable)
    return lazy, as_table(X, weights)


def test_its_statistics(both):
    lazy, table = both
    np.testing.assert_array_equal(lazy.extremes(), table.extremes())
    np.testing.assert_array_equal(lazy.varying(), table.varying())
    np.testing.assert_allclose(lazy.standard_deviation(), table.standard_deviation(), rtol=1e-10)


@pytest.mark.parametrize(
    ("correlation", "columns_at_once"), [("pearson", 14), ("pearson", 4), ("spearman", 6), ("mutual-information", 14)]
)
def test_its_correlations(both, correlation, columns_at_once, monkeypatch):
    per_thread = runner().memory / runner().n_threads
    monkeypatch.setattr(_tall, "_SHARE", per_thread / (8 * columns_at_once**2 + 1))
    rows, expected = (table.correlating(correlation) for table in both)
    np.testing.assert_allclose(gram(rows, rows), gram(expected, expected), **CLOSE)


def test_parts_of_it(both, X):
    lazy, _ = both
    some = lazy.columns(np.array([12, 3, 4]))
    np.testing.assert_array_equal(some.read(0, 3), X[:, [12, 3, 4]])
    np.testing.assert_array_equal(lazy.rows(np.array([50, 3, 4])).array, X[[50, 3, 4]])
    np.testing.assert_array_equal(lazy.read(3, 6), X[:, 3:6])
    whole, part = (gram(each, each) for each in (lazy.correlating("pearson"), some.correlating("pearson")))
    np.testing.assert_allclose(part, whole[np.ix_([12, 3, 4], [12, 3, 4])], **CLOSE)


@pytest.mark.parametrize("affinity", [Lagged(), Lagged(2, "spearman"), Correlation("pearson", 1), SquaredCorrelation()])
def test_what_reads_samples_has_them(X, affinity):
    lazy, table = table_of(dask.array.from_array(X, chunks=(17, 14))), as_table(X)
    found, expected = (affinity.resolve(np.arange(14), each, None)(each).to_dense() for each in (lazy, table))
    np.testing.assert_allclose(found, expected, **CLOSE)


def test_more_columns_than_samples_are_blocks_of_columns(X):
    assert not isinstance(table_of(dask.array.from_array(X.T)), TallTable)


def test_only_sums_of_it_are_held(monkeypatch, X, y):
    lazy = dask.array.from_array(X, chunks=(10, 14))
    expected = InfFS().fit(X).scores_
    monkeypatch.setattr(TallTable, "blocks_in_place", None)  # which has the columns as a whole
    np.testing.assert_allclose(InfFS().fit(lazy).scores_, expected, rtol=1e-9)
    with pytest.raises(TypeError):
        RecursiveElimination().fit(lazy, y)  # a model between rows reads them


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_no_number_is_told_by_its_column(X, value):
    X[3, 5] = value
    with pytest.raises(ValueError, match="column 'x5' has 1 such values, the first in row 3"):
        InfFS(missing="error").fit(dask.array.from_array(X, chunks=(20, 4)))


def test_gaps_are_taken_as_they_are(X):
    X[3, 5] = np.nan
    found, expected = InfFS().fit(dask.array.from_array(X, chunks=(20, 4))), InfFS().fit(X)
    np.testing.assert_allclose(found.scores_, expected.scores_, rtol=1e-9)
    np.testing.assert_array_equal(found.ranking_, expected.ranking_)
