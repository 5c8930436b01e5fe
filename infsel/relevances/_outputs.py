"""Targets of one or several outputs, each of labels or of numbers."""

from typing import Any

import numpy as np

from infsel._columns import varying
from infsel.relevances._groups import is_continuous

TASKS = ("auto", "classification", "regression")


def outputs_of(y: Any, weights: np.ndarray, task: str = "auto") -> list[np.ndarray]:
    """The outputs of a target that vary: class numbers, integers from 0, or numbers in double precision.

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
        If no output varies, one cannot be read in the way asked for, or no class has two samples.
    """
    if task not in TASKS:
        raise ValueError(f"task={task!r} is not known: choose one of {', '.join(map(repr, TASKS))}.")
    table = np.asarray(y)
    table = table[:, np.newaxis] if table.ndim == 1 else table
    outputs = [_output(column, task, float(weights.sum())) for column in table.T]
    vary = [output for output in outputs if (output != output[0]).any()]  # a label may be absent from a fold
    if not vary:
        raise ValueError(f"y is {table.flat[0]!s} everywhere: pass a target that varies.")
    return vary


def _output(y: np.ndarray, task: str, n_samples: float) -> np.ndarray:
    numbers = _as_numbers(y)
    if numbers is None:
        if task == "regression":
            raise ValueError(f"y holds {y.tolist()[0]!r}, which is no number: use task='classification'.")
        return _classes(y)
    if not np.isfinite(numbers).all():
        raise ValueError(f"y holds {numbers[~np.isfinite(numbers)][0]}: remove the samples whose target is not finite.")
    if not varying(numbers[:, np.newaxis])[0]:
        return np.zeros(len(y), dtype=np.intp)
    if task == "regression" or (task == "auto" and is_continuous(numbers, n_samples)):
        return numbers
    fractions = numbers[numbers != np.round(numbers)]
    if len(fractions):
        raise ValueError(
            f"y holds {fractions[0]}, which is no class label: use task='regression', or cut y into classes."
        )
    return _classes(numbers)


def _classes(labels: np.ndarray) -> np.ndarray:
    try:
        classes, codes = np.unique(labels, return_inverse=True)
    except TypeError as error:
        raise ValueError("y mixes labels that cannot be sorted: make all of them text or all numbers.") from error
    if len(classes) == len(labels):
        raise ValueError(f"y has {len(classes)} classes of one sample each: use task='regression', or join classes.")
    return codes


def _as_numbers(y: np.ndarray) -> np.ndarray | None:
    numeric = y.dtype.kind in "buif" or all(isinstance(value, int | float | np.number) for value in y)
    return y.astype(np.float64) if numeric else None
