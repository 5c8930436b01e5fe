"""Kernels that compare the rows of a table."""

import numpy as np

from infsel._kernels._jit import jit

_COLUMNS, _ROWS = 64, 256  # of a tile that stays in cache while every row of a block is compared with it


@jit
def write_distances(columns: np.ndarray, start: int, first: int, D: np.ndarray) -> None:
    """l1 distances of the rows from `start` on, as many as D has, from those from `first` on, as many as D is wide.

    The columns of the table lie as rows: D_ij = sum_f |columns_f,start+i - columns_f,first+j|.
    """
    D[:] = 0.0
    for f in range(0, len(columns), _COLUMNS):
        for j in range(0, D.shape[1], _ROWS):
            for i in range(0, len(D) - 1, 2):  # two rows, as below four columns: what is read serves several sums
                _add_two(columns, f, start + i, first + j, D[i, j : j + _ROWS], D[i + 1, j : j + _ROWS])
            if len(D) % 2:
                _add_one(columns, f, f + _COLUMNS, start + len(D) - 1, first + j, D[len(D) - 1, j : j + _ROWS])


@jit
def _add_two(columns: np.ndarray, first: int, i: int, j: int, P: np.ndarray, Q: np.ndarray) -> None:
    last = min(first + _COLUMNS, len(columns))
    even = last - (last - first) % 4
    stop = j + len(P)
    for f in range(first, even, 4):
        A, B, C, D = columns[f, j:stop], columns[f + 1, j:stop], columns[f + 2, j:stop], columns[f + 3, j:stop]
        a, b, c, d = columns[f, i], columns[f + 1, i], columns[f + 2, i], columns[f + 3, i]
        p, q, r, s = columns[f, i + 1], columns[f + 1, i + 1], columns[f + 2, i + 1], columns[f + 3, i + 1]
        for k in range(len(P)):
            P[k] += abs(a - A[k]) + abs(b - B[k]) + abs(c - C[k]) + abs(d - D[k])
            Q[k] += abs(p - A[k]) + abs(q - B[k]) + abs(r - C[k]) + abs(s - D[k])
    _add_one(columns, even, last, i, j, P)
    _add_one(columns, even, last, i + 1, j, Q)


@jit
def _add_one(columns: np.ndarray, first: int, last: int, i: int, j: int, P: np.ndarray) -> None:
    for f in range(first, min(last, len(columns))):
        a, A = columns[f, i], columns[f, j : j + len(P)]
        for k in range(len(P)):
            P[k] += abs(a - A[k])


@jit
def weigh_differences(columns: np.ndarray, start: int, A: np.ndarray, sums: np.ndarray) -> None:
    """Add sum_ij A_ij |columns_f,start+i - columns_fj| to the sum of every column f: of an A without zeros."""
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
        total += A[j] * abs(a - x[j]) + B[j] * abs(b - x[j]) + C[j] * abs(c - x[j]) + D[j] * abs(d - x[j])
    return total


@jit
def _weigh_one(x: np.ndarray, a: float, A: np.ndarray) -> float:
    total = 0.0
    for j in range(len(x)):
        total += A[j] * abs(a - x[j])
    return total
