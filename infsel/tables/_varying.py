"""Which columns are constant."""

from collections.abc import Iterable

import numpy as np

from infsel._runtime.threads import in_threads

_ULPS = 4
_CHUNK = 2**17  # numbers of a tall table that stay in cache while both extremes are looked for


def extremes(X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest number of each column, NaN where it holds one."""
    height = _CHUNK // max(1, X.shape[1])
    if not X.flags.c_contiguous or height < 8 or len(X) <= height:
        return X.min(axis=0), X.max(axis=0)

    def share(starts: Iterable[int]) -> tuple[np.ndarray, np.ndarray]:
        found = [(rows.min(axis=0), rows.max(axis=0)) for rows in (X[start : start + height] for start in starts)]
        low, high = zip(*found, strict=True)
        return np.min(low, axis=0), np.max(high, axis=0)

    low, high = zip(*in_threads(share, range(0, len(X), height), smallest_share=8), strict=True)
    return np.min(low, axis=0), np.max(high, axis=0)


def differ(low: np.ndarray, high: np.ndarray, precision: np.dtype) -> np.ndarray:
    """Whether the lowest and the highest number are more than a few units in the last place of `precision` apart."""
    # halves, because high - low of the largest numbers overflows
    return high / 2 - low / 2 > _ULPS / 2 * np.finfo(precision).eps * np.maximum(np.abs(low), np.abs(high))
