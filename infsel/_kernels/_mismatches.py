"""Kernels that compare the rows of a table of labels."""

import numpy as np

from infsel._kernels._jit import jit

_COLUMNS, _ROWS = 64, 256  # as of distances


@jit
def add_mismatches(columns: np.ndarray, start: int, first: int, D: np.ndarray) -> None:
    """Add in how many columns each row from `start` on, as many as D has, differs from each from `first` on.

    The columns of the table lie as rows.
    """
    for f in range(0, len(columns), _COLUMNS):
        for j in range(0, D.shape[1], _ROWS):
            for i in range(len(D)):
                _add_mismatches(columns[f : f + _COLUMNS], start + i, first + j, D[i, j : j + _ROWS])


@jit
def _add_mismatches(columns: np.ndarray, i: int, j: int, P: np.ndarray) -> None:
    stop, even = j + len(P), len(columns) - len(columns) % 4
    for f in range(0, even, 4):
        A, B, C, D = columns[f, j:stop], columns[f + 1, j:stop], columns[f + 2, j:stop], columns[f + 3, j:stop]
        a, b, c, d = columns[f, i], columns[f + 1, i], columns[f + 2, i], columns[f + 3, i]
        for k in range(len(P)):
            P[k] += 1.0 * (a != A[k]) + 1.0 * (b != B[k]) + 1.0 * (c != C[k]) + 1.0 * (d != D[k])
    for f in range(even, len(columns)):
        a, A = columns[f, i], columns[f, j:stop]
        for k in range(len(P)):
            P[k] += a != A[k]


@jit
def weigh_matches(columns: np.ndarray, start: int, A: np.ndarray, sums: np.ndarray) -> None:
    """Add the sum of A_ij over where columns_f,start+i = columns_fj to the sum of every column f."""
    for first in range(0, len(columns), _COLUMNS):
        last = min(first + _COLUMNS, len(columns))
        for i in range(0, len(A) - 3, 4):
            for f in range(first, last):
                x, own = columns[f], columns[f, start + i : start + i + 4]
                sums[f] += _weigh_four(x, own[0], own[1], own[2], own[3], A[i], A[i + 1], A[i + 2], A[i + 3])
        for i in range(len(A) - len(A) % 4, len(A)):
            for f in range(first, last):
                sums[f] += _weigh_one(columns[f], columns[f, start + i], A[i])


@jit
def _weigh_four(
    x: np.ndarray, a: float, b: float, c: float, d: float, A: np.ndarray, B: np.ndarray, C: np.ndarray, D: np.ndarray
) -> float:
    total = 0.0
    for j in range(len(x)):
        total += (A[j] if a == x[j] else 0.0) + (B[j] if b == x[j] else 0.0)
        total += (C[j] if c == x[j] else 0.0) + (D[j] if d == x[j] else 0.0)
    return total


@jit
def _weigh_one(x: np.ndarray, a: float, A: np.ndarray) -> float:
    total = 0.0
    for j in range(len(x)):
        total += A[j] if a == x[j] else 0.0
    return total
