"""What criteria read: the columns that compete, the target, and what each sample counts for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from infsel.criteria._targets import Output
from infsel.embeddings import Embedding
from infsel.targets import read_target


@dataclass(frozen=True)
class Candidates:
    """The columns that compete: none is constant, and none says the same as another.

    Parameters
    ----------
    X : array or CSC array of shape (n_samples, n_candidates)
    Z : ndarray or SparseRows of shape (n_candidates, n_samples)
        Centered columns of norm 1, weighted, as rows: their Gram matrix correlates.
    y : array-like of shape (n_samples,) or (n_samples, n_outputs), what was read from it, or None
    weights : ndarray of shape (n_samples,)
        What each sample counts for, all positive.
    task : {"auto", "classification", "regression"}
        Whether y holds labels or numbers.
    """

    X: Any
    Z: Embedding
    y: Any
    weights: np.ndarray
    task: str = "auto"

    @property
    def even(self) -> bool:
        """Whether every sample counts alike."""
        return bool((self.weights == self.weights[0]).all())

    @cached_property
    def outputs(self) -> list[Output]:
        """The target, one output for each of its columns that varies."""
        return [Output(values) for values in read_target(self.y, self.weights, self.task).outputs]
