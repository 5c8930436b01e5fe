"""Which columns are constant."""

import numpy as np

_ULPS = 4


def varying(X: np.ndarray) -> np.ndarray:
    """Which columns hold more than one value, as a mask of shape (n_features,).

    Values that differ by a few units in the last place are the same value: ranks would amplify that round-off to
    full strength.
    """
    return differ(X.min(axis=0), X.max(axis=0), X.dtype)


def differ(low: np.ndarray, high: np.ndarray, precision: np.dtype) -> np.ndarray:
    """Whether the lowest and the highest number are more than a few units in the last place of `precision` apart."""
    # halves, because high - low of the largest numbers overflows
    return high / 2 - low / 2 > _ULPS / 2 * np.finfo(precision).eps * np.maximum(np.abs(low), np.abs(high))
