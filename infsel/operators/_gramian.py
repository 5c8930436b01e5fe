"""What two nodes have in common by a third: a relation times its transpose."""

from __future__ import annotations

import numpy as np

from infsel.operators._base import Combination, FeatureOperator, Index, numbers_of


class Gramian(Combination):
    """A A^T, or A^T A where it says so, symmetric and positive semidefinite, by two products with A each.

    Entry (i, j) of A A^T says how much the rows of i and j agree, of A^T A how much their columns do.

    Parameters
    ----------
    A : FeatureOperator of shape (n, n)
    transposed : bool, default=False
        Whether it is A^T A.
    """

    def __init__(self, A: FeatureOperator, transposed: bool = False) -> None:
        super().__init__(A.shape[0], A.dtype)
        self.children, self._transposed = (A,), transposed
        self.nonnegative = A.nonnegative or None  # negative entries may meet each other

    def _rows(self, index: Index) -> np.ndarray:
        numbers = numbers_of(index)
        units = np.zeros((self.shape[0], len(numbers)))
        units[numbers, np.arange(len(numbers))] = 1
        return self._times(units, False).T.astype(self.dtype)

    def _times(self, X: np.ndarray, transposed: bool) -> np.ndarray:
        A = self.children[0]
        return A.times(A.times(X, not self._transposed), self._transposed)
