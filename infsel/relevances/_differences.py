"""Relevances by differences between samples, of labels and gaps too."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from infsel.relevances._base import Relevance
from infsel.tables import MixedTable


@dataclass
class ByDifferences(Relevance):
    """A relevance that adds up how much samples differ in a column: numbers by a share of their range, labels by 1.

    A gap lies at the mean of its column, and so differs from a label by how likely another one has: 1 less its share.
    An informative gap is a label among labels; beside numbers it differs from them by one half more.

    References
    ----------
    Kononenko (1994). Estimating Attributes: Analysis and Extensions of RELIEF. ECML.
    """

    separable: ClassVar[bool] = False
    cancels: ClassVar[float] = 1.0
    weighted: ClassVar[bool] = True

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        return self._differ(X, y, sample_weight, None)

    def of_mixed(self, X: MixedTable, y: Any = None) -> np.ndarray:
        """A column of 0 and 1 for each label, of range 1/2, so that two labels differ by 1, and then their sum."""
        expanded = X.expanded()
        of_labels = X.nominal[expanded.owner]
        beside = np.r_[False, expanded.owner[1:] == expanded.owner[:-1]]  # an informative gap, behind its numbers
        numbers = expanded.table.complete().array
        margins = self._differ(numbers, y, X.weights, np.where(of_labels | beside, 0.5, 1.0))
        return np.bincount(expanded.owner, margins, X.shape[1])

    @abstractmethod
    def _differ(self, X: np.ndarray, y: Any, sample_weight: Any, ranges: np.ndarray | None) -> np.ndarray:
        """Rate columns of numbers, which are scaled to these ranges, or to 1 each."""
