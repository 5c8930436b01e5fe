"""What elimination leaves behind: the order of the columns, and the models that it went through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Rounds:
    """The rounds of an elimination.

    Attributes
    ----------
    order : ndarray of int of shape (n_features,)
        The columns from the last to be dropped, the best, to the first.
    sizes : ndarray of int of shape (n_rounds,)
        How many columns the model of each round had, falling: those of round r are the first sizes[r] of the order.
    errors : ndarray of shape (n_rounds, n_samples)
        How badly it predicts each sample from the others: squared errors, or deviance.
    null_errors : ndarray of shape (n_samples,)
        The same without any column.
    counts : ndarray of shape (n_samples,)
        How often each sample counts.
    """

    order: np.ndarray
    sizes: np.ndarray
    errors: np.ndarray
    null_errors: np.ndarray
    counts: np.ndarray

    @property
    def explained(self) -> np.ndarray:
        """Share of the null error that the model of each round explains; negative if it does worse; (n_rounds,)."""
        return np.asarray(1 - self.errors @ self.counts / (self.null_errors @ self.counts))

    @property
    def dropped_in(self) -> np.ndarray:
        """The round, from 1 on, that dropped each column of the order, shape (n_features,)."""
        return np.asarray((self.sizes[:, np.newaxis] > np.arange(len(self.order))).sum(axis=0))

    @property
    def importances(self) -> np.ndarray:
        """How much less is explained without each column of the order, shape (n_features,).

        Columns that a round drops together share what it costs. The sum is what all columns explain.
        """
        lost = -np.diff(self.explained, append=0) / -np.diff(self.sizes, append=0)
        return np.asarray(lost[self.dropped_in - 1])
