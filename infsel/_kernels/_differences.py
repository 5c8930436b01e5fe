"""Kernels over the absolute differences between all pairs of rows."""

import numpy as np

from infsel._kernels._jit import jit


@jit
def add_distances(rows: np.ndarray, distances: np.ndarray) -> None:
    """Add the l1 distances between rows, over the columns of this block, below the diagonal of `distances`."""
    n_rows, n_columns = rows.shape
    for i in range(n_rows):
        for j in range(i):
            total = 0.0
            for k in range(n_columns):
                total += abs(rows[i, k] - rows[j, k])
            distances[i, j] += total


@jit
def weigh_differences(columns: np.ndarray, weights: np.ndarray, sums: np.ndarray) -> None:
    """sums[k] = sum over i > j of weights[i, j] |columns[k, i] - columns[k, j]|, columns of the table lying as rows."""
    n_columns, n_rows = columns.shape
    sums[:] = 0.0
    for i in range(n_rows):
        for k in range(n_columns):
            own, total = columns[k, i], 0.0
            for j in range(i):
                total += weights[i, j] * abs(own - columns[k, j])
            sums[k] += total
