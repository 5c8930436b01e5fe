"""Attention between rows: kernel ridge regression with a Gaussian of their distances."""

import numpy as np
import scipy.linalg

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
        Z, eps, distance = self._rows.Z, float(np.finfo(self._Y.dtype).eps), self._mean_distance()
        if not distance:
            self.errors = self.null_errors
            return np.zeros(len(Z))  # a part of the samples may lack the rare values that are left
        G = self._rows.G
        K = self.kernel(G, distance)
        with wide(K.size * len(Z)):
            a = self.solution(self.relation(K, G, distance))
            M = np.multiply(a @ a.T, self.slope(K), out=K)
            result = _forms(M, Z)
        self.resolution = _ULPS * eps * float((np.square(Z) @ np.abs(M, out=M).sum(axis=1)).max())
        return result

    def restrict(self, stays: np.ndarray) -> None:
        """Go on with fewer columns."""
        self._rows.restrict(stays)

    def kernel(self, G: np.ndarray, distance: float) -> np.ndarray:
        """How much each sample attends to each other, before normalization: K, shape (n_samples, n_samples).

        Parameters
        ----------
        G : ndarray of shape (n_samples, n_samples)
            Products of the samples.
        distance : float
            Mean D2.
        """
        squares = np.diag(G)
        exponent = G - squares / 2
        exponent -= squares[:, np.newaxis] / 2
        exponent *= 2 / (self._bandwidth * distance)
        np.minimum(exponent, 0, out=exponent)  # round-off between equal samples
        return np.exp(exponent, out=exponent)

    def relation(self, K: np.ndarray, G: np.ndarray, distance: float) -> np.ndarray:
        """What predicts samples from each other, a new array: K itself."""
        return K.copy()

    def slope(self, K: np.ndarray) -> np.ndarray:
        """How fast that falls with D2, in units of the distance at which K does; K may be overwritten."""
        return K

    def solution(self, B: np.ndarray) -> np.ndarray:
        """a, weighted, so that B a predicts; shape (n_samples, n_targets). B is overwritten."""
        root = np.sqrt(self.counts)[:, np.newaxis]
        means = B @ self._shares
        B -= means
        B -= (means - self._shares @ means)[:, np.newaxis]
        trace, total = float(self.counts @ np.diag(B)), float(self.counts.sum())
        if (root != 1).any():
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
        """The mean squared distance between two samples, 0 where it is round-off."""
        Z, shares = self._rows.Z, self._shares
        square = float(shares @ np.einsum("fi,fi->i", Z, Z))
        distance = 2 * (square - float(np.square(Z @ shares).sum()))
        return distance if distance > _FLAT * float(np.finfo(Z.dtype).eps) * square else 0.0


def _forms(M: np.ndarray, Z: np.ndarray) -> np.ndarray:
    """z' M z - sum_i z_i^2 (M 1)_i for each row z of Z and a symmetric M.

    Of M - diag(M 1) one triangle with half of the diagonal is enough, and its product takes half of the time.
    """
    own = np.diag(M).copy()
    M.flat[:: len(M) + 1] = (own - M.sum(axis=1)) / 2
    times_triangle = scipy.linalg.get_blas_funcs("trmm", (M, Z))
    result: np.ndarray = 2 * np.einsum("fi,fi->f", times_triangle(1, M.T, Z.T).T, Z)
    M.flat[:: len(M) + 1] = own
    return result
