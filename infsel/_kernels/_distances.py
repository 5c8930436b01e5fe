"""Kernels that compare the rows of a table."""

import numpy as np

from infsel._kernels._jit import jit

_COLUMNS, _ROWS = 64, 512  # of a tile that stays in cache while every row of a block is compared with it
_WIDTH = 256  # columns at a time of which the sums and a few hundred rows stay in cache


@jit
def write_distances(rows: np.ndarray, columns: np.ndarray, D: np.ndarray) -> None:
    """l1 distances of some rows from all rows of a table, which lie in columns: D_ij = sum_f |rows_if - columns_fj|."""
    n_features, n_rows = columns.shape
    D[:] = 0.0
    for f in range(0, n_features, _COLUMNS):
        for start in range(0, n_rows, _ROWS):
            for i in range(len(rows)):
                _add_differences(
                    rows[i, f : f + _COLUMNS], columns[f : f + _COLUMNS, start : start + _ROWS], D[i, start:]
                )


@jit
def _add_differences(row: np.ndarray, tile: np.ndarray, sums: np.ndarray) -> None:
    n_features, n_rows = tile.shape
    even = n_features - n_features % 4
    for f in range(0, even, 4):  # four at a time: the sums are read and written less often
        a, b, c, d = row[f], row[f + 1], row[f + 2], row[f + 3]
        A, B, C, D = tile[f], tile[f + 1], tile[f + 2], tile[f + 3]
        for j in range(n_rows):
            sums[j] += abs(a - A[j]) + abs(b - B[j]) + abs(c - C[j]) + abs(d - D[j])
    for f in range(even, n_features):
        a, A = row[f], tile[f]
        for j in range(n_rows):
            sums[j] += abs(a - A[j])


@jit
def add_weighted_distances(rows: np.ndarray, table: np.ndarray, A: np.ndarray, sums: np.ndarray) -> None:
    """Add sum_ij A_ij |rows_if - table_jf| to the sum of every column f."""
    met = np.empty(len(table), np.intp)
    for start in range(0, table.shape[1], _WIDTH):
        stop = start + _WIDTH
        for i in range(len(rows)):
            count = 0
            for j in range(len(table)):
                met[count] = j
                count += A[i, j] != 0.0
            _add_row(rows[i, start:stop], table[:, start:stop], A[i], met[:count], sums[start:stop])


@jit
def _add_row(row: np.ndarray, table: np.ndarray, weights: np.ndarray, met: np.ndarray, sums: np.ndarray) -> None:
    even = len(met) - len(met) % 4
    for start in range(0, even, 4):  # as above
        i, j, k, m = met[start], met[start + 1], met[start + 2], met[start + 3]
        a, b, c, d = weights[i], weights[j], weights[k], weights[m]
        A, B, C, D = table[i], table[j], table[k], table[m]
        for f in range(len(row)):
            x = row[f]
            sums[f] += a * abs(x - A[f]) + b * abs(x - B[f]) + c * abs(x - C[f]) + d * abs(x - D[f])
    for j in met[even:]:
        a, A = weights[j], table[j]
        for f in range(len(row)):
            sums[f] += a * abs(row[f] - A[f])
