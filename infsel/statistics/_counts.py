"""Counting within columns."""

import numpy as np


def column_counts(cells: np.ndarray, n_cells: int) -> np.ndarray:
    """How often each cell number 0, ..., n_cells - 1 occurs in each column, shape (n_cells, n_features)."""
    n_features = cells.shape[1]
    separate = cells + n_cells * np.arange(n_features)
    return np.bincount(separate.ravel(), minlength=n_cells * n_features).reshape(n_features, n_cells).T
