"""Spread, unit columns and ranks of what is there, in one pass while a block is in cache.

`numbers` are an array of shape (n_samples, n_features) with NaN in gaps, `counts` the weights of its samples.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from infsel._runtime.memory import allocate
from infsel.tables._dense import DenseTable
from infsel.tables._ranks import rank_rows
from infsel.tables._varying import differ

Center = Callable[[np.ndarray, np.ndarray, np.ndarray], None]

_WHAT, _REMEDY = "the standardized columns of X", "pass float32 numbers or fewer columns"


def standard_deviation(numbers: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Standard deviation of what is there, with ddof 0, shape (n_features,); 0 where nothing is."""
    result = np.empty(numbers.shape[1], numbers.dtype)

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        gone = np.isnan(rows)
        units, _ = _center(rows, gone, work, counts)
        total = np.maximum(~gone @ counts, 1e-300)
        result[where] = units * np.sqrt(np.square(rows, out=work) @ counts / total)

    DenseTable(numbers).blocks(process)
    return result


def unit_columns(numbers: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Centered columns of norm 1 as rows, with 0 in gaps; a constant column is a row of zeros."""

    def center(rows: np.ndarray, gone: np.ndarray, work: np.ndarray) -> None:
        _, (low, high) = _center(rows, gone, work, counts)
        rows[~differ(low, high, numbers.dtype)] = 0

    return _units(numbers, counts, center)


def unit_ranks(numbers: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The same of ranks among what is there."""
    weights = None if (counts == 1).all() else counts

    def center(rows: np.ndarray, gone: np.ndarray, work: np.ndarray) -> None:
        behind = np.nextafter(np.nan_to_num(np.fmax.reduce(rows, axis=1)), np.inf)
        np.copyto(rows, behind[:, np.newaxis], where=gone)
        rank_rows(rows, work, weights)
        rows -= (~gone @ counts)[:, np.newaxis] / 2 + 0.5
        rows[gone] = 0

    return _units(numbers, counts, center)


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


def _units(numbers: np.ndarray, counts: np.ndarray, center: Center) -> np.ndarray:
    """What `center` makes of blocks of columns, at norm 1."""
    result, root = allocate(numbers.shape[::-1], numbers.dtype, _WHAT, _REMEDY), np.sqrt(counts)

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        center(rows, np.isnan(rows), work)
        rows *= root
        norms = np.sqrt(np.square(rows, out=work).sum(axis=1))[:, np.newaxis]
        norms[norms == 0] = np.inf
        np.divide(rows, norms, out=result[where], casting="same_kind")

    DenseTable(numbers).blocks(process)
    return result
