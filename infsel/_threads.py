"""Share independent work among threads without a fight over cores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from threading import Event, Lock, current_thread, local, main_thread
from typing import Any, TypeVar

from threadpoolctl import ThreadpoolController

Item = TypeVar("Item")
Result = TypeVar("Result")

_WIDE = 2**33  # operations, a fifth of a second of one core, before its threads repay BLAS that they wait for each other


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
    with _single, ThreadPoolExecutor(n_shares) as pool:
        try:
            return list(pool.map(task, (_until(stopped, items[k::n_shares]) for k in range(n_shares))))
        except BaseException:  # the pool waits for its threads before it lets an interrupt pass
            stopped.set()
            raise


@contextmanager
def at_most(n_jobs: int | None) -> Iterator[None]:
    """Let work inside use at most so many threads, None for as many as BLAS is set to, and BLAS itself only one.

    Threads of BLAS wait for each other in a loop: beside a busy process a product of small matrices then takes a
    thousand times as long as on one thread. So only `in_threads`, whose threads never wait, and `wide` use several.
    """
    before = getattr(_own, "allowed", None)
    _own.allowed = _allowed() if n_jobs is None else n_jobs
    try:
        with _single:
            yield
    finally:
        _own.allowed = before


def wide(operations: float) -> AbstractContextManager[Any]:
    """Let BLAS use every thread that is allowed for one piece of work, if it takes so many operations that they pay."""
    if operations < _WIDE or current_thread() is not main_thread():
        return nullcontext()
    limits: AbstractContextManager[Any] = _controller().limit(limits=_allowed(), user_api="blas")
    return limits


class _SingleThread:
    """Holds BLAS at one thread while anybody is inside.

    The limit belongs to the process: the first to enter sets it and the last to leave takes it back, because threads
    that set and reset it one by one would leave it set.
    """

    def __init__(self) -> None:
        self._lock, self._inside, self._limits = Lock(), 0, nullcontext()

    def __enter__(self) -> None:
        with self._lock:
            if self._inside == 0:
                self._limits = _controller().limit(limits=1, user_api="blas")
                self._limits.__enter__()
            self._inside += 1

    def __exit__(self, *error: object) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                self._limits.__exit__(None, None, None)


def _allowed() -> int:
    """How many threads the innermost `at_most` allows this thread, or BLAS is set to where there is none."""
    allowed = getattr(_own, "allowed", None)
    if allowed is not None:
        return int(allowed)
    blas = _controller().select(user_api="blas")
    return max((library.num_threads for library in blas.lib_controllers), default=1)


def _until(stopped: Event, share: Iterable[Item]) -> Iterator[Item]:
    for item in share:
        if stopped.is_set():
            return
        yield item


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()  # looks through every loaded library, once


_own = local()
_single = _SingleThread()
