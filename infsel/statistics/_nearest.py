"""How much columns differ between samples and their nearest, of all or of each class."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from infsel._kernels import add_near, count_near, find_near
from infsel._runtime.threads import in_threads
from infsel.statistics._unit_range import unit_range
from infsel.tables import differ

_HEIGHT = 32  # rows that are compared with all others at once
_SHARE = 2**23  # differences that are worth a thread
_ULPS = 16

Groups = Callable[[int, int], Iterable[tuple[slice, np.ndarray]]]


class NearestSamples:
    """The nearest samples of each by l1 distances, on the columns that vary scaled to [0, 1].

    Samples that are equally far share the last places. Nothing of n_samples x n_samples is kept: beside the columns,
    once in double and once in single precision, a thread keeps 256 bytes a sample at most, and a
    kilobyte where so many are equally far.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    weights : ndarray of shape (n_samples,)
        How often each sample counts; its copies are different samples at distance 0.
    n_neighbors : int
        How many are looked for.
    ranges : ndarray of shape (n_features,), default=None
        What columns are scaled to, in place of 1.

    Attributes
    ----------
    alive : ndarray of bool of shape (n_features,)
        Which columns vary.
    """

    _height = _HEIGHT

    def __init__(self, X: np.ndarray, weights: np.ndarray, n_neighbors: int, ranges: np.ndarray | None = None) -> None:
        self.alive = differ(X.min(axis=0), X.max(axis=0), X.dtype)
        self._table = unit_range(X[:, self.alive])
        if ranges is not None:
            self._table *= ranges[self.alive]
        self._columns = np.ascontiguousarray(self._table.T, np.float32)
        self._look_for(n_neighbors, weights)

    def _look_for(self, n_neighbors: int, weights: np.ndarray) -> None:
        self._weights, self._k = weights, float(n_neighbors)
        self._room = 3 + int(min(len(weights), self._k / weights.min()))
        n = np.count_nonzero(self.alive)
        equal = _ULPS * np.finfo(np.float64).eps * np.array([n, n**0.5])  # of the terms, and of their sum
        self._round_off = (equal[0], equal[1])

    def differences(self, groups: Groups, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Differences to the nearest, times how much these differ in the target, and times how little.

        Parameters
        ----------
        groups : callable
            For the number of a first row and how many rows there are it yields groups of samples, as slices, and the
            share of each row that the nearest in the group divide.
        target : ndarray of shape (n_samples,)
            Samples differ in it by |target_i - target_j|, 1 at most.

        Returns
        -------
        sums : ndarray of shape (2, n_features)
            sum_i sum_m share_i / k |x_if - x_mf| d_im over the nearest m, where d_im says how much they differ in the
            target, and the same with 1 - d_im; 0 for a constant column.
        totals : ndarray of shape (2,)
            The same without |x_if - x_mf|.
        """
        n_samples, n_alive = len(self._weights), np.count_nonzero(self.alive)

        def share(starts: Iterable[int]) -> np.ndarray:
            sums = np.zeros((2, n_alive + 1))
            for start in starts:
                for members, shares in groups(start, min(self._height, n_samples - start)):
                    self._add(start, members, shares, target, sums)
            return sums

        found = np.sum(in_threads(share, range(0, n_samples, self._height), self._worth()), axis=0)
        sums = np.zeros((2, len(self.alive)))
        sums[:, self.alive] = found[:, :-1]
        return sums, found[:, -1]

    def _add(self, start: int, members: slice, shares: np.ndarray, target: np.ndarray, sums: np.ndarray) -> None:
        near, A = self._nearest(start, len(shares), members)
        A *= shares[:, np.newaxis]
        apart = np.minimum(np.abs(target[start : start + len(shares), np.newaxis] - target[near]), 1)
        weights = A * apart, A * (1 - apart)
        self._add_differences(start, near, weights, sums[:, :-1])
        sums[:, -1] += [each.sum() for each in weights]

    def _nearest(self, start: int, n_rows: int, members: slice) -> tuple[np.ndarray, np.ndarray]:
        """The numbers of those who may be among the nearest, and what each of them counts."""
        near, heap = self._near(start, n_rows, members), np.empty((2, self._room))
        return near, count_near(self._table, self._weights, start, near, self._k, self._round_off, heap)

    def _add_differences(self, start: int, near: np.ndarray, weights: Sequence[np.ndarray], sums: np.ndarray) -> None:
        """Add how much each column that varies differs, times each of the weights."""
        for A, total in zip(weights, sums, strict=True):
            add_near(self._table, start, near, A, total)

    def _worth(self) -> int:
        """Blocks of rows that are worth a thread."""
        return max(1, _SHARE // (self._height * max(1, self._table.size)))

    def _near(self, start: int, n_rows: int, members: slice) -> np.ndarray:
        """The numbers of those who may be among the nearest, and -1 behind them, shape (n_rows, width)."""
        everyone = np.arange(members.start, members.stop, dtype=np.int32)
        if self._weights[members].sum() <= self._k:
            return np.tile(everyone, (n_rows, 1))
        near, heaps = np.empty((n_rows, len(everyone)), np.int32), np.empty((n_rows, 2, self._room))
        sizes = find_near(self._columns, self._weights, start, members.start, self._k, heaps, near)
        width = sizes.max()
        return np.where(np.arange(width) < sizes[:, np.newaxis], near[:, :width], np.int32(-1))
