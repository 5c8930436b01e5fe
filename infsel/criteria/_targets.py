"""What one output of a target is to a criterion."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from infsel.embeddings import Embedding, lift
from infsel.targets import quantile_groups, unit_vectors


@dataclass(frozen=True)
class Output:
    """One column of a target.

    Parameters
    ----------
    values : ndarray of shape (n_samples,)
        Class codes 0, 1, ..., integers, or numbers in double precision.
    """

    values: np.ndarray

    @cached_property
    def n_classes(self) -> int:
        """How many classes there are, 0 for numbers."""
        return 0 if self.values.dtype.kind == "f" else int(self.values.max()) + 1

    def grouped(self, weights: np.ndarray) -> np.ndarray:
        """Class codes, of numbers those of their quantile groups."""
        return quantile_groups(self.values, weights)

    def projections(self, Z: Embedding, weights: np.ndarray) -> np.ndarray:
        """Products of unit rows with the unit vectors of the classes, or of the centered numbers, (n_columns, n)."""
        directions = np.sqrt(weights) * unit_vectors(self.values, weights).T
        return np.stack([lift(Z, u.astype(Z.dtype)).astype(np.float64) for u in directions])

    def squared_correlations(self, Z: Embedding, weights: np.ndarray) -> np.ndarray:
        """Squared correlation of each feature with each class against the rest, or with the numbers, (n_columns, n)."""
        squares = np.square(self.projections(Z, weights))
        if self.n_classes:  # rows of Z have mean 0, so that only the norm of an indicator changes by centering it
            squares /= 1 - np.bincount(self.values, weights)[:, np.newaxis] / weights.sum()
        return np.minimum(squares, 1)

    def explained(self, Z: Embedding, weights: np.ndarray) -> np.ndarray:
        """Share of each feature's variance that the output explains linearly (eta squared), shape (n,)."""
        return np.minimum(np.square(self.projections(Z, weights)).sum(axis=0), 1)
