"""One small cluster for all tests of a process."""

import dask.array
import dask.config
import distributed
import numpy as np
import pytest


@pytest.fixture(scope="session")
def cluster():
    """Two worker processes of one thread each."""
    with (
        dask.config.set({"distributed.nanny.pre-spawn-environ.OMP_NUM_THREADS": 1}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs="critical"
        ) as cluster,
    ):
        yield cluster


@pytest.fixture
def client(cluster):
    with distributed.Client(cluster) as client:
        yield client


@pytest.fixture
def in_this_process():
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
    return dask.array.from_array(X, chunks=(16, 4))
