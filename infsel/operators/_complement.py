"""One minus a relation."""

import numpy as np

from infsel.operators._base import FeatureOperator, Index
from infsel.operators._gram import Gram


class Complement(FeatureOperator):
    """1 - w_i w_j B_ij off the diagonal, for a symmetric B >= 0 with w_i w_j B_ij <= 1 but for round-off.

    B may be of lower precision than the entries where it has nothing to round: whole numbers fit single precision, and
    the weights stand outside.

    Parameters
    ----------
    weights : ndarray of shape (n,)
        The numbers w.
    B : Gram
        Its diagonal is 0.
    diagonal : ndarray of shape (n,)
        What stands on the diagonal.
    dtype : dtype
        Precision of the entries.
    """

    nonnegative = True

    def __init__(self, weights: np.ndarray, B: Gram, diagonal: np.ndarray, dtype: np.dtype) -> None:
        super().__init__(len(weights), dtype)
        self.weights, self.B, self.diagonal = weights, B, diagonal.astype(np.float64)

    def _rows(self, index: Index) -> np.ndarray:
        numbers = np.arange(self.shape[0])[index]
        rows = self.weights[index, None] * self.B.rows(index) * self.weights
        rows = np.maximum(1 - rows, 0).astype(self.dtype)
        rows[np.arange(len(rows)), numbers] = self.diagonal[index]
        return rows

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        return self._matmat(np.ravel(x))

    _rmatvec = _matvec

    def _matmat(self, X: np.ndarray) -> np.ndarray:
        X = np.ascontiguousarray(X.T, dtype=np.float64)  # one vector a row, or one vector: numpy sums rows pairwise
        others = self.weights * (self.B @ (self.weights * X).T).T
        return (X.sum(axis=-1, keepdims=True) - others + (self.diagonal - 1) * X).T

    _rmatmat = _matmat
