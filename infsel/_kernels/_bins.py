"""Kernels that cut sorted rows into bins."""

import numpy as np

from infsel._kernels._jit import jit


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
            code = number if each else min(bins - 1, int((below + mass / 2) * bins / total))
            for j in range(start, stop):
                codes[i, sequence[j]] = code
            start, number, below = stop, number + 1, below + mass


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
