"""Work that joblib shares out, whose warnings come back with its results."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import nullcontext
from threading import Event, current_thread, main_thread
from typing import Any, TypeVar

import joblib
from sklearn.utils.parallel import Parallel, delayed

from infsel._runtime.progress import stage, watched_by
from infsel._runtime.warning import Warned, gathered, once, repeat

Result = TypeVar("Result")


def threads(n_jobs: int | None) -> int | None:
    """How many threads `n_jobs` asks for, counted as joblib counts; None for as many as BLAS is set to."""
    return n_jobs if n_jobs is None or n_jobs > 0 else max(1, int(joblib.cpu_count()) + 1 + n_jobs)


def in_parallel(
    n_jobs: int | None,
    work: Callable[..., Result],
    arguments: Iterable[tuple[Any, ...]],
    name: str,
    units: Sequence[float],
    prefer: str | None = None,
) -> list[Result]:
    """Results of `work` for each tuple of arguments, in order; what several warn of comes once.

    They make one stage of that name, in which each counts for its units when it returns. An interrupt ends what runs
    in other threads at the next step that it would report.
    """
    stopped, results = Stopped(), []
    parallel = Parallel(n_jobs=n_jobs, prefer=prefer, return_as="generator")
    with once(), stage(name, sum(units)) as advance:
        # arguments by themselves, not in a tuple: so a large one that several share reaches a cluster once
        done = parallel(delayed(_gathering)(stopped, work, *each) for each in arguments)
        try:
            for (result, held), n_units in zip(done, units, strict=True):
                results.append(result)
                repeat(held)
                advance(n_units)
        finally:
            stopped.set()
            _close(done)
    return results


def _close(done: Generator[Any, None, None]) -> None:
    """End what still runs; joblib would warn that this leaves work undone."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        done.close()


class Stopped:
    """A flag that threads share. Processes get one of their own that stays down: joblib ends them itself."""

    def __init__(self) -> None:
        self._event = Event()

    def __reduce__(self) -> tuple[type[Stopped], tuple[()]]:
        return Stopped, ()

    def set(self) -> None:
        """Raise it."""
        self._event.set()

    def begin(self, stage: str) -> None:
        """A stage begins."""

    def advance(self, share: float) -> None:
        """End the work of a thread that nobody waits for any more."""
        if self._event.is_set():
            raise RuntimeError("the fit that this was a part of was interrupted")

    def end(self) -> None:
        """A stage is over."""


def _gathering(stopped: Stopped, work: Callable[..., Result], *arguments: Any) -> tuple[Result, Warned]:
    held: Warned = {}
    with gathered(held), nullcontext() if current_thread() is main_thread() else watched_by(stopped):
        return work(*arguments), held
