"""Kernels that compare the rows of a table."""

import numpy as np

from infsel._kernels._jit import jit


@jit
def add_weighted_distances(X: np.ndarray, A: np.ndarray, sums: np.ndarray) -> None:
    """Add sum_{i < j} A_ij |x_if - x_jf| to the sum of every column f."""
    n_rows, n_columns = X.shape
    for i in range(n_rows):
        for j in range(i + 1, n_rows):
            weight = A[i, j]
            if weight != 0.0:
                for f in range(n_columns):
                    sums[f] += weight * abs(X[i, f] - X[j, f])
