"""Which scheduler of Dask is set, and what runs tasks there."""

from infsel.distributed._cluster import ClusterRunner
from infsel.distributed._scheduler import Runner
from infsel.distributed._source import require_dask


def runner() -> Runner:
    """What runs tasks on the scheduler that is set."""
    client = getattr(require_dask("dask.base").get_scheduler(), "__self__", None)
    return Runner() if client is None else ClusterRunner(client)
