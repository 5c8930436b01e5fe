"""Targets of one or several outputs, each of labels, numbers, grades or censored times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np

from infsel._runtime.names import unknown
from infsel.targets._columns import Column, Columns, columns_of
from infsel.targets._martingale import martingale_residuals
from infsel.targets._outputs import check_varies, class_codes, constant, grades, numbers
from infsel.targets._sizes import warn_of_lone_classes
from infsel.targets._task import TASKS, hint_at_numbers, task_of
from infsel.targets._units import unit_vectors

_FOR_NUMBERS = "use task='regression', or cut y into classes."
_FOR_LABELS = "use task='classification'."
_TO_SAY = "pass task='regression' if they are numbers, or task='classification'."


@dataclass(frozen=True)
class Target:
    """What the columns of a table are to predict.

    Attributes
    ----------
    outputs : list of ndarray of shape (n_samples,)
        The outputs that vary: class codes, integers from 0, or numbers in double precision, which grades and the
        martingale residuals of censored times are, too.
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    tasks : tuple of {"classification", "regression", "ordinal", "survival"}
        How each column of y was read, those that do not vary included.
    sources : tuple of Columns or None
        Of each output that varies the grades or the times that it was made of, sample by sample as y came; None for
        others.
    """

    outputs: list[np.ndarray]
    weights: np.ndarray
    tasks: tuple[str, ...]
    sources: tuple[Columns | None, ...] = ()

    @property
    def task(self) -> str | tuple[str, ...]:
        """How y was read, of several outputs one after the other."""
        return self.tasks[0] if len(self.tasks) == 1 else self.tasks

    @property
    def is_numeric(self) -> bool:
        """Whether every output holds numbers."""
        return all(output.dtype.kind == "f" for output in self.outputs)

    @cached_property
    def values(self) -> np.ndarray:
        """Columns with weighted sums of 0, shape (n_samples, n_targets).

        A class has the column (1[y = c] - share of c) / sqrt(size of c), a number its standardized values divided by
        sqrt(n).
        """
        columns = np.hstack([unit_vectors(output, self.weights) for output in self.outputs])
        return columns - self.weights @ columns / self.weights.sum()


def read_target(y: Any, weights: np.ndarray, task: str = "auto") -> Target:
    """Read y.

    Parameters
    ----------
    y : array-like of shape (n_samples,) or (n_samples, n_outputs), or what was read from it
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    task : {"auto", "classification", "regression", "ordinal", "survival"}
        What y holds: labels, numbers, grades, or in two columns events and times. "auto" reads numbers by
        `is_continuous`, ordered categories as grades, censored times by their fields, and everything else as labels.

    Warns
    -----
    UserWarning
        If one sample makes up a class, or "auto" reads more than 10 different whole numbers as classes.

    Raises
    ------
    ValueError
        If no output varies, one cannot be read in the way asked for, or no class has two samples.
    """
    if isinstance(y, Target):
        return y
    if task not in TASKS:
        raise unknown(f"task={task!r}", task, TASKS)
    columns = columns_of(y)
    outputs = (columns.survival() if task == "survival" else columns).outputs
    tasks = tuple(task_of(column, task, weights) for column in outputs)
    read = [_read(column, kind, task, weights) for column, kind in zip(outputs, tasks, strict=True)]
    vary = [pair for pair in read if not constant(pair[0])]  # a label may be absent from a fold
    check_varies(not vary, outputs[0])
    return Target([output for output, _ in vary], weights, tasks, tuple(source for _, source in vary))


def _read(column: Column, kind: str, asked: str, weights: np.ndarray) -> tuple[np.ndarray, Columns | None]:
    """An output, and what it was made of where that says more."""
    if kind == "classification":
        return _codes(column, asked, weights), None
    if kind == "regression":
        return numbers(column, _FOR_LABELS), None
    if kind == "survival":
        return martingale_residuals(column.values, weights), Columns((column,))
    places = grades(column)
    return places, Columns((replace(column, grades=places.astype(np.intp)),))


def _remedy(column: Column) -> str:
    """What to do where each sample has a class of its own."""
    if column.numeric:
        return "use task='regression', or join classes."
    first = column.values[0]
    if column.values.dtype.kind in "mM" or isinstance(first, date | timedelta) or hasattr(first, "start_time"):
        return "they are dates or times, pass numbers, such as days since the first, (y - y.min()).dt.days."
    return "join classes."


def _codes(column: Column, asked: str, weights: np.ndarray) -> np.ndarray:
    classes, codes = class_codes(column, _FOR_NUMBERS)
    if len(classes) > 1 and len(classes) >= weights.sum():
        raise ValueError(f"{column.name} has {len(classes)} classes of one sample each: {_remedy(column)}")
    warn_of_lone_classes(column, classes, np.bincount(codes, weights))
    if asked == "auto":
        hint_at_numbers(column, len(classes), _TO_SAY)
    return codes
