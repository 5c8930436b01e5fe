"""One local cluster for all tests of a process: two worker processes of one thread each."""

import pickle

import numpy as np
import pytest


@pytest.fixture(scope="session")
def cluster():
    distributed = pytest.importorskip("distributed")
    # any free port for the dashboard, and no limit of memory that other tests of this machine could meet
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", memory_limit=None
    ) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def session_client(cluster):
    distributed = pytest.importorskip("distributed")
    with distributed.Client(cluster) as client:
        yield client


@pytest.fixture
def client(session_client):
    """A client of the cluster, which is left without work."""
    yield session_client
    session_client.wait_for_workers(2, timeout=30)


@pytest.fixture
def in_this_process():
    dask = pytest.importorskip("dask")
    with dask.config.set(scheduler="synchronous"):
        yield


@pytest.fixture
def X(rng):
    """60 x 14 numbers: two columns that tell three classes apart, a copy, a mirror image, ties and a constant."""
    X = rng.standard_normal((60, 14)) * np.linspace(1, 5, 14)
    X[:, 4] += 3 * np.repeat([0, 1, 0], 20)
    X[:, 9] += 4 * np.repeat([0, 0, 1], 20)
    X[:, 6], X[:, 11], X[:, 7] = 2 * X[:, 1], -X[:, 2], 3.0
    X[:, 12] = np.round(X[:, 12])
    return X


@pytest.fixture
def y():
    return np.repeat(["low", "mid", "top"], 20)


@pytest.fixture
def lazy(X):
    return pytest.importorskip("dask.array").from_array(X, chunks=(16, 4))


@pytest.fixture
def nothing_larger(monkeypatch):
    """A function that lets nothing of more bytes go to where tasks run, or come from there."""
    from infsel.distributed import Runner

    def limited(most):
        def small(value):
            assert len(pickle.dumps(value)) < most
            return value

        share, fetch = Runner.share, Runner.fetch
        monkeypatch.setattr(Runner, "share", lambda self, value: share(self, small(value)))
        monkeypatch.setattr(Runner, "fetch", lambda self, *tasks, **how: small(fetch(self, *tasks, **how)))

    return limited
