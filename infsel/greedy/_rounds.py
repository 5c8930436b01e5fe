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
    explained : ndarray of shape (n_rounds,)
        How much of the error with which samples are predicted without any column is gone where that model predicts each
        from the others: at most 1, negative if it does worse.
    standard_errors : ndarray of shape (n_rounds,)
        How far that may be off, the columns given.
    by_chance : ndarray of shape (n_rounds,) or None
        How much as many columns seem to explain of a target that knows nothing of them, where that was asked.
    """

    order: np.ndarray
    sizes: np.ndarray
    explained: np.ndarray
    standard_errors: np.ndarray
    by_chance: np.ndarray | None = None

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

    @property
    def fewest(self) -> int:
        """The fewest columns that explain as much beyond chance as any number does, less one standard error of that.

        At least one.
        """
        beyond = self.explained - (0.0 if self.by_chance is None else self.by_chance)
        best = int(beyond.argmax())
        least = beyond[best] - self.standard_errors[best]
        return 1 if least <= 0 else int(self.sizes[beyond >= least].min())  # no column explains 0


def share_explained(errors: np.ndarray, null_errors: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    """1 - sum_i w_i e_i / sum_i w_i e0_i and its standard error, that of a ratio of means.

    Parameters
    ----------
    errors, null_errors : ndarray of shape (n_samples,)
        e and e0, of a model and of none.
    counts : ndarray of shape (n_samples,)
        w.

    References
    ----------
    Cochran (1977). Sampling Techniques, section 2.11.
    """
    errors, null_errors, counts = (numbers.astype(np.float64) for numbers in (errors, null_errors, counts))
    total = counts @ null_errors
    left = counts @ errors / total
    spread = counts @ np.square(errors - left * null_errors)
    return float(1 - left), float(np.sqrt(spread) / total)
