"""Targets of one or several outputs, each of labels or of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from infsel._runtime.names import unknown
from infsel.targets._columns import Column, columns_of
from infsel.targets._outputs import class_codes, constant, numbers
from infsel.targets._sizes import warn_of_lone_classes
from infsel.targets._task import TASKS, continuous
from infsel.targets._units import unit_vectors

_FOR_NUMBERS = "use task='regression', or cut y into classes."
_FOR_LABELS = "use task='classification'."


@dataclass(frozen=True)
class Target:
    """What the columns of a table are to predict.

    Attributes
    ----------
    outputs : list of ndarray of shape (n_samples,)
        The outputs that vary: class codes, integers from 0, or numbers in double precision.
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    tasks : tuple of {"classification", "regression"}
        How each column of y was read, those that do not vary included.
    """

    outputs: list[np.ndarray]
    weights: np.ndarray
    tasks: tuple[str, ...]

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
    task : {"auto", "classification", "regression"}
        Whether y holds classes; "auto" reads numbers by `is_continuous`, and everything else as classes.

    Warns
    -----
    UserWarning
        If one sample makes up a class.

    Raises
    ------
    ValueError
        If no output varies, one cannot be read in the way asked for, or no class has two samples.
    """
    if isinstance(y, Target):
        return y
    if task not in TASKS:
        raise unknown(f"task={task!r}", task, TASKS)
    columns = columns_of(y).outputs
    outputs = [_output(column, task, weights) for column in columns]
    vary = [output for output in outputs if not constant(output)]  # a label may be absent from a fold
    if not vary:
        raise ValueError(f"y is {columns[0].values[0]!s} everywhere: pass a target that varies.")
    return Target(vary, weights, tuple(map(_task, outputs)))


def _task(output: np.ndarray) -> str:
    return "regression" if output.dtype.kind == "f" else "classification"


def _output(column: Column, task: str, weights: np.ndarray) -> np.ndarray:
    if task == "regression" or (task == "auto" and continuous(column, weights)):
        return numbers(column, _FOR_LABELS)
    return _codes(column, weights)


def _codes(column: Column, weights: np.ndarray) -> np.ndarray:
    classes, codes = class_codes(column, _FOR_NUMBERS)
    if len(classes) > 1 and len(classes) >= weights.sum():
        join = "use task='regression', or join classes." if column.numeric else "join classes."
        raise ValueError(f"{column.name} has {len(classes)} classes of one sample each: {join}")
    warn_of_lone_classes(column, classes, np.bincount(codes, weights))
    return codes
