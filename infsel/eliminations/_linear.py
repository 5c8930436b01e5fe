"""The linear kernel between rows: ridge regression on the columns."""

import numpy as np

from infsel.eliminations._gram import RowGram
from infsel.eliminations._rounds import RowRidge


class LinearRidge(RowRidge):
    """Ridge regression of every target column on standardized columns; importance is the squared coefficient.

    With G = Z' Z and lambda = regularization tr(G) / n the dual solution is a = (G + lambda I)^-1 Y, and the
    coefficient of column f is z_f' a. Where fewer columns than samples remain the same coefficients come from
    (Z Z' + lambda I)^-1 Z Y.

    Parameters
    ----------
    Z : ndarray of shape (n_features, n_samples)
        One column of the table a row, centered (with respect to the weights).
    Y : ndarray of shape (n_samples, n_targets)
        Centered target columns.
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    regularization : float
        In units of the mean eigenvalue of G.
    """

    def __init__(self, Z: np.ndarray, Y: np.ndarray, weights: np.ndarray, regularization: float) -> None:
        root = np.sqrt(weights).astype(Z.dtype)
        self._Y = root[:, np.newaxis] * Y
        self._rows = RowGram(Z if (root == 1).all() else Z * root)
        self._n = float(weights.sum())
        self._regularization = regularization
        self._columns: np.ndarray | None = None  # Z Z', once it is the smaller of the two

    def importance(self) -> np.ndarray:
        """Sum over the target columns of the squared coefficients."""
        return np.square(self.coefficients()).sum(axis=1)

    def coefficients(self) -> np.ndarray:
        """Ridge coefficients of the remaining columns, shape (n_remaining, n_targets)."""
        Z = self._rows.Z
        if len(Z) >= Z.shape[1]:
            return Z @ _solve(self._rows.G, self._penalty(self._rows.G), self._Y)
        if self._columns is None:
            self._columns = Z @ Z.T
        return _solve(self._columns, self._penalty(self._columns), Z @ self._Y)

    def keep(self, stays: np.ndarray) -> None:
        """Go on with fewer columns."""
        self._rows.keep(stays)
        if self._columns is not None:
            self._columns = self._columns[np.ix_(stays, stays)]

    def _penalty(self, gram: np.ndarray) -> float:
        return self._regularization * float(np.trace(gram, dtype=np.float64)) / self._n


def _solve(gram: np.ndarray, penalty: float, right: np.ndarray) -> np.ndarray:
    penalized = gram.copy()
    penalized.flat[:: len(gram) + 1] += penalty
    return np.linalg.solve(penalized, right)  # not SciPy's, as in AttentionRidge
