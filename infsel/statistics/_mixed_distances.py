"""Distances between samples of tables with gaps and labels."""

from __future__ import annotations

import numpy as np

from infsel.statistics._sample_distances import SampleDistances
from infsel.statistics._unit_range import unit_range
from infsel.tables import MixedTable


class MixedDistances(SampleDistances):
    """l1 distances between samples: numbers scaled to [0, 1], and 1 between different labels.

    From a gap a column is as far as the other sample lies from all that have the column, on average, and two gaps are
    as far apart as two that have it. With `filled` f and `missing` m that is |f_i - f_j| + r_i m_j + m_i r_j, where r
    is what the filled number leaves out, and in a gap half of the mean distance: two matrix products beside the
    differences. Labels are half the distance of columns of 0 and 1, filled with the share of each label.

    Parameters
    ----------
    table : MixedTable of shape (n_samples, n_features)
    weights : ndarray of shape (n_samples,)
        As for `SampleDistances`.
    informs : ndarray of bool of shape (n_features,), default=None
        Columns of numbers whose gaps are a value of their own: 1 from all that is there, and 0 from each other.
    """

    def __init__(self, table: MixedTable, weights: np.ndarray, informs: np.ndarray | None = None) -> None:
        informs = np.zeros(table.shape[1], dtype=bool) if informs is None else informs
        rows: list[np.ndarray] = []
        owner: list[int] = []
        left: list[np.ndarray] = []
        gappy = np.flatnonzero((table.gaps() > 0) & (table.gaps() < len(table)))
        for column in range(table.shape[1]):
            x, gap = table.numbers[:, column].astype(np.float64), table.missing[:, column]
            block = _of_labels(x, gap, weights) if table.nominal[column] else _of_numbers(x, gap, weights)
            rows += block
            owner += [column] * len(block)
            if column in gappy:
                left.append(_left(block, gap, weights, bool(table.nominal[column]), bool(informs[column])))
        self.weights, self.alive = weights, np.ones(table.shape[1], dtype=bool)
        self._unit = np.ascontiguousarray(rows)
        self._owner, self._gappy = np.array(owner), gappy
        self._left = np.array(left).reshape(-1, len(table))
        self._missing = table.missing.T[gappy].astype(np.float64)
        self._columns, self._matrix = self._unit, None

    def _write(self, start: int, first: int, D: np.ndarray) -> None:
        super()._write(start, first, D)
        own, others = slice(start, start + len(D)), slice(first, first + D.shape[1])
        D += self._left[:, own].T @ self._missing[:, others]
        D += self._missing[:, own].T @ self._left[:, others]

    def _powers(self, D: np.ndarray, start: int, center: float) -> np.ndarray:
        count, own = self.weights[start : start + len(D)], D.diagonal().copy()
        alone = count * (count - np.maximum(count - 1, 0))  # its gaps lie apart, but it is no pair
        left_over = np.array([0.0, alone @ own, alone @ (np.square(own - center) - center**2)])
        return super()._powers(D, start, center) - left_over

    def _weighed(self, A: np.ndarray, start: int) -> np.ndarray:
        sums = np.bincount(self._owner, super()._weighed(A, start), minlength=len(self.alive))
        own = slice(start, start + len(A))
        for one, other in ((self._left, self._missing), (self._missing, self._left)):
            sums[self._gappy] += np.einsum("fi,fi->f", one[:, own], other @ A.T)
        return sums


def _of_numbers(x: np.ndarray, gap: np.ndarray, weights: np.ndarray) -> list[np.ndarray]:
    """The numbers scaled to [0, 1], with their mean in the gaps."""
    result = np.zeros(len(x))
    if not gap.all():
        there = ~gap
        result[there] = unit_range(x[there, np.newaxis])[:, 0]
        result[gap] = np.average(result[there], weights=weights[there])
    return [result]


def _of_labels(x: np.ndarray, gap: np.ndarray, weights: np.ndarray) -> list[np.ndarray]:
    """Half of the indicator of each label that is there, with its share in the gaps."""
    there, total = ~gap, max(float(weights[~gap].sum()), np.finfo(float).tiny)
    return [
        np.where(gap, weights[there] @ (x[there] == label) / total, x == label) / 2 for label in np.unique(x[there])
    ] or [np.zeros(len(x))]


def _left(block: list[np.ndarray], gap: np.ndarray, weights: np.ndarray, labels: bool, informs: bool) -> np.ndarray:
    """What the filled column leaves out of the distance of each sample from a gap; in a gap, half of that of two."""
    there, w = ~gap, weights[~gap] / weights[~gap].sum()
    if labels:  # the shares of the labels leave nothing out between a label and a gap
        return np.where(gap, (1 - sum(float(2 * row[gap][0]) ** 2 for row in block)) / 2, 0)
    x = block[0]
    if informs:
        return np.where(gap, 0, 1 - np.abs(x - x[gap][0]))
    expected = _mean_differences(x[there], w)
    result = np.full(len(x), w @ expected / 2)
    result[there] = expected - np.abs(x[there] - x[gap][0])
    return result


def _mean_differences(x: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """sum_j share_j |x_i - x_j| for every i, in the time of a sort."""
    order = np.argsort(x, kind="stable")
    x, w = x[order], shares[order]
    below, mass = np.cumsum(w * x), np.cumsum(w)
    result = np.empty(len(x))
    result[order] = x * (2 * mass - 1) - 2 * below + below[-1]
    return result
