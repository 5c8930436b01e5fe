"""Kernels that consume one tile of a Gram matrix while it is in cache."""

import numpy as np

from infsel._kernels._jit import jit


@jit
def independence(tile: np.ndarray) -> None:
    """Replace every correlation r of the tile by 1 - |r|, in place."""
    n_rows, n_columns = tile.shape
    for i in range(n_rows):
        for j in range(n_columns):
            tile[i, j] = max(0.0, 1.0 - abs(tile[i, j]))  # round-off can push |r| past 1


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
