"""Tasks on whatever scheduler of Dask is set: a client's cluster, threads, or the process itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from uuid import uuid4

import numpy as np

from infsel._runtime.memory import machine
from infsel.distributed._source import require_dask

Advance = Callable[[float], None]
Task = Any  # what `call` returns: computed later, or in memory somewhere
Add = Callable[[Sequence[Any]], Any]  # of results, in order
FAN = 16  # results that one task adds, unless they are large
_PENDING = 64  # tasks of a scheduler in this process between two words about progress


class Runner:
    """Runs tasks by the schedulers of Dask that work in this process: threads, or one after the other.

    Attributes
    ----------
    n_threads : int
        How many tasks run at once, about.
    n_workers : int
        How many processes have memory of their own.
    memory : float
        Bytes of memory that all workers have together.
    """

    n_threads = 4
    n_workers = 1

    @property
    def memory(self) -> float:
        return machine()

    def call(self, name: str, function: Callable[..., Any], *arguments: Any) -> Task:
        """A task that waits to be run, called `name` in progress and dashboard; arguments may be tasks."""
        key = f"infsel-{name}-{uuid4().hex}"
        return require_dask("dask").delayed(function, pure=False, traverse=False)(*arguments, dask_key_name=key)

    def share(self, value: Any) -> Task:
        """The value where tasks run: it travels once, and not with every task."""
        return value

    def hold(self, tasks: Iterable[Task], advance: Advance | None = None, *, at_once: bool = False) -> list[Task]:
        """The tasks with their results in memory, where they were computed.

        At once where they share what they are made of, which would else be made for each of them.
        """
        held = []
        for some in _pending(list(tasks), at_once):
            held.extend(require_dask("dask").persist(*some))
            tell(advance, len(some))
        return held

    def fetch(self, tasks: Iterable[Task], advance: Advance | None = None, *, at_once: bool = False) -> list[Any]:
        """The results of the tasks in this process, in their order."""
        results = []
        for some in _pending(list(tasks), at_once):
            results.extend(require_dask("dask").compute(*some))
            tell(advance, len(some))
        return results

    def total(
        self,
        tasks: Iterable[Task],
        add: Add,
        advance: Advance | None = None,
        *,
        at_once: bool = False,
        fan: int = FAN,
    ) -> Any:
        """What `add` makes of the results of all tasks, `fan` of them at a time: a tree that the list alone shapes."""
        tasks = list(tasks)
        [result] = self.fetch([in_tree(self, add, tasks, fan)])
        tell(advance, len(tasks))
        return result


def in_tree(runner: Runner, add: Add, tasks: list[Task], fan: int) -> Task:
    """A task that adds the results of others, some at a time, in their order."""
    while len(tasks) > 1:
        groups = [tasks[start : start + fan] for start in range(0, len(tasks), fan)]
        tasks = [runner.call("sum", _added, add, *group) for group in groups]
    return tasks[0]


def _pending(tasks: list[Task], at_once: bool) -> Iterator[list[Task]]:
    size = max(1, len(tasks)) if at_once else _PENDING
    return (tasks[start : start + size] for start in range(0, len(tasks), size))


def _added(add: Add, *results: Any) -> Any:
    return add(results)


def added(vectors: Sequence[np.ndarray]) -> np.ndarray:
    """The sum of vectors, from the first to the last."""
    total = vectors[0].astype(np.result_type(vectors[0], np.uint8))
    for vector in vectors[1:]:
        total = total + vector
    return total


def tell(advance: Advance | None, n_tasks: int) -> None:
    if advance is not None:
        advance(n_tasks)
