"""Columns on one scale."""

import numpy as np


def unit_range(X: np.ndarray) -> np.ndarray:
    """Columns scaled to [0, 1] in double precision, in the shape of X; a constant one becomes 0."""
    unit = X.astype(np.float64)
    unit /= 2  # halves, because high - low of the largest numbers overflows
    unit -= unit.min(axis=0)
    high = unit.max(axis=0)
    unit /= np.where(high > 0, high, 1)
    return unit
