"""Wide tables, a block of columns at a time."""

from collections.abc import Callable, Iterator

import numpy as np

from infsel.tables import as_table

WIDTH = 4096


def blocks(X: np.ndarray, width: int = WIDTH) -> Iterator[tuple[slice, np.ndarray]]:
    """Blocks of at most `width` columns, in row-major double precision, and where they lie."""
    for start in range(0, X.shape[1], width):
        where = slice(start, start + width)
        yield where, np.ascontiguousarray(X[:, where], dtype=np.float64)


def by_blocks(X: np.ndarray, rate: Callable[[np.ndarray], np.ndarray], width: int = WIDTH) -> np.ndarray:
    """One number per column from a function of a block of columns, which sees no constant column: those get 0."""
    result = np.zeros(X.shape[1])
    for where, block in blocks(X, width):
        # before the change of precision, which decides what counts as the same value
        alive = as_table(X[:, where]).varying()
        if alive.any():
            result[where][alive] = rate(np.ascontiguousarray(block[:, alive]))
    return result
