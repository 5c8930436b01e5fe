"""Distances between samples of tables whose columns lie in several processes: each adds up what its columns bring."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, Self

import numpy as np

from infsel._kernels import add_near, share_near, weigh_differences, write_distances
from infsel.statistics._nearest import NearestSamples
from infsel.statistics._sample_distances import SampleDistances
from infsel.statistics._unit_range import unit_range
from infsel.tables import Table

_SLAB = 2**22  # distances that are in this process at once


class SpreadDistances(SampleDistances):
    """What `SampleDistances` are; the distances come here, some rows of them at a time, and go where the columns are.

    Parameters
    ----------
    table : Table of shape (n_samples, n_features)
        It is distributed.
    weights : ndarray of shape (n_samples,)
        How often each sample counts, in place of what the table says.
    ranges : ndarray of shape (n_features,), default=None
        What columns are scaled to, in place of 1.
    """

    def __init__(self, table: Any, weights: np.ndarray, ranges: np.ndarray | None = None) -> None:
        self.alive, self.weights = table.varying(), weights
        self._rows = unit_rows(table)
        self._ranges = np.ones(len(self._rows)) if ranges is None else ranges
        self._importance = self._ranges
        self._matrix = None

    def weighed(self, importance: np.ndarray) -> Self:
        """The distances in which each column that varies counts by its importance, shape (n_alive,)."""
        other = super().__new__(type(self))
        other.__dict__ = {**vars(self), "_importance": np.zeros(len(self._rows)), "_matrix": None}
        other._importance[self.alive] = importance * self._ranges[self.alive]
        return other

    @property
    def _height(self) -> int:
        return max(1, _SLAB // len(self.weights))

    def _write(self, start: int, first: int, D: np.ndarray) -> None:
        D[:] = self._rows.sums(distances, self._importance, start, first, D.shape)

    def _weighed(self, A: np.ndarray, start: int) -> np.ndarray:
        return (self._ranges * self._rows.joined(_sums, start, A))[self.alive]

    def _worth(self) -> int:
        return sys.maxsize  # other processes do the work


class SpreadNearest(NearestSamples):
    """What `NearestSamples` are; the distances come here, some rows of them at a time, and who is near goes back.

    Parameters
    ----------
    table, weights, ranges
        As for `SpreadDistances`.
    n_neighbors : int
    """

    def __init__(self, table: Any, weights: np.ndarray, n_neighbors: int, ranges: np.ndarray | None = None) -> None:
        self.alive = table.varying()
        self._rows = unit_rows(table)
        self._ranges = np.ones(len(self._rows)) if ranges is None else ranges
        self._height = max(1, _SLAB // len(weights))
        self._slab: tuple[int, np.ndarray] | None = None
        self._look_for(n_neighbors, weights)

    def _nearest(self, start: int, n_rows: int, members: slice) -> tuple[np.ndarray, np.ndarray]:
        near = np.tile(np.arange(members.start, members.stop, dtype=np.int32), (n_rows, 1))
        A = np.ascontiguousarray(self._distances(start, n_rows)[:, members])
        share_near(A, self._weights, start, near, self._k, self._round_off, np.empty((2, self._room)))
        first = np.argsort(A == 0, axis=1, kind="stable")[:, : max(1, np.count_nonzero(A, axis=1).max())]
        return np.take_along_axis(near, first, axis=1), np.take_along_axis(A, first, axis=1)

    def _distances(self, start: int, n_rows: int) -> np.ndarray:
        """Those of some rows from all samples, which every group of samples asks for."""
        if self._slab is None or self._slab[0] != start:
            shape = n_rows, len(self._weights)
            self._slab = start, self._rows.sums(distances, self._ranges, start, 0, shape)
        return self._slab[1]

    def _add_differences(self, start: int, near: np.ndarray, weights: Sequence[np.ndarray], sums: np.ndarray) -> None:
        sums += (self._ranges * self._rows.joined(_differences, start, near, weights).T)[:, self.alive]

    def _worth(self) -> int:
        return sys.maxsize


def unit_rows(table: Any) -> Any:
    """The columns scaled to [0, 1] as rows where they lie, of zeros for those that do not vary."""
    return table.rows_by_blocks(_unit_rows, np.float64)


def _unit_rows(table: Table) -> np.ndarray:
    unit = unit_range(table.to_dense())
    unit[:, ~table.varying()] = 0
    return np.ascontiguousarray(unit.T)


def distances(
    rows: np.ndarray, numbers: np.ndarray, importance: np.ndarray, start: int, first: int, shape: tuple[int, int]
) -> np.ndarray:
    """What some rows bring to the l1 distances of samples from `start` on from those from `first` on."""
    own, D = importance[numbers], np.empty(shape)
    weighed = rows if (own == 1).all() else rows[own > 0] * own[own > 0, np.newaxis]
    write_distances(weighed, start, first, D)
    return D


def _sums(rows: np.ndarray, start: int, A: np.ndarray) -> np.ndarray:
    sums = np.zeros(len(rows))
    weigh_differences(rows, start, A, sums)
    return sums


def _differences(rows: np.ndarray, start: int, near: np.ndarray, weights: Sequence[np.ndarray]) -> np.ndarray:
    table, sums = np.ascontiguousarray(rows.T), np.zeros((len(weights), len(rows)))
    for A, total in zip(weights, sums, strict=True):
        add_near(table, start, near, A, total)
    return sums.T


def sample_distances(X: Any, weights: np.ndarray, ranges: np.ndarray | None = None) -> SampleDistances:
    """The distances between the samples of an array, or of a table whose columns lie in several processes."""
    return (SpreadDistances if isinstance(X, Table) else SampleDistances)(X, weights, ranges)


def nearest_samples(X: Any, weights: np.ndarray, n_neighbors: int, ranges: np.ndarray | None = None) -> NearestSamples:
    """The nearest samples of each of an array, or of a table whose columns lie in several processes."""
    return (SpreadNearest if isinstance(X, Table) else NearestSamples)(X, weights, n_neighbors, ranges)
