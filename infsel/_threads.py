"""Share independent work among threads without a fight over cores."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from threading import Event, current_thread, main_thread
from typing import Any, TypeVar

from threadpoolctl import ThreadpoolController

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_threads(task: Callable[[Iterable[Item]], Result], items: Sequence[Item], smallest_share: int) -> list[Result]:
    """Results of `task` on interleaved shares of `items`, one thread a share, with BLAS at one thread each.

    There are as many shares as BLAS would use threads, so that OMP_NUM_THREADS, threadpoolctl limits and joblib's
    workers all keep their say, but none is smaller than `smallest_share` items. Off the main thread the items stay one
    share: the limit on BLAS belongs to the process, and two threads that set and reset it would leave it set. An
    interrupt ends every share at its next item.
    """
    blas = _controller().select(user_api="blas")
    threads = max((library.num_threads for library in blas.lib_controllers), default=1)
    n_shares = min(threads, len(items) // smallest_share)
    if n_shares < 2 or current_thread() is not main_thread():
        return [task(items)]
    stopped = Event()
    with blas.limit(limits=1), ThreadPoolExecutor(n_shares) as pool:
        try:
            return list(pool.map(task, (_until(stopped, items[k::n_shares]) for k in range(n_shares))))
        except BaseException:  # the pool waits for its threads before it lets an interrupt pass
            stopped.set()
            raise


def at_most(n_jobs: int | None) -> AbstractContextManager[Any]:
    """Let work inside use at most so many threads; None leaves it to the settings of BLAS."""
    if n_jobs is None or current_thread() is not main_thread():
        return nullcontext()
    limits: AbstractContextManager[Any] = _controller().limit(limits=n_jobs, user_api="blas")
    return limits


def _until(stopped: Event, share: Iterable[Item]) -> Iterator[Item]:
    for item in share:
        if stopped.is_set():
            return
        yield item


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()  # looks through every loaded library, once
