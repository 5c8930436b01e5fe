"""Attention between rows: kernel ridge regression with a Gaussian of their distances."""

import numpy as np

from infsel._runtime.threads import wide
from infsel.eliminations._base import RowModel
from infsel.eliminations._errors import left_out, leverages
from infsel.eliminations._gram import RowGram
from infsel.eliminations._solve import Penalized, penalty

_ULPS = 32  # of what cancels: exchangeable columns of full factorial designs were up to 6 apart
_FLAT = 1000


class AttentionRidge(RowModel):
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
    stored : bool, default=True
        Whether the products of all pairs of samples may stay in memory from round to round.
    signs : ndarray of shape (n_samples, n_draws), default=None
        Random signs from which the mean leverage of the samples is told; None to compute each, which takes as long as
        the model itself.
    """

    def __init__(
        self,
        Z: np.ndarray,
        Y: np.ndarray,
        weights: np.ndarray,
        regularization: float,
        bandwidth: float,
        stored: bool = True,
        signs: np.ndarray | None = None,
    ) -> None:
        self._rows = RowGram(Z, stored)
        self._Y = Y.astype(Z.dtype)
        self._signs = None if signs is None else signs.astype(Z.dtype)
        self.counts = weights.astype(Z.dtype)
        self.null_errors = left_out(self._Y, np.zeros(len(Y)), self.counts)
        self._regularization = regularization
        self._bandwidth = bandwidth

    def importance(self) -> np.ndarray:
        """The derivative for each column that remains, up to a common factor."""
        Z, squares, eps = self._rows.Z, np.square(self._rows.Z), float(np.finfo(self._Y.dtype).eps)
        if not self._mean_distance() > _FLAT * eps * float((squares @ self._shares).sum()):
            self.errors = self.null_errors
            return np.zeros(len(Z))  # a part of the samples may lack the rare values that are left
        K = self.kernel()
        with wide(2 * K.size * len(Z)):
            a = self.solution(K)
            M = np.multiply(a @ a.T, K, out=K)
            result = np.einsum("fi,fi->f", Z @ M, Z) - squares @ M.sum(axis=1)
        self.resolution = _ULPS * eps * float((squares @ np.abs(M, out=M).sum(axis=1)).max())
        return result

    def restrict(self, stays: np.ndarray) -> None:
        """Go on with fewer columns."""
        self._rows.restrict(stays)

    def kernel(self) -> np.ndarray:
        """How much each sample attends to each other, before normalization: K, shape (n_samples, n_samples)."""
        G = self._rows.G
        squares = np.diag(G)
        exponent = G - squares / 2
        exponent -= squares[:, np.newaxis] / 2
        exponent *= 2 / (self._bandwidth * self._mean_distance())
        np.minimum(exponent, 0, out=exponent)  # round-off between equal samples
        return np.exp(exponent, out=exponent)

    def solution(self, K: np.ndarray) -> np.ndarray:
        """a, weighted, so that K a predicts; shape (n_samples, n_targets)."""
        root = np.sqrt(self.counts)[:, np.newaxis]
        means = K @ self._shares
        B = K - means
        B -= (means - self._shares @ means)[:, np.newaxis]
        trace, total = float(self.counts @ np.diag(B)), float(self.counts.sum())
        B *= root[:, 0]
        B *= root
        system = Penalized(B, penalty(self._regularization, trace, total, B.dtype))
        a = root * system.solve(root * self._Y)
        followed = leverages(system, self._signs, self.counts)
        self.errors = left_out(system.ridge * a / np.square(root), followed, self.counts)
        return a

    @property
    def _shares(self) -> np.ndarray:
        return self.counts / self.counts.sum()

    def _mean_distance(self) -> float:
        """The mean squared distance between two samples."""
        Z, shares = self._rows.Z, self._shares
        return 2 * float(shares @ np.einsum("fi,fi->i", Z, Z) - np.square(Z @ shares).sum())
