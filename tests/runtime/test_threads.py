"""Shares of work: how many, how they end."""

import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from infsel._runtime.threads import at_most, in_threads, wide


@pytest.fixture
def three_threads(monkeypatch):
    """Pretend that BLAS uses three threads, whatever this machine has."""
    from contextlib import nullcontext
    from types import SimpleNamespace

    import infsel._runtime.threads as module

    class Blas:
        lib_controllers = (SimpleNamespace(num_threads=3),)

        def select(self, **_):
            return self

        def limit(self, **_):
            return nullcontext()

    monkeypatch.setattr(module, "_controller", Blas)


@pytest.mark.usefixtures("three_threads")
def test_shares_are_interleaved_and_bounded():
    assert in_threads(list, range(7), smallest_share=2) == [[0, 3, 6], [1, 4], [2, 5]]
    assert in_threads(list, range(5), smallest_share=2) == [[0, 2, 4], [1, 3]]
    assert in_threads(list, range(3), smallest_share=2) == [[0, 1, 2]]
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(in_threads, list, range(7), 2).result() == [list(range(7))]


@pytest.mark.usefixtures("three_threads")
def test_an_error_in_one_share_ends_the_others():
    seen = []

    def task(items):
        for item in items:
            if item == 0:
                raise ZeroDivisionError
            seen.append(item)
            time.sleep(0.001)

    with pytest.raises(ZeroDivisionError):
        in_threads(task, range(30_000), smallest_share=1)
    assert len(seen) < 5000


def blas():
    """How many threads each library would use now."""
    return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}


@pytest.fixture
def two_threads():
    with threadpool_limits(2, "blas"):
        yield


def n_shares(n_items=100):
    return len(in_threads(list, range(n_items), smallest_share=1))


@pytest.mark.usefixtures("two_threads")
def test_blas_has_one_thread_inside_and_shares_have_those_allowed():
    for n_jobs, allowed in ((None, 2), (1, 1), (3, 3)):
        with at_most(n_jobs):
            assert (blas(), n_shares()) == ({1}, allowed)
            with at_most(None):
                assert (blas(), n_shares()) == ({1}, allowed)
            with at_most(1):
                assert n_shares() == 1
            assert (blas(), n_shares()) == ({1}, allowed)
        assert (blas(), n_shares()) == ({2}, 2)
    with threadpool_limits(1, "blas"), at_most(None):
        assert n_shares() == 1


@pytest.mark.usefixtures("two_threads")
def test_only_wide_work_lets_blas_use_what_is_allowed():
    for n_jobs, allowed in ((None, 2), (1, 1), (3, 3)):
        with at_most(n_jobs):
            with wide(1e6):
                assert blas() == {1}
            with wide(1e12):
                assert blas() == {allowed}
            assert blas() == {1}
    with at_most(None), ThreadPoolExecutor(1) as pool:

        def inside():
            with wide(1e12):
                return blas()

        assert pool.submit(inside).result() == {1}


@pytest.mark.usefixtures("two_threads")
def test_limits_end_with_an_error_and_stay_on_the_main_thread():
    with pytest.raises(ZeroDivisionError), at_most(3):
        raise ZeroDivisionError
    assert (blas(), n_shares()) == ({2}, 2)

    def visit(k):
        with at_most(1):
            time.sleep(0.002 * (k % 3))
            return blas(), n_shares()

    with ThreadPoolExecutor(8) as pool:
        assert all(seen == ({2}, 1) for seen in pool.map(visit, range(40)))
    assert (blas(), n_shares()) == ({2}, 2)


@pytest.mark.compiled
def test_an_interrupt_ends_a_long_fit_at_once():
    code = """
import numpy as np
from infsel import InfFS
X = np.random.default_rng(0).standard_normal((200, 40_000))
InfFS().fit(X[:, :100])
print("ready", flush=True)
InfFS().fit(X)
"""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert "KeyboardInterrupt" in errors
