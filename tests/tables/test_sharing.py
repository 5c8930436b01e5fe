"""Shared statistics are computed once, by whoever asks first, and forgotten."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import numpy as np
import pytest
import scipy.sparse as sp

from infsel.tables import _sharing, unit_columns
from infsel.tables._sharing import shared, sharing


@pytest.fixture
def counted():
    calls = []

    @shared
    def statistic(X, power=1):
        calls.append(power)
        sleep(0.01)
        return X.sum(axis=0) ** power

    return statistic, calls


def test_once_for_each_setting_inside_the_block_only(counted, rng):
    statistic, calls = counted
    X = rng.standard_normal((5, 3))
    with sharing(X):
        first = statistic(X)
        assert statistic(X) is first
        with sharing(X):  # an aggregate within an aggregate
            assert statistic(X) is first
        assert statistic(X) is first
        statistic(X, 2), statistic(X, power=2), statistic(X.copy())
    assert calls == [1, 2, 2, 1]
    statistic(X)
    assert calls == [1, 2, 2, 1, 1]
    assert not _sharing._memories


def test_threads_wait_for_each_other(counted, rng):
    statistic, calls = counted
    X = rng.standard_normal((5, 3))
    with sharing(X), ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: statistic(X), range(8)))
    assert calls == [1]
    assert all(result is results[0] for result in results)


def test_what_is_shared_cannot_be_changed(rng):
    X = rng.standard_normal((5, 3))
    with sharing(X):
        Z = unit_columns(X)
        with pytest.raises(ValueError, match="read-only"):
            Z *= 2
    unit_columns(X)[0] = 1


def test_statistics_of_sparse_tables_are_shared_too(rng):
    X = sp.csc_array(np.where(rng.random((20, 5)) < 0.5, 0, 1.0))
    with sharing(X):
        assert unit_columns(X) is unit_columns(X)
    assert unit_columns(X) is not unit_columns(X)


def test_an_error_is_not_remembered(rng):
    X = rng.standard_normal((5, 3))

    @shared
    def fails(X):
        raise RuntimeError("no")

    with sharing(X):
        for _ in range(2):
            with pytest.raises(RuntimeError, match="no"):
                fails(X)
    assert not _sharing._memories


def test_blocks_of_one_table_overlap_in_any_order(counted, rng):
    statistic, calls = counted
    X = rng.standard_normal((5, 3))
    first, second = sharing(X), sharing(X)
    first.__enter__()
    kept = statistic(X)
    second.__enter__()
    first.__exit__(None, None, None)
    assert statistic(X) is kept  # the second block goes on
    second.__exit__(None, None, None)
    assert calls == [1]
    assert not _sharing._memories


def test_threads_that_enter_at_once(counted, rng, monkeypatch):
    """Whoever looks for the memory of a table is interrupted there by the others."""

    class Slow(dict):
        def get(self, *key):
            found = super().get(*key)
            sleep(0.02)
            return found

        def setdefault(self, *key):
            sleep(0.02)
            return super().setdefault(*key)

    statistic, calls = counted
    monkeypatch.setattr(_sharing, "_memories", Slow())
    X = rng.standard_normal((5, 3))
    together = Barrier(4)

    def enter(_):
        together.wait()
        with sharing(X):
            result = statistic(X)
            together.wait()
            return result

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(enter, range(4)))
    assert calls == [1]
    assert all(result is results[0] for result in results)
    assert not _sharing._memories
