"""Columns cut into bins."""

from __future__ import annotations

import numpy as np

from infsel._kernels import write_bins
from infsel.tables._blocks import Blocks


def binned(table: Blocks, bins: int) -> np.ndarray:
    """The bin 0, ..., bins - 1 that each value of a column lies in, shape (n_features, n_samples).

    A column of at most so many different values keeps them apart. Any other is cut into bins of equal weight, by the
    middle rank of each value, so that ties stay together. A byte holds a bin: there are at most 256.
    """
    codes = np.empty(table.shape[::-1], np.uint8)
    weights = table.relative_counts

    def process(where: slice, rows: np.ndarray, _: np.ndarray) -> None:
        write_bins(rows, np.argsort(rows, axis=1), bins, weights, codes[where])

    table.blocks(process)
    return codes
