"""Targets as centered columns, one per class or number to predict."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel.relevances import outputs_of


@dataclass(frozen=True)
class Target:
    """What the columns of a table are to predict.

    Attributes
    ----------
    values : ndarray of shape (n_samples, n_targets)
        Weighted sums of 0. A class has the column (1[y = c] - share of c) / sqrt(size of c), a number its standardized
        values divided by sqrt(n).
    outputs : list of ndarray of shape (n_samples,)
        `outputs_of` y.
    """

    values: np.ndarray
    outputs: list[np.ndarray]


def read_target(y: Any, weights: np.ndarray, task: str = "auto") -> Target:
    """Read y as `infsel.relevances.outputs_of` does."""
    outputs = outputs_of(y, weights, task)
    return Target(np.hstack([_columns(output, weights) for output in outputs]), outputs)


def _columns(output: np.ndarray, weights: np.ndarray) -> np.ndarray:
    if output.dtype.kind != "f":
        members = (output[:, np.newaxis] == np.arange(output.max() + 1)).astype(np.float64)
        sizes = weights @ members
        return (members - sizes / weights.sum()) / np.sqrt(sizes)
    centered = output - weights @ output / weights.sum()
    centered /= np.abs(centered).max()  # squares of the largest numbers overflow
    return (centered / np.sqrt(weights @ np.square(centered)))[:, np.newaxis]
