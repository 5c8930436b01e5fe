"""Statistics are computed once for a table, by whoever asks first, and leave with it."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import numpy as np
import pytest
import scipy.sparse as sp

from infsel.tables import DenseTable, as_table
from infsel.tables._table import by_column, remembered


class Counting(DenseTable):
    calls = ()

    def take(self, index):
        return Counting(self.array[:, index])

    @remembered
    def total(self, power=1):
        type(self).calls += (power,)
        sleep(0.01)
        return self.array.sum() ** power

    @by_column
    def sums(self):
        type(self).calls += ("sums",)
        return self.array.sum(axis=0), self.array.sum(axis=0) ** 2

    @remembered
    def fails(self):
        raise RuntimeError("no")


@pytest.fixture
def table(rng, monkeypatch):
    monkeypatch.setattr(Counting, "calls", ())
    return Counting(rng.standard_normal((5, 3)))


def test_once_for_each_setting_and_table(table):
    first = table.total()
    assert table.total() is first
    table.total(2), table.total(2), Counting(table.array).total()
    assert Counting.calls == (1, 2, 1)


def test_threads_wait_for_each_other(table):
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: table.total(), range(8)))
    assert Counting.calls == (1,)
    assert all(result is results[0] for result in results)


def test_what_is_remembered_cannot_be_changed(rng):
    table = as_table(rng.standard_normal((5, 3)))
    for result in (table.unit_columns(), *table.extremes(), *table.whole_ranks()):
        with pytest.raises(ValueError, match="read-only"):
            result *= 2


def test_statistics_of_sparse_tables_are_remembered_too(rng):
    table = as_table(sp.csc_array(np.where(rng.random((20, 5)) < 0.5, 0, 1.0)))
    assert table.unit_columns() is table.unit_columns()


def test_an_error_is_not_remembered(table):
    for _ in range(2):
        with pytest.raises(RuntimeError, match="no"):
            table.fails()


def test_a_part_takes_from_the_whole_what_is_one_entry_a_column(table):
    whole = table.sums()
    for got, expected in zip(table.columns(np.array([2, 0])).sums(), whole, strict=True):
        np.testing.assert_array_equal(got, expected[[2, 0]])
    assert Counting.calls == ("sums",)
    np.testing.assert_array_equal(Counting(table.array).columns(np.array([1])).sums()[0], whole[0][1:2])
    assert Counting.calls == ("sums", "sums")


def test_other_weights_are_another_table(rng):
    table = as_table(rng.standard_normal((20, 3)))
    plain = table.unit_columns()
    assert not np.allclose(table.weighted(np.arange(1.0, 21)).unit_columns(), plain)
    assert table.unit_columns() is plain


def test_a_pickle_holds_the_numbers_alone(rng):
    table = as_table(rng.standard_normal((20, 30)), np.arange(1.0, 21), np.array([f"c{i}" for i in range(30)]))
    size = len(pickle.dumps(table))
    Z = table.unit_columns()
    assert len(pickle.dumps(table)) == size
    again = pickle.loads(pickle.dumps(table.columns(np.arange(3))))
    np.testing.assert_array_equal(again.unit_columns(), Z[:3])
    assert again.names.tolist() == ["c0", "c1", "c2"]
