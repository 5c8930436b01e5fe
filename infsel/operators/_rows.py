"""Operators that rescale, map or restrict the rows of another."""

from collections.abc import Callable

import numpy as np

from infsel.operators._base import FeatureOperator, Index


class RowScaled(FeatureOperator):
    """diag(w) A: row i of A times w_i."""

    def __init__(self, weights: np.ndarray, A: FeatureOperator) -> None:
        super().__init__(A.shape[0], A.dtype)
        self.weights, self.A = weights, A

    def _rows(self, index: Index) -> np.ndarray:
        return self.weights[index, None].astype(self.dtype) * self.A.rows(index)

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        return self.weights * self.A.matvec(np.ravel(x))

    def _rmatvec(self, x: np.ndarray) -> np.ndarray:
        return self.A.rmatvec(self.weights * np.ravel(x))


class RowMap(FeatureOperator):
    """f applied to whole rows of A: `f(rows, numbers)` gets a block of rows and the row numbers it holds."""

    def __init__(self, f: Callable[[np.ndarray, np.ndarray], np.ndarray], A: FeatureOperator) -> None:
        super().__init__(A.shape[0], A.dtype)
        self.f, self.A = f, A

    def _rows(self, index: Index) -> np.ndarray:
        return self.f(self.A.rows(index), np.arange(self.shape[0])[index])


class Principal(FeatureOperator):
    """The rows and columns of A that `kept` (increasing integers) names: the graph without its other nodes."""

    def __init__(self, A: FeatureOperator, kept: np.ndarray) -> None:
        super().__init__(len(kept), A.dtype)
        self.A, self.kept = A, kept

    def _rows(self, index: Index) -> np.ndarray:
        return self.A.rows(self.kept[index])[:, self.kept]
