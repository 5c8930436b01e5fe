"""Columns cut into bins."""

from typing import Any

import numpy as np
import scipy.sparse as sp

from infsel._kernels import write_bins
from infsel.tables._blocks import for_blocks
from infsel.tables._sharing import shared

_DENSE = 2**22  # numbers of a sparse table that are written down at once


@shared
def binned(X: Any, bins: int) -> np.ndarray:
    """`binned_by_weight` of samples that count alike."""
    return binned_by_weight(X, bins, np.ones(X.shape[0]))


def binned_by_weight(X: Any, bins: int, weights: np.ndarray) -> np.ndarray:
    """The bin 0, ..., bins - 1 that each value of a column lies in, shape (n_features, n_samples).

    A column of at most so many different values keeps them apart. Any other is cut into bins of equal weight, by the
    middle rank of each value, so that ties stay together. A byte holds a bin: there are at most 256.
    """
    codes = np.empty(X.shape[::-1], np.uint8)
    if not sp.issparse(X):
        _write(X, bins, weights, codes)
        return codes
    width = max(1, _DENSE // X.shape[0])
    for start in range(0, X.shape[1], width):
        _write(X[:, start : start + width].toarray(), bins, weights, codes[start : start + width])
    return codes


def _write(X: np.ndarray, bins: int, weights: np.ndarray, codes: np.ndarray) -> None:
    def process(where: slice, rows: np.ndarray, _: np.ndarray) -> None:
        write_bins(rows, np.argsort(rows, axis=1), bins, weights, codes[where])

    for_blocks(X, process)
