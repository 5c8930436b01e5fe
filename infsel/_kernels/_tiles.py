"""Kernels that consume one tile of a Gram matrix while it is in cache."""

import numpy as np

from infsel._kernels._jit import jit


@jit
def independence(tile: np.ndarray, close: float) -> int:
    """Replace every correlation r of the tile by 1 - |r|, in place, and count those below `close`."""
    n_rows, n_columns = tile.shape
    count = 0
    for i in range(n_rows):
        for j in range(n_columns):
            tile[i, j] = max(0.0, 1.0 - abs(tile[i, j]))  # round-off can push |r| past 1
            count += tile[i, j] < close
    return count


@jit
def measure_close(
    tile: np.ndarray, close: float, P: np.ndarray, Q: np.ndarray, of_rows: np.ndarray, of_columns: np.ndarray
) -> None:
    """Where 1 - |r| is below `close`, half the squared distance of the rows P_i and Q_j up to sign, or 0 in round-off.

    `of_rows` and `of_columns` say up to which value it is round-off for a row and for a column of the tile.
    """
    n_rows, n_columns = tile.shape
    for i in range(n_rows):
        for j in range(n_columns):
            if tile[i, j] < close:
                apart = 0.5 * _squared_distance(P[i], Q[j])
                tile[i, j] = 0.0 if apart <= max(of_rows[i], of_columns[j]) else apart


@jit
def _squared_distance(p: np.ndarray, q: np.ndarray) -> float:
    alike, opposed = 0.0, 0.0
    for k in range(len(p)):
        difference, total = np.float64(p[k]) - q[k], np.float64(p[k]) + q[k]
        alike += difference * difference
        opposed += total * total
    return min(alike, opposed)


@jit
def exceed(tile: np.ndarray, of_rows: np.ndarray, of_columns: np.ndarray) -> None:
    """Replace every entry g of the tile by a_i + b_j - |g|, in place."""
    n_rows, n_columns = tile.shape
    for i in range(n_rows):
        for j in range(n_columns):
            tile[i, j] = of_rows[i] - abs(tile[i, j]) + of_columns[j]


@jit
def add_symmetric_product(
    tile: np.ndarray, x_rows: np.ndarray, x_columns: np.ndarray, y_rows: np.ndarray, y_columns: np.ndarray
) -> None:
    """Let one off-diagonal tile of a symmetric matrix serve both halves of y += A x in a single read."""
    n_rows, n_columns = tile.shape
    for i in range(n_rows):
        x, y = x_rows[i], 0.0
        for j in range(n_columns):
            y += tile[i, j] * x_columns[j]
            y_columns[j] += tile[i, j] * x
        y_rows[i] += y
