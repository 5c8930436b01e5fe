"""Statistics of one table that several methods ask for, computed once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import Lock, RLock
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
Result = TypeVar("Result")


class _Memory:
    def __init__(self) -> None:
        self.lock, self.results = RLock(), dict[Hashable, Any]()
        self.n_blocks = 0


_memories: dict[int, _Memory] = {}
_entering = Lock()  # to look for a memory and to make or drop it is one step


@contextmanager
def sharing(X: Any) -> Iterator[None]:
    """Remember, while the block runs, what `shared` functions compute of X, in all threads; X must not change.

    Other tables, also equal ones, are not concerned. Blocks of the same table, nested or in several threads, share one
    memory, which is freed with the last of them.
    """
    with _entering:
        memory = _memories.setdefault(id(X), _Memory())
        memory.n_blocks += 1
    try:
        yield
    finally:
        with _entering:
            memory.n_blocks -= 1
            if not memory.n_blocks:
                del _memories[id(X)]


def shared(function: Callable[P, Result]) -> Callable[P, Result]:
    """Let a function of a table and hashable settings remember its result inside `sharing`; arrays become read-only."""

    @wraps(function)
    def remembering(*args: P.args, **kwargs: P.kwargs) -> Result:
        memory = _memories.get(id(args[0]))
        if memory is None:
            return function(*args, **kwargs)
        key = (function, args[1:], tuple(sorted(kwargs.items())))
        with memory.lock:  # who asks while another computes the same waits for it
            if key not in memory.results:
                memory.results[key] = _frozen(function(*args, **kwargs))
            return memory.results[key]

    return remembering


def _frozen(result: Result) -> Result:
    if hasattr(result, "flags"):
        result.flags.writeable = False
    return result
