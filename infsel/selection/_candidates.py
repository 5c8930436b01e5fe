"""What may be selected: columns that must stay or go, that stand or fall together, that cost something."""

from dataclasses import dataclass

import numpy as np

from infsel.selection._automatic import n_automatic
from infsel.selection._rank import rank, settle_ties
from infsel.selection._threshold import threshold_value


@dataclass(frozen=True)
class Candidates:
    """The units of a selection: single features, or groups of features that are selected together.

    Parameters
    ----------
    unit : ndarray of int of shape (n_features,)
        Number of the unit that each feature belongs to, in the order of their first features. An excluded feature is a
        unit of its own.
    kept : ndarray of bool of shape (n_features,)
        Features whose unit is always selected.
    excluded : ndarray of bool of shape (n_features,)
        Features that are never selected.
    costs : ndarray of shape (n_features,), default=None
        What each feature costs; a unit costs their sum.
    """

    unit: np.ndarray
    kept: np.ndarray
    excluded: np.ndarray
    costs: np.ndarray | None = None

    @classmethod
    def all_of(cls, n_features: int) -> "Candidates":
        """Every feature for itself."""
        nobody = np.zeros(n_features, dtype=bool)
        return cls(unit=np.arange(n_features), kept=nobody, excluded=nobody)

    @property
    def n_units(self) -> int:
        """How many units may be selected."""
        return int(self._open().sum())

    @property
    def n_kept(self) -> int:
        """How many units must be selected."""
        return len(np.unique(self.unit[self.kept]))

    @property
    def grouped(self) -> bool:
        """Whether any unit has several features."""
        return int(self.unit.max()) + 1 < len(self.unit)

    def scores(self, scores: np.ndarray, inside: np.ndarray, eps: float) -> np.ndarray:
        """Score of each unit: the mean over its features that are inside, which favors neither large groups nor small.

        Shape (n_units + n_excluded,); 0 for a unit with no feature inside.
        """
        members = np.bincount(self.unit, inside)
        means = np.bincount(self.unit, np.where(inside, scores, 0)) / np.maximum(members, 1)
        return settle_ties(means, eps) if self.grouped else means

    def rank(self, scores: np.ndarray, inside: np.ndarray, eps: float) -> np.ndarray:
        """Rank of each feature: units by their score, and within a unit its features by theirs."""
        by_unit = self._ranks(self.scores(scores, inside, eps), inside)
        order = np.lexsort((rank(scores, inside, self.costs), by_unit[self.unit]))
        ranking = np.empty(len(scores), dtype=np.intp)
        ranking[order] = np.arange(1, len(scores) + 1)
        return ranking

    def select(
        self, scores: np.ndarray, inside: np.ndarray, eps: float, k: int, threshold: float | str | None, automatic: bool
    ) -> np.ndarray:
        """The mask of at most k units: the kept ones and the best of those that reach the threshold.

        With `automatic` the sorted scores say how many they are (`n_automatic`).
        """
        units = self.scores(scores, inside, eps)
        present = self._inside(inside)
        free = self._open()
        chosen = np.zeros(len(units), dtype=bool)
        chosen[self.unit[self.kept]] = True
        if automatic:
            k = min(k, n_automatic(units[present]))
        if threshold is not None:
            free &= present & (units >= threshold_value(threshold, units[present]))
        order = np.argsort(self._ranks(units, inside))
        chosen[order[(free & ~chosen)[order]][: max(k - int(chosen.sum()), 0)]] = True
        return chosen[self.unit]

    def _ranks(self, units: np.ndarray, inside: np.ndarray) -> np.ndarray:
        costs = None if self.costs is None else np.bincount(self.unit, self.costs)
        return rank(units, self._inside(inside), costs)

    def _inside(self, inside: np.ndarray) -> np.ndarray:
        return np.bincount(self.unit, inside) > 0

    def _open(self) -> np.ndarray:
        return np.bincount(self.unit, ~self.excluded) > 0
