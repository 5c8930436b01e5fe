"""Distances between samples of tables with gaps and labels."""

from __future__ import annotations

import numpy as np

from infsel._kernels import add_mismatches, weigh_matches
from infsel.statistics._sample_distances import SampleDistances
from infsel.statistics._unit_range import unit_range
from infsel.tables import MixedTable


class MixedDistances(SampleDistances):
    """l1 distances between samples: numbers scaled to [0, 1], and 1 between different labels.

    From a gap a column is as far as the other sample lies from all that have the column, on average, and two gaps are
    as far apart as two that have it. With f numbers filled by the mean, or codes of labels and of gaps, and m where
    they are missing, that is d(f_i, f_j) + r_i m_j + m_i r_j, where d is |f_i - f_j|, or whether codes differ, and r
    what d leaves out of the mean distance to those that have the column, and in a gap half of what they have from each
    other.

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
        self.weights, self.alive = weights, np.ones(table.shape[1], dtype=bool)
        self._numbers, self._labels = np.flatnonzero(~table.nominal), np.flatnonzero(table.nominal)
        nobody = np.empty((0, len(table)))
        x, missing = table.numbers.T.astype(np.float64), table.missing.T
        filled = [_filled(x[f], missing[f], weights) for f in self._numbers]
        self._unit = np.ascontiguousarray(filled or nobody)
        self._codes = np.ascontiguousarray(np.where(missing, -1, x)[self._labels])
        self._gappy = np.flatnonzero(table.gaps())
        place = np.cumsum(~table.nominal) - 1
        left = [
            _left_of_labels(x[f], missing[f], weights)
            if table.nominal[f]
            else _left(self._unit[place[f]], missing[f], weights, bool(informs[f]))
            for f in self._gappy
        ]
        self._left = np.array(left or nobody)
        self._missing = missing[self._gappy].astype(np.float64)
        self._columns, self._matrix = self._unit, None

    def _write(self, start: int, first: int, D: np.ndarray) -> None:
        super()._write(start, first, D)
        add_mismatches(self._codes, start, first, D)
        own, others = slice(start, start + len(D)), slice(first, first + D.shape[1])
        D += self._left[:, own].T @ self._missing[:, others]
        D += self._missing[:, own].T @ self._left[:, others]

    def _powers(self, D: np.ndarray, start: int, center: float) -> np.ndarray:
        count, own = self.weights[start : start + len(D)], D.diagonal().copy()
        alone = count * (count - np.maximum(count - 1, 0))  # its gaps lie apart, but it is no pair
        left_over = np.array([0.0, alone @ own, alone @ (np.square(own - center) - center**2)])
        return super()._powers(D, start, center) - left_over

    def _weighed(self, A: np.ndarray, start: int) -> np.ndarray:
        sums, alike, own = np.zeros(len(self.alive)), np.zeros(len(self._labels)), slice(start, start + len(A))
        weigh_matches(self._codes, start, A, alike)
        sums[self._numbers], sums[self._labels] = super()._weighed(A, start), A.sum() - alike
        for one, other in ((self._left, self._missing), (self._missing, self._left)):
            sums[self._gappy] += np.einsum("fi,fi->f", one[:, own], other @ A.T)
        return sums


def _filled(x: np.ndarray, gap: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The numbers scaled to [0, 1], with their mean in the gaps."""
    result, there = np.zeros(len(x)), ~gap
    if there.any():
        result[there] = unit_range(x[there, np.newaxis])[:, 0]
        result[gap] = np.average(result[there], weights=weights[there])
    return result


def _left_of_labels(x: np.ndarray, gap: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """What codes of labels and of gaps leave out of the distance of each sample from a gap; in a gap, half of that."""
    there = ~gap
    if not there.any():
        return np.zeros(len(x))
    codes = np.unique(x[there], return_inverse=True)[1]
    shares = np.bincount(codes, weights[there]) / weights[there].sum()
    result = np.full(len(x), (1 - shares @ shares) / 2)
    result[there] = -shares[codes]
    return result


def _left(x: np.ndarray, gap: np.ndarray, weights: np.ndarray, informs: bool) -> np.ndarray:
    """What filled numbers leave out of the distance of each sample from a gap; in a gap, half of that of two."""
    there = ~gap
    if not there.any():
        return np.zeros(len(x))
    if informs:
        return np.where(gap, 0, 1 - np.abs(x - x[gap][0]))
    shares = weights[there] / weights[there].sum()
    expected = _mean_differences(x[there], shares)
    result = np.full(len(x), shares @ expected / 2)
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
