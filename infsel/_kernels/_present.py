"""Kernels that center what is there of rows with NaN in their gaps, which then hold 0: in place of a dozen passes."""

import numpy as np

from infsel._kernels._jit import jit


@jit
def center_present(rows: np.ndarray, weights: np.ndarray, scales: np.ndarray, totals: np.ndarray) -> None:
    """Multiply each row by its scale and subtract the weighted mean; `totals` gets what is there weighs."""
    for i in range(len(rows)):
        row, total = rows[i], 0.0
        for j in range(len(row)):
            row[j] *= scales[i]
            total += weights[j] if row[j] == row[j] else 0.0
        first = _mean(row, weights, 0.0, total)
        # the first mean is round-off away from the true one
        second = _mean(row, weights, first, total)
        for j in range(len(row)):
            row[j] = row[j] - first - second if row[j] == row[j] else 0.0
        totals[i] = total


@jit
def center_ranks(rows: np.ndarray, weights: np.ndarray) -> None:
    """Subtract the mean of all ranks from each row, of which it is half the weight that is there and half of one."""
    for i in range(len(rows)):
        row, total = rows[i], 0.0
        for j in range(len(row)):
            total += weights[j] if row[j] == row[j] else 0.0
        for j in range(len(row)):
            row[j] = row[j] - (total / 2 + 0.5) if row[j] == row[j] else 0.0


@jit
def _mean(row: np.ndarray, weights: np.ndarray, origin: float, total: float) -> float:
    found = 0.0
    for j in range(len(row)):
        found += weights[j] * (row[j] - origin) if row[j] == row[j] else 0.0
    return found / total if total > 0 else 0.0
