"""Workers that die cost their tasks, a scheduler that dies costs the fit, and an interrupt leaves nothing behind."""

import gc
import os
import signal
import subprocess
import sys
import time

import dask.array
import dask.dataframe
import numpy as np
import pandas as pd
import pytest

from infsel import InfFS
from infsel._runtime.progress import watched_by
from infsel.distributed import require_dask

distributed = pytest.importorskip("distributed")


class At:
    """Somebody who does something as soon as a stage has begun for the second time, and hears everything."""

    def __init__(self, stage, act):
        self.stage, self.act, self.began, self.shares = stage, act, [], []

    def begin(self, stage):
        self.began.append(stage)
        if stage == self.stage and self.began.count(stage) == 2:
            self.act()

    def advance(self, share):
        self.shares.append(share)

    def end(self):
        self.shares.append("end")


def kill_a_worker(client):
    os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)


def test_a_worker_that_dies_costs_its_tasks(client, X, lazy):
    expected = InfFS().fit(X)
    watcher = At("product", lambda: kill_a_worker(client))
    with watched_by(watcher):
        found = InfFS().fit(lazy)
    assert watcher.began.count("product") >= 2
    np.testing.assert_allclose(found.scores_, expected.scores_, rtol=1e-9)
    np.testing.assert_array_equal(found.ranking_, expected.ranking_)


def tasks_of(client):
    gc.collect()  # Dask's own graphs are cycles, which hold futures until then
    return client.run_on_scheduler(lambda dask_scheduler: [str(key) for key in dask_scheduler.tasks])


def test_a_fit_leaves_nothing_behind(client, lazy):
    InfFS().fit(lazy)
    assert not wait_until(lambda: not tasks_of(client)), tasks_of(client)


def wait_until(holds, seconds=10):
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return None if holds() else "it does not hold"


def test_an_interrupt_frees_the_cluster(client, X):
    def slow(block):
        time.sleep(0.2)
        return block

    lazy = dask.array.from_array(X, chunks=(60, 1)).map_blocks(slow, dtype=X.dtype)
    watcher = At("statistics", lambda: None)
    watcher.advance = lambda share: os.kill(os.getpid(), signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), watched_by(watcher):
        InfFS().fit(lazy)
    assert not wait_until(lambda: not tasks_of(client), 5), tasks_of(client)


def start(*arguments):
    command = [sys.executable, "-W", "ignore", "-m", *arguments, "--no-dashboard"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_scheduler_that_dies_is_told(tmp_path, lazy):
    file = str(tmp_path / "scheduler.json")
    scheduler = start("distributed.cli.dask_scheduler", "--port", "0", "--scheduler-file", file)
    worker = start("distributed.cli.dask_worker", "--scheduler-file", file, "--nthreads", "1", "--no-nanny")
    try:
        assert not wait_until((tmp_path / "scheduler.json").exists, 30)
        with distributed.Client(scheduler_file=file, timeout=30) as client:
            client.wait_for_workers(1, timeout=30)
            address, began = client.scheduler.address, []
            watcher = At("product", lambda: began.append(time.monotonic()) or scheduler.kill())
            with pytest.raises(ConnectionError) as caught, watched_by(watcher):
                InfFS().fit(lazy)
            assert time.monotonic() - began[0] < 30
        assert str(caught.value) == (
            f"the Dask scheduler at {address} has gone away during the fit: start a cluster, connect a "
            "distributed.Client to it, and fit again."
        )
    finally:
        for process in (scheduler, worker):
            process.kill()
            process.wait()


def test_a_table_that_another_client_holds_is_told(cluster, client, X):
    before = [dask.array.from_array(X, chunks=(16, 4)), dask.dataframe.from_pandas(pd.DataFrame(X), npartitions=3)]
    with distributed.Client(cluster, set_as_default=False) as other:
        persisted = [other.persist(lazy) for lazy in before]
        distributed.wait(persisted)
    expected = InfFS().fit(X).ranking_
    for lazy, remedy, scheduler in zip(persisted, before, (None, "synchronous"), strict=True):
        with (
            dask.config.set(scheduler=scheduler),
            pytest.raises(ValueError, match=r"persisted by a client of Dask that is closed .* before persist\(\)"),
        ):
            InfFS().fit(lazy)
        np.testing.assert_array_equal(InfFS().fit(remedy).ranking_, expected)


def test_progress_is_told_in_stages_that_end(client, lazy):
    watcher = At("never", None)
    with watched_by(watcher):
        InfFS().fit(lazy)
    assert {"statistics", "columns", "product"} <= set(watcher.began)
    assert watcher.shares.count("end") == len(watcher.began)
    assert all(before == 1 for before, share in zip(watcher.shares, watcher.shares[1:], strict=False) if share == "end")


def test_the_message_without_dask_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "dask", None)
    with pytest.raises(ImportError, match=r'^dask is not installed: pip install "infsel\[dask\]"\.$'):
        require_dask()
