"""Tasks on the workers of a client of Dask's distributed scheduler."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from itertools import islice
from typing import Any
from weakref import WeakSet

import numpy as np

from infsel.distributed._aligned import with_aligned
from infsel.distributed._scheduler import FAN, Add, Advance, Runner, Task, in_tree, tell
from infsel.distributed._source import require_dask

_AHEAD = 4  # tasks a thread that are under way: their inputs are on the worker or on their way to it
_POLL = 1.0  # seconds after which the scheduler is asked for if nothing has happened


class ClusterRunner(Runner):
    """Runs tasks on a cluster, a few a thread at a time, so that inputs that wait fill no memory.

    What a worker loses is computed again from where it came from. If the scheduler goes away, or the fit is
    interrupted, nothing stays behind.

    Parameters
    ----------
    client : distributed.Client
    """

    def __init__(self, client: Any) -> None:
        self.client = client
        self._address = client.scheduler.address
        self._alive: WeakSet[Any] = WeakSet()  # the futures that somebody holds

        client.wait_for_workers(1)
        n_threads = client.nthreads()
        self.n_workers, self.n_threads = len(n_threads), sum(n_threads.values())
        some = client.scheduler_info()["workers"].values()  # newer versions tell of a few
        self._memory = self.n_workers * float(np.mean([worker["memory_limit"] or 0 for worker in some]))

    @property
    def memory(self) -> float:
        return self._memory or super().memory

    def call(self, name: str, function: Callable[..., Any], *arguments: Any) -> Task:
        return super().call(name, with_aligned, function, *arguments)

    def share(self, value: Any) -> Task:
        # a task that holds it and no scattered data, which would be lost with its worker
        with self._guarded():
            return self._started([self.call("shared", _itself, value)])[0]

    def hold(self, tasks: Iterable[Task], advance: Advance | None = None, *, at_once: bool = False) -> list[Task]:
        with self._guarded():
            return self._run(iter(tasks), advance, at_once=at_once)

    def fetch(self, tasks: Iterable[Task], advance: Advance | None = None, *, at_once: bool = False) -> list[Any]:
        with self._guarded():
            return list(self.client.gather(self._run(iter(tasks), advance, at_once=at_once)))

    def total(
        self,
        tasks: Iterable[Task],
        add: Add,
        advance: Advance | None = None,
        *,
        at_once: bool = False,
        fan: int = FAN,
    ) -> Any:
        def joined(some: list[Any]) -> Any:
            return self._started([in_tree(self, add, some, fan)])[0]

        with self._guarded():
            sums = self._run(iter(tasks), advance, _Sums(joined, fan), at_once=at_once)
            return self.client.gather(joined(sums))

    def _started(self, tasks: list[Task]) -> list[Any]:
        futures = self.client.compute(tasks)
        self._alive.update(futures)
        return list(futures)

    def _run(
        self, tasks: Iterator[Task], advance: Advance | None, sums: _Sums | None = None, *, at_once: bool = False
    ) -> list[Any]:
        """Futures of all tasks, done; or of sums of some in a row, so that not all of them stay."""
        most, futures, under_way = _AHEAD * self.n_threads, list[Any](), set[Any]()
        while True:
            more = list(islice(tasks, None if at_once else most - len(under_way)))
            if more:
                started = self._started(more)
                futures += started
                under_way.update(started)
            if not under_way:
                return futures if sums is None else sums.with_rest(futures)
            under_way = self._waited(
                under_way, advance, "ALL_COMPLETED" if not more and len(under_way) <= most else "FIRST_COMPLETED"
            )
            while sums is not None and len(futures) >= sums.fan and under_way.isdisjoint(futures[: sums.fan]):
                sums.add(futures[: sums.fan])
                futures = futures[sums.fan :]

    def _waited(self, futures: set[Any], advance: Advance | None, until: str) -> set[Any]:
        """Those that are still not done when some are, or none of them when all are."""
        wait = require_dask("distributed").wait
        while True:
            try:
                done, left = wait(futures, timeout=_POLL, return_when=until)
            except TimeoutError:
                self._require_scheduler()
                continue
            for future in done:
                if future.status != "finished":
                    future.result()
            tell(advance, len(done))
            return set(left)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Say in one word that the scheduler is gone, and leave nothing to compute behind."""
        try:
            yield
        except (CancelledError, OSError):
            self._require_scheduler()
            raise
        except BaseException:  # also where somebody interrupts
            self.client.cancel(list(self._alive), force=True)
            raise

    def _require_scheduler(self) -> None:
        """Raise a ConnectionError if there is no scheduler.

        Raises
        ------
        ConnectionError
        """
        if self.client.status != "running":
            raise ConnectionError(
                f"the Dask scheduler at {self._address} has gone away during the fit: start a cluster, connect a "
                "distributed.Client to it, and fit again."
            ) from None


class _Sums:
    """Sums of results in a row, of such sums, and so on: of each kind fewer than `fan` stay."""

    def __init__(self, joined: Callable[[list[Any]], Any], fan: int) -> None:
        self.fan = fan
        self._joined, self._levels = joined, list[list[Any]]()

    def add(self, some: list[Any]) -> None:
        """Let these, which follow those before, be one."""
        for level in self._levels:
            level.append(self._joined(some))
            if len(level) < self.fan:
                return
            some = level[:]
            level.clear()
        self._levels.append([self._joined(some)])

    def with_rest(self, rest: list[Any]) -> list[Any]:
        """What there is, in its order, before what was not added."""
        return [each for level in (*reversed(self._levels), rest) for each in level]


def _itself(value: Any) -> Any:
    return value
