"""Kernels that add up rows by class."""

import numpy as np

from infsel._kernels._jit import jit


@jit
def add_class_sums(
    rows: np.ndarray, codes: np.ndarray, weights: np.ndarray, origins: np.ndarray, sums: np.ndarray, squares: np.ndarray
) -> None:
    """Add w d and w d^2 to the line of the class of each row, where d is the row less the origin of its class."""
    n_rows, n_columns = rows.shape
    for i in range(n_rows):
        k, w = codes[i], weights[i]
        for j in range(n_columns):
            d = rows[i, j] - origins[k, j]
            sums[k, j] += w * d
            squares[k, j] += w * d * d


@jit
def add_present_sums(
    X: np.ndarray,
    units: np.ndarray,
    codes: np.ndarray,
    weights: np.ndarray,
    counts: np.ndarray,
    origins: np.ndarray,
    sums: np.ndarray,
    squares: np.ndarray,
) -> None:
    """The same of columns times their units that hold NaN, with what is counted: an origin is the first number."""
    n_rows, n_columns = X.shape
    for i in range(n_rows):
        k, w = codes[i], weights[i]
        for j in range(n_columns):
            x = X[i, j] * units[j]
            if x == x:
                if counts[k, j] == 0.0:
                    origins[k, j] = x
                d = x - origins[k, j]
                counts[k, j] += w
                sums[k, j] += w * d
                squares[k, j] += w * d * d
