"""What may be selected: columns that must stay or go, that stand or fall together, that cost something."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from infsel.selection._how_many import n_automatic
from infsel.selection._rank import rank, settle_ties
from infsel.selection._threshold import threshold_value


@dataclass(frozen=True)
class Choices:
    """Groups of features that are selected together, most of them of a single feature.

    Parameters
    ----------
    group : ndarray of int of shape (n_features,)
        Number of the group that each feature belongs to, in the order of their first features. An excluded feature is a
        group of its own.
    kept : ndarray of bool of shape (n_features,)
        Features whose group is always selected.
    excluded : ndarray of bool of shape (n_features,)
        Features that are never selected.
    costs : ndarray of shape (n_features,), default=None
        What each feature costs; a group costs their sum.
    """

    group: np.ndarray
    kept: np.ndarray
    excluded: np.ndarray
    costs: np.ndarray | None = None

    @classmethod
    def all_of(cls, n_features: int) -> "Choices":
        """Every feature for itself."""
        nobody = np.zeros(n_features, dtype=bool)
        return cls(group=np.arange(n_features), kept=nobody, excluded=nobody)

    def of(self, features: np.ndarray) -> "Choices":
        """The choices among some features, none of them excluded, with cheaper groups numbered before dearer ones."""
        if self.plain:
            return Choices.all_of(len(features))
        number = np.arange(int(self.group.max()) + 1)
        if self.costs is not None:  # ties go to the lower number, so that costs need no further say
            number[np.lexsort((number, np.bincount(self.group, self.costs)))] = number.copy()
        return Choices(
            group=np.unique(number[self.group[features]], return_inverse=True)[1],
            # the whole group of a kept feature: that feature itself may not be among these
            kept=np.isin(self.group, self.group[self.kept])[features],
            excluded=np.zeros(len(features), dtype=bool),
        )

    @cached_property
    def plain(self) -> bool:
        """Whether every feature is for itself, none is kept and none cheaper than another."""
        alone = self.costs is None and not self.kept.any()
        return bool(alone and (self.group == np.arange(len(self.group))).all())

    @property
    def n_groups(self) -> int:
        """How many groups may be selected."""
        return int(self._open().sum())

    @property
    def n_kept(self) -> int:
        """How many groups must be selected."""
        return len(np.unique(self.group[self.kept]))

    @property
    def has_groups(self) -> bool:
        """Whether any group has several features."""
        return int(self.group.max()) + 1 < len(self.group)

    @cached_property
    def precedence(self) -> np.ndarray | None:
        """Which of several equal features speaks for them, the lowest number; None for the first of them.

        One that is kept, else one in no group, which may be selected by itself, else one of a cheap group.
        """
        if self.plain:
            return None
        grouped = np.bincount(self.group)[self.group] > 1
        return np.argsort(np.lexsort((self.group, grouped, ~self.kept)))

    def means(self, values: np.ndarray, inside: np.ndarray) -> np.ndarray:
        """Mean of each group over its features that are inside, which favors neither large groups nor small.

        Shape (n_groups + n_excluded,); 0 for a group with no feature inside.
        """
        members = np.bincount(self.group, inside)
        return np.asarray(np.bincount(self.group, np.where(inside, values, 0)) / np.maximum(members, 1))

    def scores(self, scores: np.ndarray, inside: np.ndarray, eps: float) -> np.ndarray:
        """`means` of scores, equal where they differ by round-off."""
        means = self.means(scores, inside)
        return settle_ties(means, eps) if self.has_groups else means

    def rank(self, scores: np.ndarray, inside: np.ndarray, eps: float, order: np.ndarray | None = None) -> np.ndarray:
        """Rank of each feature: groups by their score, and within a group its features by theirs.

        Parameters as of `infsel.selection.rank`, whose `order` serves where there are no groups.
        """
        if not self.has_groups:
            return rank(scores, inside, self.costs, order)
        by_group = self._ranks(self.scores(scores, inside, eps), inside)
        order = np.lexsort((rank(scores, inside, self.costs), by_group[self.group]))
        ranking = np.empty(len(scores), dtype=np.intp)
        ranking[order] = np.arange(1, len(scores) + 1)
        return ranking

    def select(
        self, scores: np.ndarray, inside: np.ndarray, eps: float, k: int, threshold: float | str | None, automatic: bool
    ) -> np.ndarray:
        """The mask of at most k groups: the kept ones and the best of those that reach the threshold.

        With `automatic` the sorted scores say how many they are (`n_automatic`).
        """
        groups = self.scores(scores, inside, eps)
        present = self._inside(inside)
        free = self._open()
        chosen = np.zeros(len(groups), dtype=bool)
        chosen[self.group[self.kept]] = True
        if automatic:
            k = min(k, n_automatic(groups[present]))
        if threshold is not None:
            free &= present & (groups >= threshold_value(threshold, groups[present]))
        order = np.argsort(self._ranks(groups, inside))
        chosen[order[(free & ~chosen)[order]][: max(k - int(chosen.sum()), 0)]] = True
        return chosen[self.group]

    def _ranks(self, groups: np.ndarray, inside: np.ndarray) -> np.ndarray:
        costs = None if self.costs is None else np.bincount(self.group, self.costs)
        return rank(groups, self._inside(inside), costs)

    def _inside(self, inside: np.ndarray) -> np.ndarray:
        return np.bincount(self.group, inside) > 0

    def _open(self) -> np.ndarray:
        return np.bincount(self.group, ~self.excluded) > 0
