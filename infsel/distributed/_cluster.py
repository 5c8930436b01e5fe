"""Tasks on the workers of a client of Dask's distributed scheduler."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any
from weakref import WeakSet

from infsel.distributed._scheduler import Advance, Runner, Task, _tell

_AHEAD = 3  # tasks a thread that are under way: their inputs are on the worker or on their way to it
_POLL = 1.0  # seconds after which the scheduler is asked for if nothing has happened


class ClusterRunner(Runner):
    """Runs tasks on a cluster, a few a thread at a time, so that inputs that wait fill no memory.

    Parameters
    ----------
    client : distributed.Client
    """

    def __init__(self, client: Any) -> None:
        self.client = client
        self._futures: WeakSet[Any] = WeakSet()

    @property
    def _workers(self) -> list[dict[str, Any]]:
        return list(self.client.scheduler_info(n_workers=-1)["workers"].values())

    @property
    def n_threads(self) -> int:  # type: ignore[override]
        return max(1, sum(worker["nthreads"] for worker in self._workers))

    @property
    def memory(self) -> float:
        return float(sum(worker["memory_limit"] or 0 for worker in self._workers)) or super().memory

    def share(self, value: Any) -> Task:
        # a task that holds it and no scattered future, which would be lost with its worker
        return self.hold([self.call("shared", _itself, value)])[0]

    def hold(self, tasks: Iterable[Task], advance: Advance | None = None) -> list[Task]:
        return self._guarded(lambda: self._run(iter(tasks), advance))

    def fetch(self, tasks: Iterable[Task], advance: Advance | None = None) -> list[Any]:
        return self._guarded(lambda: self.client.gather(self._run(iter(tasks), advance)))

    def _run(self, tasks: Any, advance: Advance | None) -> list[Any]:
        distributed, futures, under_way = _distributed(), list[Any](), set[Any]()
        most = _AHEAD * self.n_threads
        while True:
            more = list(islice(tasks, most - len(under_way)))
            if more:
                started = self.client.compute(more, optimize_graph=False)
                self._futures.update(started)
                futures.extend(started)
                under_way.update(started)
            if not under_way:
                return futures
            try:
                done, under_way = distributed.wait(under_way, timeout=_POLL, return_when="FIRST_COMPLETED")
            except TimeoutError:
                continue
            for future in done:
                if future.status != "finished":
                    future.result()
            _tell(advance, len(done))

    def _guarded(self, work: Callable[[], Any]) -> Any:
        return work()


def _distributed() -> Any:
    import distributed

    return distributed


def _itself(value: Any) -> Any:
    return value
