"""Attention between rows: kernel ridge regression with a Gaussian of their distances."""

import numpy as np

from infsel.eliminations._gram import RowGram
from infsel.eliminations._rounds import RowRidge


class AttentionRidge(RowRidge):
    """Kernel ridge regression of every target column, with K = exp(-D2 / (bandwidth mean D2)) between the samples.

    D2 are squared distances over the columns that remain, Kc = H K H the centered kernel, and
    a = (Kc + lambda I)^-1 Y with lambda = regularization tr(Kc) / n. With M = (a a') o K the importance of a column z
    is z' M z - sum_i z_i^2 (M 1)_i: the derivative of the loss for a kernel that weighs the column's distances, times
    half of bandwidth mean D2.

    Parameters
    ----------
    Z : ndarray of shape (n_features, n_samples)
        One column of the table a row.
    Y : ndarray of shape (n_samples, n_targets)
        Centered target columns.
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    regularization : float
        In units of the mean eigenvalue of Kc.
    bandwidth : float
        In units of the mean squared distance.
    """

    def __init__(
        self, Z: np.ndarray, Y: np.ndarray, weights: np.ndarray, regularization: float, bandwidth: float
    ) -> None:
        self._rows = RowGram(Z)
        self._Y = Y.astype(Z.dtype)
        self._weights = weights.astype(Z.dtype)
        self._regularization = regularization
        self._bandwidth = bandwidth

    def importance(self) -> np.ndarray:
        """The derivative for each column that remains, up to a common factor."""
        Z, K = self._rows.Z, self.kernel()
        a = self.solution(K)
        M = np.multiply(a @ a.T, K, out=K)
        return np.einsum("fi,fi->f", Z @ M, Z) - np.square(Z) @ M.sum(axis=1)

    def keep(self, stays: np.ndarray) -> None:
        """Go on with fewer columns."""
        self._rows.keep(stays)

    def kernel(self) -> np.ndarray:
        """How much each sample attends to each other, before normalization: K, shape (n_samples, n_samples)."""
        G = self._rows.G
        squares = np.diag(G)
        shares = self._weights / self._weights.sum()
        mean = 2 * float(shares @ squares - shares @ (G @ shares))
        exponent = G - squares / 2
        exponent -= squares[:, np.newaxis] / 2
        exponent *= 2 / (self._bandwidth * mean)
        np.minimum(exponent, 0, out=exponent)  # round-off between equal samples
        return np.exp(exponent, out=exponent)

    def solution(self, K: np.ndarray) -> np.ndarray:
        """a, weighted, so that K a predicts; shape (n_samples, n_targets)."""
        shares, root = self._weights / self._weights.sum(), np.sqrt(self._weights)
        means = K @ shares
        B = K - means
        B -= (means - shares @ means)[:, np.newaxis]
        penalty = self._regularization * float(shares @ np.diag(B))
        B *= root
        B *= root[:, np.newaxis]
        B.flat[:: len(B) + 1] += penalty
        # SciPy would halve the operations, but its wheels bring a second BLAS whose threads spin against NumPy's
        return root[:, np.newaxis] * np.linalg.solve(B, root[:, np.newaxis] * self._Y)
