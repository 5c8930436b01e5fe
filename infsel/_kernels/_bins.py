"""Kernels that cut rows into bins of equal weight, all by one rule."""

import numpy as np

from infsel._kernels._jit import jit

_CLOSE = 1e-9  # of a bin: what lies no farther below an edge lies on it, so that weights and repeated samples cut alike
_ULPS = 8  # of positions in single precision, which are no closer than that


@jit
def write_bins(rows: np.ndarray, order: np.ndarray, bins: int, weights: np.ndarray, codes: np.ndarray) -> None:
    """Bins of equal weight by middle ranks, or one for each value where there are no more; `order` sorts the rows."""
    total = weights.sum()
    for i in range(len(rows)):
        row, sequence = rows[i], order[i]
        each = _n_distinct(row, sequence) <= bins
        start, number, below = 0, 0, 0.0
        while start < len(row):
            stop, mass = _end_of_run(row, sequence, start, weights)
            code = number if each else _bin_of((below + mass / 2) * bins / total, bins, _CLOSE)
            for j in range(start, stop):
                codes[i, sequence[j]] = code
            start, number, below = stop, number + 1, below + mass


@jit
def write_bins_of_positions(U: np.ndarray, bins: int, codes: np.ndarray) -> None:
    """Bins of equal weight by the shares of the weight that lie below the middle of each value, in (0, 1)."""
    close = max(_CLOSE, bins * _ULPS * 2.0**-23) if U.itemsize == 4 else _CLOSE
    for i in range(len(U)):
        for j in range(U.shape[1]):
            codes[i, j] = _bin_of(float(U[i, j]) * bins, bins, close)


@jit
def _bin_of(place: float, bins: int, close: float) -> int:
    return min(bins - 1, int(place + close))


@jit
def _n_distinct(row: np.ndarray, sequence: np.ndarray) -> int:
    count = 1
    for j in range(1, len(sequence)):
        count += row[sequence[j]] != row[sequence[j - 1]]
    return count


@jit
def _end_of_run(row: np.ndarray, sequence: np.ndarray, start: int, weights: np.ndarray) -> tuple[int, float]:
    """Where a run of equal values ends, and what it weighs."""
    stop, mass = start, 0.0
    while stop < len(sequence) and row[sequence[stop]] == row[sequence[start]]:
        mass += weights[sequence[stop]]
        stop += 1
    return stop, mass
