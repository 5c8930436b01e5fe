"""The linear kernel between rows: ridge regression on the columns."""

import numpy as np

from infsel._runtime.threads import wide
from infsel.eliminations._base import RowModel
from infsel.eliminations._gram import RowGram
from infsel.eliminations._solve import penalty, solve_penalized
from infsel.embeddings import Written, by_sample, lift, outer, squared_norms

_ULPS = 32


class LinearRidge(RowModel):
    """Ridge regression of every target column on standardized columns; importance is the squared coefficient.

    With G = Z' Z and lambda = regularization tr(G) / n the dual solution is a = (G + lambda I)^-1 Y, and the
    coefficient of column f is z_f' a. Where fewer columns than samples remain the same coefficients come from
    (Z Z' + lambda I)^-1 Z Y.

    Parameters
    ----------
    Z : ndarray or SparseRows of shape (n_features, n_samples)
        One column of the table a row, centered (with respect to the weights).
    Y : ndarray of shape (n_samples, n_targets)
        Centered target columns.
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    regularization : float
        In units of the mean eigenvalue of G.
    """

    def __init__(self, Z: Written, Y: np.ndarray, weights: np.ndarray, regularization: float) -> None:
        root = np.sqrt(weights).astype(Z.dtype)
        self._Y = root[:, np.newaxis] * Y
        self._rows = RowGram(Z if (root == 1).all() else by_sample(Z, root))
        self._n = float(weights.sum())
        self._regularization = regularization
        self._columns: np.ndarray | None = None  # Z Z', once it is the smaller of the two

    def importance(self) -> np.ndarray:
        """Sum over the target columns of the squared coefficients."""
        coefficients = self.coefficients()
        result: np.ndarray = np.square(coefficients).sum(axis=1)
        self.resolution = self._round_off() * (2 * float(np.sqrt(result.max())) + self._round_off())
        return result

    def coefficients(self) -> np.ndarray:
        """Ridge coefficients of the remaining columns, shape (n_remaining, n_targets)."""
        Z = self._rows.Z
        if len(Z) >= Z.shape[1]:
            return lift(Z, self._solve(self._rows.G, self._Y))
        if self._columns is None:
            with wide(2 * len(Z) ** 2 * Z.shape[1]):
                self._columns = outer(Z)
        return self._solve(self._columns, lift(Z, self._Y))

    def restrict(self, stays: np.ndarray) -> None:
        """Go on with fewer columns."""
        self._rows.restrict(stays)
        if self._columns is not None:
            self._columns = self._columns[np.ix_(stays, stays)]

    def _solve(self, gram: np.ndarray, right: np.ndarray) -> np.ndarray:
        trace = float(np.trace(gram, dtype=np.float64))
        return solve_penalized(gram.copy(), penalty(self._regularization, trace, self._n, gram.dtype), right)

    def _round_off(self) -> float:
        """How far round-off may move a coefficient: it is a product of z and a, which is at most Y / lambda long."""
        Z = self._rows.Z
        squares = squared_norms(Z)
        ridge = penalty(self._regularization, float(squares.sum()), self._n, Z.dtype)
        longest = float(np.sqrt(squares.max()) * np.linalg.norm(self._Y)) / ridge
        return _ULPS * float(np.finfo(Z.dtype).eps) * longest
