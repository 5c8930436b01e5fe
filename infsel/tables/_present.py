"""Spread, unit columns and ranks of what is there, in one pass while a block is in cache.

`numbers` are an array of shape (n_samples, n_features) with NaN in gaps, `counts` the weights of its samples, and
`extremes` the lowest and the highest number of each column, 0 where it has none.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from infsel._kernels import center_present, center_ranks
from infsel._runtime.memory import allocate
from infsel.tables._dense import DenseTable
from infsel.tables._ranks import rank_rows
from infsel.tables._varying import differ

Center = Callable[[slice, np.ndarray, np.ndarray], None]
Extremes = tuple[np.ndarray, np.ndarray]

_WHAT, _REMEDY = "the standardized columns of X", "pass float32 numbers or fewer columns"
_LEAST = -1021  # exponent of a unit whose inverse is a number


def standard_deviation(numbers: np.ndarray, counts: np.ndarray, extremes: Extremes) -> np.ndarray:
    """Standard deviation of what is there, with ddof 0, shape (n_features,); 0 where nothing is."""
    result, units, totals = np.empty(numbers.shape[1], numbers.dtype), _units(extremes), np.empty(numbers.shape[1])

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        center_present(rows, counts, 1 / units[where], totals[where])
        mean = np.square(rows, out=work) @ counts / np.maximum(totals[where], 1e-300)
        result[where] = units[where] * np.sqrt(mean)

    DenseTable(numbers).blocks(process)
    return result


def unit_columns(numbers: np.ndarray, counts: np.ndarray, extremes: Extremes) -> np.ndarray:
    """Centered columns of norm 1 as rows, with 0 in gaps; a constant column is a row of zeros."""
    constant, scales = ~differ(*extremes, numbers.dtype), 1 / _units(extremes)

    def center(where: slice, rows: np.ndarray, _: np.ndarray) -> None:
        center_present(rows, counts, scales[where], np.empty(len(rows)))
        rows[constant[where]] = 0

    return _normed(numbers, counts, center)


def unit_ranks(numbers: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The same of ranks among what is there."""
    weights = None if (counts == 1).all() else counts

    def center(_: slice, rows: np.ndarray, work: np.ndarray) -> None:
        rank_rows(rows, work, weights)
        center_ranks(rows, counts)

    return _normed(numbers, counts, center)


def _units(extremes: Extremes) -> np.ndarray:
    """Powers of two that keep squares from overflow and lose no digit."""
    _, exponents = np.frexp(np.maximum(-extremes[0], extremes[1]).astype(np.float64))
    return np.ldexp(1.0, np.maximum(exponents - 1, _LEAST))


def _normed(numbers: np.ndarray, counts: np.ndarray, center: Center) -> np.ndarray:
    """What `center` makes of blocks of columns, at norm 1."""
    result = allocate(numbers.shape[::-1], numbers.dtype, _WHAT, _REMEDY)
    root = None if (counts == 1).all() else np.sqrt(counts)

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        center(where, rows, work)
        if root is not None:
            rows *= root
        norms = np.sqrt(np.square(rows, out=work).sum(axis=1))[:, np.newaxis]
        norms[norms == 0] = np.inf
        np.divide(rows, norms, out=result[where], casting="same_kind")

    DenseTable(numbers).blocks(process)
    return result
