"""Unit columns and ranks of what is there, in one pass while a block is in cache."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from infsel._runtime.memory import allocate
from infsel.tables._dense import DenseTable
from infsel.tables._ranks import rank_rows
from infsel.tables._varying import differ

if TYPE_CHECKING:
    from infsel.tables._mixed import MixedTable

Center = Callable[[np.ndarray, np.ndarray, np.ndarray], None]

_WHAT, _REMEDY = "the standardized columns of X", "pass float32 numbers or fewer columns"


def standard_deviation(table: MixedTable) -> np.ndarray:
    """Standard deviation of what is there, with ddof 0, shape (n_features,); 0 where nothing is."""
    result, counts = np.empty(table.shape[1], table.dtype), table.counts

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        gone = np.isnan(rows)
        units, _ = _center(rows, gone, work, counts)
        total = np.maximum(~gone @ counts, 1e-300)
        result[where] = units * np.sqrt(np.square(rows, out=work) @ counts / total)

    DenseTable(table.numbers).blocks(process)
    return result


def unit_columns(table: MixedTable) -> np.ndarray:
    """Centered columns of norm 1 as rows, with 0 in gaps; a constant column is a row of zeros."""

    def center(rows: np.ndarray, gone: np.ndarray, work: np.ndarray) -> None:
        _, (low, high) = _center(rows, gone, work, table.counts)
        rows[~differ(low, high, table.dtype)] = 0

    return _units(table, center)


def unit_ranks(table: MixedTable) -> np.ndarray:
    """The same of ranks among what is there."""
    counts = table.counts

    def center(rows: np.ndarray, gone: np.ndarray, work: np.ndarray) -> None:
        rows[gone] = np.inf  # behind what is there
        rank_rows(rows, work, table.weights)
        rows -= (~gone @ counts)[:, np.newaxis] / 2 + 0.5
        rows[gone] = 0

    return _units(table, center)


def _center(
    rows: np.ndarray, gone: np.ndarray, work: np.ndarray, counts: np.ndarray
) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """Subtract the mean of what is there, in units that keep squares from overflow; the units, and the extremes."""
    low, high = np.nan_to_num(np.fmin.reduce(rows, axis=1)), np.nan_to_num(np.fmax.reduce(rows, axis=1))
    rows[gone] = 0
    _, exponents = np.frexp(np.maximum(-low, high))
    units = np.ldexp(1.0, exponents - 1)
    rows /= units[:, np.newaxis]
    total = np.maximum(~gone @ counts, 1e-300)
    for _ in range(2):  # the first mean is round-off away from the true one
        rows -= (np.multiply(rows, counts, out=work).sum(axis=1) / total)[:, np.newaxis]
        rows[gone] = 0
    return units, (low, high)


def _units(table: MixedTable, center: Center) -> np.ndarray:
    """What `center` makes of blocks of columns, at norm 1."""
    result, root = allocate(table.shape[::-1], table.dtype, _WHAT, _REMEDY), np.sqrt(table.counts)

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        center(rows, np.isnan(rows), work)
        if table.weights is not None:
            rows *= root
        norms = np.sqrt(np.square(rows, out=work).sum(axis=1))[:, np.newaxis]
        norms[norms == 0] = np.inf
        np.divide(rows, norms, out=result[where], casting="same_kind")

    DenseTable(table.numbers).blocks(process)
    return result
