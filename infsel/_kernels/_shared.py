"""Kernels over the entries that rows of a sparse table share: what |a| + |b| exceeds |a - b| by.

The rows of the table are sparse, and so are its columns: `starts` says where the entries of each begin, `where` in
which column, or row, an entry stands, and `what` what it is.
"""

import numpy as np

from infsel._kernels._jit import jit

Sparse = tuple[np.ndarray, np.ndarray, np.ndarray]


@jit
def subtract_shared(rows: Sparse, columns: Sparse, first: int, D: np.ndarray) -> None:
    """Subtract from D_ij what row first + i and row j share, so that the sums of both become their l1 distance."""
    starts, where, what = rows
    of, who, entries = columns
    for i in range(len(D)):
        for k in range(starts[first + i], starts[first + i + 1]):
            for m in range(of[where[k]], of[where[k] + 1]):
                D[i, who[m]] -= _shared(what[k], entries[m])


@jit
def subtract_weighed_shared(rows: Sparse, columns: Sparse, first: int, A: np.ndarray, sums: np.ndarray) -> None:
    """Subtract from the sum of every column A_ij times what row first + i and row j share there, over all i and j."""
    starts, where, what = rows
    of, who, entries = columns
    for i in range(len(A)):
        for k in range(starts[first + i], starts[first + i + 1]):
            total = 0.0
            for m in range(of[where[k]], of[where[k] + 1]):
                total += A[i, who[m]] * _shared(what[k], entries[m])
            sums[where[k]] -= total


@jit
def _shared(a: float, b: float) -> float:
    return abs(a) + abs(b) - abs(a - b)
