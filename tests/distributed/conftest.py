"""One local cluster for all tests of a process: two worker processes of one thread each."""

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
