"""Share independent work among threads without a fight over cores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from threading import Event, current_thread, main_thread
from typing import Any, TypeVar

from threadpoolctl import ThreadpoolController

Item = TypeVar("Item")
Result = TypeVar("Result")

# operations, a fifth of a second of one core: from there on threads of BLAS gain more than they wait for each other
_WIDE = 2**33


def in_threads(task: Callable[[Iterable[Item]], Result], items: Sequence[Item], smallest_share: int) -> list[Result]:
    """Results of `task` on interleaved shares of `items`, one thread a share, with BLAS at one thread each.

    There are as many shares as threads are allowed (`at_most`; else as BLAS would use, so that OMP_NUM_THREADS,
    threadpoolctl limits and joblib's workers all keep their say), but none is smaller than `smallest_share` items.
    Off the main thread the items stay one share: whoever started that thread shares out the cores. An interrupt ends
    every share at its next item.
    """
    n_shares = min(_allowed(), len(items) // smallest_share)
    if n_shares < 2 or current_thread() is not main_thread():
        return [task(items)]
    stopped = Event()
    with _limited(1), ThreadPoolExecutor(n_shares) as pool:
        try:
            return list(pool.map(task, (_until(stopped, items[k::n_shares]) for k in range(n_shares))))
        except BaseException:  # the pool waits for its threads before it lets an interrupt pass
            stopped.set()
            raise


def each_in_threads(function: Callable[[Item], Result], items: Sequence[Item], smallest_share: int) -> list[Result]:
    """Results of a function of each item, in the order of the items, whatever the number of threads."""

    def share(some: Iterable[Item]) -> list[Result]:
        return [function(item) for item in some]

    shares = in_threads(share, items, smallest_share)
    return [shares[k % len(shares)][k // len(shares)] for k in range(len(items))]


@contextmanager
def at_most(n_jobs: int | None) -> Iterator[None]:
    """Let work inside use at most so many threads, None for as many as BLAS is set to, and BLAS itself only one.

    Threads of BLAS wait for each other in a loop: beside a busy process a product of small matrices then takes a
    thousand times as long as on one thread. So only `in_threads`, whose threads never wait, and `wide` use several.
    Off the main thread nothing changes: limits belong to the process, and threads that set and reset them would leave
    them set.
    """
    if current_thread() is not main_thread():
        yield
        return
    before = _main.allowed
    _main.allowed = _allowed() if n_jobs is None else n_jobs
    try:
        with _limited(1):
            yield
    finally:
        _main.allowed = before


def wide(operations: float) -> AbstractContextManager[Any]:
    """Let BLAS use every thread that is allowed for one piece of work, if it takes so many operations that they pay."""
    return _limited(_allowed()) if operations >= _WIDE and current_thread() is main_thread() else nullcontext()


class _Main:
    """What the innermost `at_most` of the main thread allows."""

    allowed: int | None = None


def _allowed() -> int:
    if _main.allowed is not None:
        return _main.allowed
    blas = _controller().select(user_api="blas")
    return max((library.num_threads for library in blas.lib_controllers), default=1)


def _limited(n_threads: int) -> AbstractContextManager[Any]:
    limits: AbstractContextManager[Any] = _controller().limit(limits=n_threads, user_api="blas")
    return limits


def _until(stopped: Event, share: Iterable[Item]) -> Iterator[Item]:
    for item in share:
        if stopped.is_set():
            return
        yield item


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()  # looks through every loaded library, once


_main = _Main()
