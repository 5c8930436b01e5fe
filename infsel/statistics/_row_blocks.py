"""Distances between all samples, a block of rows at a time: no matrix of n_samples x n_samples is kept."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from infsel._kernels import add_weighted_distances, write_distances
from infsel._runtime.threads import in_threads
from infsel.tables import as_table
from infsel.targets import classes_of

_HEIGHT = 64  # rows that are compared with all others at once
_SHARE = 2**22  # differences that are worth a thread

Attend = Callable[[np.ndarray, int], None]


class RowBlocks:
    """The varying columns of a table scaled to [0, 1], its samples in the order of their classes.

    Attributes
    ----------
    alive : ndarray of bool of shape (n_features,)
        Which columns vary.
    table : ndarray of shape (n_samples, n_alive)
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    """

    def __init__(self, X: np.ndarray, y: Any, sample_weight: Any) -> None:
        codes = classes_of(y)[1]
        order = np.argsort(codes, kind="stable")
        self.alive, self._codes = as_table(X).varying(), codes[order]
        self.table = X[np.ix_(order, self.alive)].astype(np.float64)
        self.table /= 2  # halves, because high - low of the largest numbers overflows
        self.table -= self.table.min(axis=0)
        self.table /= self.table.max(axis=0)
        self.weights = np.ones(len(X)) if sample_weight is None else np.asarray(sample_weight, np.float64)[order]
        self._bounds = np.r_[0, np.cumsum(np.bincount(codes))].tolist()
        self._size = np.bincount(self._codes, self.weights) / self.weights.sum()

    def classes(self, start: int, n_rows: int) -> Iterator[tuple[slice, int, np.ndarray]]:
        """The members of each class, where the block lies among them, and the sign and share of the class for its rows.

        Shares are of all samples: margins add up to a mean over them.
        """
        own, count = (values[start : start + n_rows] for values in (self._codes, self.weights / self.weights.sum()))
        for k, share in enumerate(self._size):
            members = slice(self._bounds[k], self._bounds[k + 1])
            yield members, start - members.start, count * np.where(own == k, -1, share / (1 - self._size[own]))

    def margins(self, importance: np.ndarray, attend: Attend) -> np.ndarray:
        """sum_ij A_ij |x_if - x_jf| for every column f, where `attend` turns distances into A in place."""

        def of_block(D: np.ndarray, start: int) -> np.ndarray:
            attend(D, start)
            sums = np.zeros(self.table.shape[1])
            add_weighted_distances(self.table[start : start + len(D)], self.table, D, sums)
            return sums

        return self._sum(importance, of_block)

    def deviation(self, importance: np.ndarray) -> float:
        """Standard deviation of the distances between different samples, copies of one being different."""
        center = float(
            (np.abs(self.table[1:_HEIGHT] - self.table[0]) @ importance).mean()
        )  # of some, to lose no digits
        count, first, second = self._sum(importance, lambda D, start: self._powers(D, start, center))
        return float(np.sqrt(max(second / count - (first / count) ** 2, 0)))

    def _powers(self, D: np.ndarray, start: int, center: float) -> np.ndarray:
        """Sums of the powers 0, 1 and 2 of the distances less a center, over the pairs of a block with all samples."""
        count, w = self.weights[start : start + len(D)], self.weights
        alone = count @ (count - np.maximum(count - 1, 0))  # pairs of a sample with itself, whose distance is 0
        D -= center
        sums = count.sum() * w.sum(), count @ D @ w, count @ np.square(D, out=D) @ w
        return np.array(sums) - alone * np.array([1.0, -center, center**2])

    def _sum(self, importance: np.ndarray, of_block: Callable[[np.ndarray, int], np.ndarray]) -> np.ndarray:
        """The sum over blocks of rows of a function of their distances from all samples and of their first row."""
        used = importance > 0
        columns = np.ascontiguousarray((self.table[:, used] * importance[used]).T)
        n_samples = len(self.table)
        height = max(1, min(_HEIGHT, n_samples // 8))

        def share(starts: Iterable[int]) -> np.ndarray:
            D, parts = np.empty((height, n_samples)), []
            for start in starts:
                rows = np.ascontiguousarray(columns[:, start : start + height].T)
                write_distances(rows, columns, D[: len(rows)])
                parts.append(of_block(D[: len(rows)], start))
            return np.sum(parts, axis=0)

        smallest = max(1, _SHARE // (height * n_samples * max(1, len(columns))))
        return np.sum(in_threads(share, range(0, n_samples, height), smallest), axis=0)
