"""Whether a target holds labels or numbers."""

from typing import Any

import numpy as np

from infsel._runtime.warning import warn
from infsel.targets._columns import Column, columns_of

TASKS = ("auto", "classification", "regression", "ordinal", "survival")
_FEW_VALUES = 10
_FEW_SAMPLES = 5
_DEVIATIONS = 4


def is_continuous(y: Any, weights: np.ndarray | None = None) -> bool:
    """Whether a target of one output is continuous rather than made of labels.

    Numbers are continuous if some have a fraction; or if more than 10 different whole numbers occur, either fewer than
    5 times each on average, or with tails as counts have: from the lowest to the highest, in steps from one of the
    different numbers to the next, it is more than 4 standard deviations. Text, booleans and categories are labels.

    Parameters
    ----------
    y : array-like of shape (n_samples,)
    weights : ndarray of shape (n_samples,), default=None
        How often each sample counts; None for once each.

    Returns
    -------
    bool

    Raises
    ------
    ValueError
        If y cannot be read, or has several outputs.

    Notes
    -----
    Classes that are equally frequent lie 3.5 standard deviations apart at most, whatever their number, so that tails
    tell a few dozen classes from a few dozen different counts at any number of samples. docs/targets.md has the error
    rates.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(0)
    >>> is_continuous(rng.poisson(20, 3000)), is_continuous(rng.integers(0, 40, 3000))
    (True, False)
    """
    columns = columns_of(y).outputs
    if len(columns) > 1:
        raise ValueError(f"y has {len(columns)} columns: ask for one after the other.")
    return continuous(columns[0], weights)


def continuous(column: Column, weights: np.ndarray | None = None) -> bool:
    """The same of an output that was read."""
    if not column.numeric or column.categorical or column.grades is not None or column.values.dtype.kind == "b":
        return False
    if len(fractions(column.values)):
        return True
    place = np.unique(column.values, return_inverse=True)[1]
    return continuous_counts(np.bincount(place, weights), _FEW_SAMPLES)


def continuous_counts(counts: np.ndarray, few_samples: float) -> bool:
    """The same of different whole numbers in ascending order, by how often each occurs."""
    if len(counts) <= _FEW_VALUES:
        return False
    steps, shares = np.arange(len(counts)), counts / counts.sum()
    deviation = np.sqrt(shares @ np.square(steps - shares @ steps))
    return bool(counts.sum() < few_samples * len(counts) or steps[-1] > _DEVIATIONS * deviation)


def task_of(column: Column, asked: str, weights: np.ndarray | None = None) -> str:
    """How an output that was read is taken: as "classification", "regression", "ordinal" or "survival".

    Raises
    ------
    ValueError
        If it holds events and times and is asked for as something else.
    """
    if column.censored:
        if asked not in ("auto", "survival"):
            raise ValueError(
                f"task={asked!r}, and {column.name} holds events and times: leave task out, or pass the times alone."
            )
        return "survival"
    if asked != "auto":
        return asked
    if column.grades is not None:
        return "ordinal"
    return "regression" if continuous(column, weights) else "classification"


def hint_at_numbers(column: Column, n_classes: int, remedy: str) -> None:
    """Warn that many different whole numbers are read as classes, where nobody said that they are.

    Parameters
    ----------
    column : Column
    n_classes : int
        How many they are.
    remedy : str
        How to say what they are.
    """
    if n_classes > _FEW_VALUES and column.numeric and not column.categorical:
        warn(f"{column.name} holds {n_classes} different whole numbers and is read as so many classes: {remedy}")


def fractions(values: np.ndarray) -> np.ndarray:
    """Those of the numbers that are not whole."""
    return values[values != np.round(values)] if values.dtype.kind == "f" else values[:0]
