"""The attention model for many samples, through a few of them."""

from collections.abc import Iterator

import numpy as np

from infsel.eliminations._gram import RowGram
from infsel.eliminations._rounds import RowRidge

_CHUNK = 2**22  # kernel entries at a time
_JITTER = 1e-6  # of the diagonal of K_mm, which is 1


class LandmarkRidge(RowRidge):
    """`AttentionRidge` with the kernel K_nm K_mm^-1 K_mn of m landmarks among n samples (Nystrom).

    All samples are fitted and every derivative is exact for that kernel, at O(n m) per column and round. With
    b = K_mm^-1 K_mn a, M = (a b') o K_nm and N = (b b') o K_mm the importance of a column z is
    2 z' M z_m - z^2' M 1 - z_m^2' M' 1 - (z_m' N z_m - z_m^2' N 1).

    Parameters
    ----------
    Z, Y, weights, regularization, bandwidth
        As for `AttentionRidge`.
    landmarks : ndarray of int of shape (n_landmarks,)
        Which samples they are.

    References
    ----------
    Williams, Seeger (2001). Using the Nystrom method to speed up kernel machines. NeurIPS 13.
    """

    def __init__(
        self,
        Z: np.ndarray,
        Y: np.ndarray,
        weights: np.ndarray,
        regularization: float,
        bandwidth: float,
        landmarks: np.ndarray,
    ) -> None:
        self._rows = RowGram(Z, landmarks)
        self._Y = Y.astype(Z.dtype)
        self._weights = weights.astype(Z.dtype)
        self._regularization = regularization
        self._bandwidth = bandwidth
        self._landmarks = landmarks

    def importance(self) -> np.ndarray:
        """The derivative for each column that remains, up to a common factor."""
        Z, marks = self._rows.Z, self._landmarks
        squares = np.einsum("fi,fi->i", Z, Z)
        shares = self._weights / self._weights.sum()
        mean = 2 * float(shares @ squares - np.square(Z @ shares).sum())
        scale = 2 / (self._bandwidth * mean)
        Zm = Z[:, marks]
        a, b = self._solution(squares, scale, _whitening(self._kernel(marks, squares, scale)))
        N = (b @ b.T) * self._kernel(marks, squares, scale)
        result = np.square(Zm) @ N.sum(axis=1) - np.einsum("fm,fm->f", Zm @ N, Zm)
        for rows in self._chunks():
            M = (a[rows] @ b.T) * self._kernel(rows, squares, scale)
            part = Z[:, rows]
            result += 2 * np.einsum("fm,fm->f", part @ M, Zm)
            result -= np.square(part) @ M.sum(axis=1) + np.square(Zm) @ M.sum(axis=0)
        return result

    def keep(self, stays: np.ndarray) -> None:
        """Go on with fewer columns."""
        self._rows.keep(stays)

    def _kernel(self, rows: slice | np.ndarray, squares: np.ndarray, scale: float) -> np.ndarray:
        exponent = self._rows.G[rows] - squares[rows, np.newaxis] / 2 - squares[self._landmarks] / 2
        return np.exp(np.minimum(scale * exponent, 0))

    def _solution(self, squares: np.ndarray, scale: float, W: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """a for all samples, weighted, and b for the landmarks.

        Columns of W K_mn, with W'W the inverse of K_mm, have the Nystrom kernel for inner products, so this is ridge
        regression on them; only their second moments are ever formed.
        """
        m, total = len(self._landmarks), float(self._weights.sum())
        mean, moment, toward = np.zeros(m), np.zeros((m, m)), np.zeros((m, self._Y.shape[1]))
        for rows in self._chunks():
            K = self._kernel(rows, squares, scale)
            weighted = K * self._weights[rows, np.newaxis]
            mean += weighted.sum(axis=0) / total
            moment += weighted.T @ K
            toward += weighted.T @ self._Y[rows]
        moment = W @ (moment - total * np.outer(mean, mean)) @ W.T
        penalty = self._regularization * float(np.trace(moment)) / total
        moment.flat[:: m + 1] += penalty
        slopes = W.T @ np.linalg.solve(moment, W @ toward)  # not SciPy's, as in AttentionRidge
        a, received = np.empty_like(self._Y), np.zeros((m, self._Y.shape[1]))
        for rows in self._chunks():
            K = self._kernel(rows, squares, scale)
            fitted = K @ slopes - mean @ slopes
            a[rows] = self._weights[rows, np.newaxis] * (self._Y[rows] - fitted) / penalty
            received += K.T @ a[rows]
        b = W.T @ (W @ received)
        return a, b.astype(a.dtype)

    def _chunks(self) -> Iterator[slice]:
        size = max(1, _CHUNK // len(self._landmarks))
        yield from (slice(start, start + size) for start in range(0, len(self._weights), size))


def spread_rows(output: np.ndarray, n_landmarks: int) -> np.ndarray:
    """Samples that represent all classes, or the whole range of numbers, in proportion; always the same ones."""
    shuffled = np.random.default_rng(0).permutation(len(output))
    by_target = shuffled[np.argsort(output[shuffled], kind="stable")]
    return np.sort(by_target[np.linspace(0, len(output) - 1, n_landmarks).astype(np.intp)])


def _whitening(K: np.ndarray) -> np.ndarray:
    """W with W'W the inverse of K, in double precision."""
    jitter = max(_JITTER, 64 * float(np.finfo(K.dtype).eps))
    return np.linalg.inv(np.linalg.cholesky(K.astype(np.float64) + jitter * np.eye(len(K))))
