"""Relevances by differences between samples, of labels and gaps too."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

import numpy as np

from infsel.relevances._base import Relevance
from infsel.relevances._expanded import expanded, sizes_of
from infsel.tables import LackingTable, MixedTable, Table


class Parts(NamedTuple):
    """What columns of numbers are parts of, by its number, and the ranges that they are scaled to, None for 1 each."""

    of: np.ndarray
    ranges: np.ndarray | None


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
    takes_tables: ClassVar[bool] = True

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        return self._differ(X, y, sample_weight, Parts(np.arange(X.shape[1]), None))

    def of_mixed(self, X: LackingTable, y: Any = None) -> np.ndarray:
        """A column of 0 and 1 for each label, of range 1/2, so that two labels differ by 1, and then their sum."""
        sizes = X.by_blocks(sizes_of)
        owner = np.repeat(np.arange(X.shape[1]), sizes)
        of_labels = X.nominal[owner]
        beside = np.r_[False, owner[1:] == owner[:-1]]  # an informative gap, behind its numbers
        numbers = X.numbers_by_blocks(_numbers, sizes)
        parts = Parts(owner, np.where(of_labels | beside, 0.5, 1.0))
        return np.bincount(parts.of, self._differ(numbers, y, X.weights, parts), X.shape[1])

    @abstractmethod
    def _differ(self, X: Any, y: Any, sample_weight: Any, parts: Parts) -> np.ndarray:
        """Rate columns of numbers."""


def _numbers(X: MixedTable) -> np.ndarray:
    return expanded(X).table.complete().array


def in_order(X: Any, order: np.ndarray) -> Any:
    """The samples in another order, of an array or of a table."""
    return X.rows(order) if isinstance(X, Table) else X[order]
