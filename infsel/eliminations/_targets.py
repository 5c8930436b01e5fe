"""Targets as centered columns, one per class or number to predict."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel.relevances import is_continuous

TASKS = ("auto", "classification", "regression")


@dataclass(frozen=True)
class Target:
    """What the columns of a table are to predict.

    Attributes
    ----------
    values : ndarray of shape (n_samples, n_targets)
        Weighted sums of 0. A class has the column (1[y = c] - share of c) / sqrt(size of c), a number its standardized
        values divided by sqrt(n).
    outputs : list of ndarray of shape (n_samples,)
        Each output of y: its class numbers, integers from 0, or its numbers in double precision.
    """

    values: np.ndarray
    outputs: list[np.ndarray]


def read_target(y: Any, weights: np.ndarray, task: str = "auto") -> Target:
    """Read y, one output or several, as classes or as numbers.

    Parameters
    ----------
    y : array-like of shape (n_samples,) or (n_samples, n_outputs)
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    task : {"auto", "classification", "regression"}
        Whether y holds classes. "auto" takes numbers as numbers if some are fractions, or if there are more than 10
        different ones with fewer than 5 samples each on average; everything else as classes.

    Raises
    ------
    ValueError
        If every output is constant, an output cannot be read in the way asked for, or no class has two samples.
    """
    if task not in TASKS:
        raise ValueError(f"task={task!r}: choose one of {', '.join(map(repr, TASKS))}.")
    table = np.asarray(y)
    table = table[:, np.newaxis] if table.ndim == 1 else table
    outputs = [_output(column, task, float(weights.sum())) for column in table.T]
    if all(np.ptp(output) == 0 for output in outputs):
        raise ValueError(f"y is {table.flat[0]!s} everywhere, one class: pass a target that varies.")
    return Target(np.hstack([_columns(output, weights) for output in outputs]), outputs)


def _output(y: np.ndarray, task: str, n_samples: float) -> np.ndarray:
    """Class numbers as integers, or numbers in double precision."""
    numbers = _as_numbers(y)
    if numbers is not None and not np.isfinite(numbers).all():
        raise ValueError(f"y holds {numbers[~np.isfinite(numbers)][0]}: remove the samples whose target is not finite.")
    if task == "regression":
        if numbers is None:
            raise ValueError(f"y holds {y[0]!r}, which is no number: use task='classification'.")
        return numbers
    if task == "auto" and numbers is not None and np.ptp(numbers) > 0 and is_continuous(numbers, n_samples):
        return numbers
    if numbers is not None and (numbers != np.round(numbers)).any():
        example = numbers[numbers != np.round(numbers)][0]
        raise ValueError(f"y holds {example}, which is no class label: use task='regression', or cut y into classes.")
    try:
        classes, codes = np.unique(y if numbers is None else numbers, return_inverse=True)
    except TypeError as error:
        raise ValueError("y mixes labels that cannot be sorted: make all of them text or all numbers.") from error
    if len(classes) == len(y):
        raise ValueError(f"y has {len(classes)} classes of one sample each: use task='regression', or join classes.")
    return codes


def _as_numbers(y: np.ndarray) -> np.ndarray | None:
    numeric = y.dtype.kind in "buif" or all(isinstance(value, int | float | np.number) for value in y)
    return y.astype(np.float64) if numeric else None


def _columns(output: np.ndarray, weights: np.ndarray) -> np.ndarray:
    if output.dtype.kind != "f":
        members = (output[:, np.newaxis] == np.arange(output.max() + 1)).astype(np.float64)
        sizes = weights @ members
        return (members - sizes / weights.sum()) / np.sqrt(np.where(sizes > 0, sizes, 1))
    centered = output - weights @ output / weights.sum()
    centered /= np.abs(centered).max() or 1.0  # squares of the largest numbers overflow
    return (centered / (np.sqrt(weights @ np.square(centered)) or 1.0))[:, np.newaxis]
