"""Targets of one or several outputs, each of labels or of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel._sparse_rows import Embedding, lift
from infsel.relevances._groups import is_continuous, quantile_groups
from infsel.relevances._labels import classes_of, numbers_of

_TASKS = ("auto", "classification", "regression")


@dataclass(frozen=True)
class Output:
    """One column of a target.

    Parameters
    ----------
    values : ndarray of shape (n_samples,)
        Class codes 0, 1, ... or numbers.
    n_classes : int
        0 for numbers.
    """

    values: np.ndarray
    n_classes: int

    def grouped(self, weights: np.ndarray) -> np.ndarray:
        """Class codes, of numbers those of their quantile groups."""
        return self.values if self.n_classes else quantile_groups(self.values, weights)

    def projections(self, Z: Embedding, weights: np.ndarray) -> np.ndarray:
        """Products of unit rows with the unit vectors of the classes, or of the centered numbers, (n_columns, n)."""
        return np.stack([lift(Z, u.astype(Z.dtype)).astype(np.float64) for u in self._directions(weights)])

    def squared_correlations(self, Z: Embedding, weights: np.ndarray) -> np.ndarray:
        """Squared correlation of each feature with each class against the rest, or with the numbers, (n_columns, n)."""
        squares = np.square(self.projections(Z, weights))
        if self.n_classes:  # rows of Z have mean 0, so that only the norm of an indicator changes by centering it
            squares /= 1 - np.bincount(self.values, weights)[:, np.newaxis] / weights.sum()
        return np.minimum(squares, 1)

    def explained(self, Z: Embedding, weights: np.ndarray) -> np.ndarray:
        """Share of each feature's variance that the output explains linearly (eta squared), shape (n,)."""
        return np.minimum(np.square(self.projections(Z, weights)).sum(axis=0), 1)

    def _directions(self, weights: np.ndarray) -> list[np.ndarray]:
        roots = np.sqrt(weights)
        if not self.n_classes:
            centered = self.values - np.average(self.values, weights=weights)
            vectors = [centered * roots]
        else:
            vectors = [np.where(self.values == k, roots, 0) for k in range(self.n_classes)]
        return [vector / np.linalg.norm(vector) for vector in vectors]


def outputs_of(y: Any, task: str, weights: np.ndarray) -> list[Output]:
    """The outputs of a target of shape (n_samples,) or (n_samples, n_outputs) that vary.

    Raises
    ------
    ValueError
        If no output varies, or one is not finite or does not fit the task.
    """
    if task not in _TASKS:
        raise ValueError(f"task={task!r} is not known: choose one of {', '.join(map(repr, _TASKS))}.")
    columns = np.asarray(y).T if np.ndim(y) == 2 else [np.asarray(y)]
    vary = [column for column in columns if (column != column[0]).any()]  # a label may be absent from a fold
    return [_output(column, task, weights) for column in vary or columns[:1]]


def _output(y: Any, task: str, weights: np.ndarray) -> Output:
    if task == "regression" or (task == "auto" and is_continuous(y, weights.sum())):
        return Output(numbers_of(y), 0)
    classes, codes = classes_of(y)
    return Output(codes, len(classes))
