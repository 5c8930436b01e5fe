"""Work that joblib shares out, whose warnings come back with its results."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import joblib
from sklearn.utils.parallel import Parallel, delayed

from infsel._runtime.warning import Warned, gathered, once, repeat

Result = TypeVar("Result")


def threads(n_jobs: int | None) -> int | None:
    """How many threads `n_jobs` asks for, None for as many as BLAS is set to."""
    return int(joblib.cpu_count()) if n_jobs == -1 else n_jobs


def in_parallel(
    n_jobs: int | None, work: Callable[..., Result], arguments: Iterable[tuple[Any, ...]], prefer: str | None = None
) -> list[Result]:
    """Results of `work` for each tuple of arguments, in order; what several warn of comes once."""
    done = Parallel(n_jobs=n_jobs, prefer=prefer)(delayed(_gathering)(work, each) for each in arguments)
    with once():
        for _, held in done:
            repeat(held)
    return [result for result, _ in done]


def _gathering(work: Callable[..., Result], arguments: tuple[Any, ...]) -> tuple[Result, Warned]:
    held: Warned = {}
    with gathered(held):
        return work(*arguments), held
