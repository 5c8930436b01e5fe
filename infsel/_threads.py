"""Share independent work among threads without a fight over cores."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import current_thread, main_thread
from typing import TypeVar

from threadpoolctl import ThreadpoolController

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_threads(task: Callable[[Sequence[Item]], Result], items: Sequence[Item], smallest_share: int) -> list[Result]:
    """Results of `task` on interleaved shares of `items`, one thread a share, with BLAS at one thread each.

    There are as many shares as BLAS would use threads, so that OMP_NUM_THREADS, threadpoolctl limits and joblib's
    workers all keep their say, but none is smaller than `smallest_share` items. Off the main thread the items stay one
    share: the limit on BLAS belongs to the process, and two threads that set and reset it would leave it set.
    """
    if current_thread() is not main_thread():
        return [task(items)]
    blas = _controller().select(user_api="blas")
    threads = max((library.num_threads for library in blas.lib_controllers), default=1)
    n_shares = min(threads, len(items) // smallest_share)
    if n_shares < 2:
        return [task(items)]
    with blas.limit(limits=1), ThreadPoolExecutor(n_shares) as pool:
        return list(pool.map(task, (items[k::n_shares] for k in range(n_shares))))


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()  # looks through every loaded library, once
