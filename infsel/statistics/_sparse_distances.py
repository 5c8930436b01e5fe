"""Distances between all samples of a sparse table, from the entries that they share."""

from collections.abc import Iterator

import numpy as np
import scipy.sparse as sp

from infsel._kernels import subtract_shared, subtract_weighed_shared
from infsel.statistics._sample_distances import Attend
from infsel.tables import differ

_HEIGHT = 64  # rows that are compared with all others at once


class SparseDistances:
    """What `SampleDistances` are, of a sparse table: l1 distances on the columns that vary, with a range of 1.

    Zeros stay zeros, because a shift of a column moves no difference. Two numbers differ by the sum of their sizes less
    what they share, nothing where one of them is zero: |a - b| = |a| + |b| - s(a, b). The sums cost one pass over the
    entries, and what is shared one over the pairs of entries in each column.

    Parameters
    ----------
    X : CSR array of shape (n_samples, n_features)
    weights : ndarray of shape (n_samples,)
        How often each sample counts; its copies are different samples at distance 0.

    Attributes
    ----------
    alive : ndarray of bool of shape (n_features,)
        Which columns vary.
    weights : ndarray of shape (n_samples,)
    """

    def __init__(self, X: sp.csr_array, weights: np.ndarray) -> None:
        low, high = (np.ravel(of(axis=0).toarray()) for of in (X.min, X.max))
        self.alive, self.weights = differ(low, high, X.dtype), weights
        spread = np.where(self.alive, high / 2.0 - low / 2.0, np.inf)  # halves: high - low of huge numbers overflows
        self._sizes = sp.csr_array((np.abs(X.data / 2.0) / spread[X.indices], X.indices, X.indptr), shape=X.shape)
        scaled = sp.csr_array((X.data / 2.0 / spread[X.indices], X.indices, X.indptr), shape=X.shape)
        self._rows, self._columns = _parts(scaled), _parts(sp.csc_array(scaled))
        self._lengths = self._sizes.sum(axis=1)

    def margins(self, attend: Attend) -> np.ndarray:
        """sum_ij A_ij |x_if - x_jf| for every column f, shape (n_features,), 0 where a column is constant.

        Parameters
        ----------
        attend : callable
            It turns a block of distances, of which the second argument says the first row, into A in place.
        """
        result, met = np.zeros(len(self.alive)), np.zeros(len(self.weights))
        for start, D in self._blocks():
            attend(D, start)
            met += D.sum(axis=0)
            met[start : start + len(D)] += D.sum(axis=1)
            subtract_weighed_shared(self._rows, self._columns, start, D, result)
        return np.asarray(result + self._sizes.T @ met)

    def deviation(self) -> float:
        """Standard deviation of the distances between different samples, copies of one being different."""
        w, first, second = self.weights, 0.0, 0.0
        center = float(next(self._blocks())[1][0].mean())  # near the mean, so that the squares lose no digits
        for start, D in self._blocks():
            own = w[start : start + len(D)]
            D -= center
            first += own @ D @ w
            second += own @ np.square(D, out=D) @ w
        alone = w @ (w - np.maximum(w - 1, 0))  # pairs of a sample with itself, whose distance is 0
        count = w.sum() ** 2 - alone
        mean = (first + alone * center) / count
        return float(np.sqrt(max((second - alone * center**2) / count - mean**2, 0)))

    def _blocks(self) -> Iterator[tuple[int, np.ndarray]]:
        """Blocks of rows of the distances, each with its first row."""
        for start in range(0, len(self.weights), _HEIGHT):
            D = np.add.outer(self._lengths[start : start + _HEIGHT], self._lengths)
            subtract_shared(self._rows, self._columns, start, D)
            yield start, D


def _parts(S: sp.csr_array | sp.csc_array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return S.indptr.astype(np.intp), S.indices.astype(np.intp), S.data
