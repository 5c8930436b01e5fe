"""Distances between all samples, a block of rows at a time: no matrix of n_samples x n_samples is kept."""

from collections.abc import Callable, Iterable
from copy import copy
from typing import Self

import numpy as np

from infsel._kernels import weigh_differences, write_distances
from infsel._runtime.threads import in_threads
from infsel.statistics._unit_range import unit_range
from infsel.tables import differ

_HEIGHT = 64  # rows that are compared with all others at once, at most
_SHARE = 2**22  # differences that are worth a thread
_KEPT = 2**22  # distances that stay in memory between two readings

Attend = Callable[[np.ndarray, int], None]


class SampleDistances:
    """l1 distances between samples, on the columns that vary scaled to [0, 1].

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    weights : ndarray of shape (n_samples,)
        How often each sample counts; its copies are different samples at distance 0.
    ranges : ndarray of shape (n_features,), default=None
        What columns are scaled to, in place of 1.

    Attributes
    ----------
    alive : ndarray of bool of shape (n_features,)
        Which columns vary.
    weights : ndarray of shape (n_samples,)
    """

    def __init__(self, X: np.ndarray, weights: np.ndarray, ranges: np.ndarray | None = None) -> None:
        self.alive, self.weights = differ(X.min(axis=0), X.max(axis=0), X.dtype), weights
        self._unit = np.ascontiguousarray(unit_range(X[:, self.alive]).T)
        if ranges is not None:
            self._unit *= ranges[self.alive, np.newaxis]
        self._columns = self._unit
        self._matrix: np.ndarray | None = None

    def weighed(self, importance: np.ndarray) -> Self:
        """The distances in which each column that varies counts by its importance, shape (n_alive,)."""
        other, used = copy(self), importance > 0
        other._columns, other._matrix = self._unit[used] * importance[used, np.newaxis], None
        return other

    def margins(self, attend: Attend) -> np.ndarray:
        """sum_ij A_ij |x_if - x_jf| for every column f, shape (n_features,), 0 where a column is constant.

        Parameters
        ----------
        attend : callable
            It turns a block of distances, of which the second argument says the first row, into A in place.
        """

        def of_block(D: np.ndarray, start: int) -> np.ndarray:
            attend(D, start)
            return self._weighed(D, start)

        result = np.zeros(len(self.alive))
        result[self.alive] = self._sum(of_block)
        return result

    def deviation(self) -> float:
        """Standard deviation of the distances between different samples, copies of one being different."""
        if len(self.weights) ** 2 <= _KEPT:
            self._matrix = self._all()
        center = float(self._some().mean())  # near the mean, so that the squares lose no digits
        count, first, second = self._sum(lambda D, start: self._powers(D, start, center), behind=True)
        return float(np.sqrt(max(second / count - (first / count) ** 2, 0)))

    @property
    def _height(self) -> int:
        """Rows that are compared with all others at once."""
        return max(1, min(_HEIGHT, len(self.weights) // 8))

    def _some(self) -> np.ndarray:
        """A few of the distances."""
        if self._matrix is not None:
            return self._matrix[0, 1:_HEIGHT]
        some = np.empty((1, min(_HEIGHT, len(self.weights)) - 1))
        self._write(0, 1, some)
        return some

    def _write(self, start: int, first: int, D: np.ndarray) -> None:
        """The distances of a block of samples from those from `first` on."""
        write_distances(self._columns, start, first, D)

    def _weighed(self, A: np.ndarray, start: int) -> np.ndarray:
        """sum_ij A_ij |x_if - x_jf| over a block of samples i, for every column that varies."""
        sums = np.zeros(len(self._unit))
        weigh_differences(self._unit, start, A, sums)
        return sums

    def _powers(self, D: np.ndarray, start: int, center: float) -> np.ndarray:
        """Sums of the powers 0, 1 and 2 of the distances less a center, over the pairs of a block with all behind it.

        Pairs of two samples in the block occur there both ways; all others count twice.
        """
        count, w = self.weights[start : start + len(D)], self.weights[start:].copy()
        w[len(D) :] *= 2
        alone = count @ (count - np.maximum(count - 1, 0))  # pairs of a sample with itself, whose distance is 0
        D -= center
        sums = count.sum() * w.sum(), count @ D @ w, count @ np.square(D, out=D) @ w
        return np.array(sums) - alone * np.array([1.0, -center, center**2])

    def _all(self) -> np.ndarray:
        """The matrix of all distances, of which one half is computed."""
        n_samples = len(self.weights)
        matrix = np.empty((n_samples, n_samples))

        def share(starts: Iterable[int]) -> None:
            for start in starts:
                rows = slice(start, start + self._height)
                D = np.empty((len(matrix[rows]), n_samples - start))
                self._write(start, start, D)
                matrix[rows, start:], matrix[start:, rows] = D, D.T

        in_threads(share, range(0, n_samples, self._height), self._worth())
        return matrix

    def _sum(self, of_block: Callable[[np.ndarray, int], np.ndarray], behind: bool = False) -> np.ndarray:
        """The sum over blocks of rows of a function of their distances from all samples and of their first row.

        With `behind` from the samples in the block and behind it.
        """
        n_samples, height = len(self.weights), self._height

        def share(starts: Iterable[int]) -> np.ndarray:
            block, parts = np.empty(height * n_samples), []
            for start in starts:
                first, n_rows = start if behind else 0, min(height, n_samples - start)
                D = block[: n_rows * (n_samples - first)].reshape(n_rows, -1)
                if self._matrix is None:
                    self._write(start, first, D)
                else:
                    D[:] = self._matrix[start : start + n_rows, first:]
                parts.append(of_block(D, start))
            return np.sum(parts, axis=0)

        return np.sum(in_threads(share, range(0, n_samples, height), self._worth()), axis=0)

    def _worth(self) -> int:
        """Blocks of rows that are worth a thread."""
        return max(1, _SHARE // (self._height * max(1, self._columns.size)))
