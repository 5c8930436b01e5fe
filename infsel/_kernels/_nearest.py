"""Kernels that find the nearest rows, and add up how much rows differ from theirs."""

import numpy as np

from infsel._kernels._distances import write_distances
from infsel._kernels._heap import admit
from infsel._kernels._jit import jit

_TILE = 256  # members at a time of which the distances from a block of rows stay in cache
_STEP = 32  # distances that are compared with a bound at once
_WIDTH = 256  # columns at a time of which the sums and a few hundred rows stay in cache
_EPS = np.float32(np.finfo(np.float32).eps)


@jit
def find_near(
    columns: np.ndarray, counts: np.ndarray, start: int, first: int, k: float, heaps: np.ndarray, near: np.ndarray
) -> np.ndarray:
    """Find who may be among the k nearest members of each row, by distances in single precision.

    Parameters
    ----------
    columns : ndarray of float32 of shape (n_features, n_samples)
        Numbers from 0 to 1.
    counts : ndarray of shape (n_samples,)
        How often each sample counts. No row is a neighbor of itself, but its copies are.
    start : int
        Number of the first row.
    first : int
        Number of the first member, which the others follow.
    k : float
    heaps : ndarray of shape (n_rows, 2, room)
        Work space, with room for as many members as count k together, and two.
    near : ndarray of int32 of shape (n_rows, n_members)
        Gets their numbers.

    Returns
    -------
    sizes : ndarray of int of shape (n_rows,)
        How many there are.
    """
    n_rows, n_members = near.shape
    sizes, held, totals = np.zeros(n_rows, np.intp), np.zeros(n_rows, np.intp), np.zeros(n_rows)
    reached = np.empty(near.shape, np.float32)
    for j in range(0, n_members, _TILE):
        D = np.empty((n_rows, min(_TILE, n_members - j)), np.float32)
        write_distances(columns, start, first + j, D)
        for i in range(n_rows):
            for step in range(0, D.shape[1], _STEP):
                bound = _bound(heaps[i], totals[i], k, len(columns))
                distances = D[i, step : step + _STEP]
                if not _any_within(distances, bound):
                    continue
                for d in range(len(distances)):
                    member = first + j + step + d
                    count = _times(counts, member, start + i)
                    if distances[d] <= bound and count > 0.0:
                        near[i, sizes[i]], reached[i, sizes[i]] = member, distances[d]
                        sizes[i] += 1
                        held[i], totals[i] = admit(heaps[i], held[i], totals[i], distances[d], count, k)
    for i in range(n_rows):  # the bound has fallen since the first of them came by
        sizes[i] = _keep_within(near[i], reached[i, : sizes[i]], _bound(heaps[i], totals[i], k, len(columns)))
    return sizes


@jit
def _bound(heap: np.ndarray, total: float, k: float, n_features: int) -> np.float32:
    """What no neighbor is farther than: the k-th distance so far, and what single precision may add to both."""
    if total < k:
        return np.float32(np.inf)
    limit = np.float32(heap[0, 0])
    return limit + np.float32(4.0) * _EPS * np.float32(n_features) * (np.float32(1.0) + limit)


@jit
def _any_within(distances: np.ndarray, bound: np.float32) -> bool:
    count = 0
    for d in range(len(distances)):
        count += distances[d] <= bound
    return count > 0


@jit
def _keep_within(near: np.ndarray, distances: np.ndarray, bound: np.float32) -> int:
    size = 0
    for m in range(len(distances)):
        near[size] = near[m]
        size += distances[m] <= bound
    return size


@jit
def count_near(
    table: np.ndarray,
    counts: np.ndarray,
    start: int,
    near: np.ndarray,
    k: float,
    round_off: tuple[float, float],
    heap: np.ndarray,
) -> np.ndarray:
    """What those who may be among the k nearest count, by distances in double precision: alike, and 1 together.

    Those that are as far as the k-th divide the places that nearer ones leave.

    Parameters
    ----------
    table : ndarray of shape (n_samples, n_features)
        What `find_near` has in single precision.
    counts, start, k
        As there.
    near : ndarray of int32 of shape (n_rows, width)
        Their numbers, and at the end of a row -1 for nobody.
    round_off : pair of float
        Distances no farther apart than the first plus the second times the k-th of them are equal.
    heap : ndarray of shape (2, room)
        Work space.

    Returns
    -------
    A : ndarray of shape (n_rows, width)
    """
    A = np.zeros(near.shape)
    for i in range(len(near)):
        for m in range(near.shape[1]):
            if near[i, m] >= 0:
                A[i, m] = _distance(table[start + i], table[near[i, m]])
    share_near(A, counts, start, near, k, round_off, heap)
    return A


@jit
def share_near(
    A: np.ndarray,
    counts: np.ndarray,
    start: int,
    near: np.ndarray,
    k: float,
    round_off: tuple[float, float],
    heap: np.ndarray,
) -> None:
    """The same, in place, from their distances in double precision."""
    for i in range(len(near)):
        size, total, own = 0, 0.0, start + i
        for m in range(near.shape[1]):
            if near[i, m] >= 0:
                size, total = admit(heap, size, total, A[i, m], _times(counts, near[i, m], own), k)
        limit = heap[0, 0] if total >= k else np.inf
        slack = round_off[0] + round_off[1] * limit if limit < np.inf else 0.0
        _share(A[i], near[i], counts, own, k, limit - slack, limit + slack)


@jit
def _distance(x: np.ndarray, y: np.ndarray) -> float:
    total = 0.0
    for f in range(len(x)):
        total += abs(x[f] - y[f])
    return total


@jit
def _share(row: np.ndarray, near: np.ndarray, counts: np.ndarray, own: int, k: float, low: float, high: float) -> None:
    nearer, tied = 0.0, 0.0
    for m in range(len(row)):
        if row[m] < low:
            nearer += _times(counts, near[m], own)
        elif row[m] <= high:
            tied += _times(counts, near[m], own)
    part = min(1.0, max(0.0, k - nearer) / tied) if tied > 0.0 else 0.0
    total = nearer + part * tied
    for m in range(len(row)):
        within = 1.0 if row[m] < low else part if row[m] <= high else 0.0
        row[m] = within * _times(counts, near[m], own) / total if total > 0.0 else 0.0


@jit
def _times(counts: np.ndarray, member: int, own: int) -> float:
    """How often a row meets a member: its copies without itself, and nobody never."""
    if member < 0:
        return 0.0
    return max(0.0, counts[member] - 1.0) if member == own else counts[member]


@jit
def add_near(table: np.ndarray, start: int, near: np.ndarray, A: np.ndarray, sums: np.ndarray) -> None:
    """Add sum_im A_im |table_start+i,f - table_near_im,f| to the sum of every column f: of an A that holds zeros."""
    met = np.empty(near.shape[1], np.intp)
    for first in range(0, table.shape[1], _WIDTH):
        stop = first + _WIDTH
        for i in range(len(near)):
            count = 0
            for m in range(near.shape[1]):
                met[count] = m
                count += A[i, m] != 0.0
            _add_row(table[start + i, first:stop], table[:, first:stop], near[i], A[i], met[:count], sums[first:stop])


@jit
def _add_row(
    row: np.ndarray, table: np.ndarray, near: np.ndarray, weights: np.ndarray, met: np.ndarray, sums: np.ndarray
) -> None:
    even = len(met) - len(met) % 4
    for start in range(0, even, 4):  # four at a time: the sums are read and written less often
        i, j, k, m = met[start], met[start + 1], met[start + 2], met[start + 3]
        a, b, c, d = weights[i], weights[j], weights[k], weights[m]
        A, B, C, D = table[near[i]], table[near[j]], table[near[k]], table[near[m]]
        for f in range(len(row)):
            x = row[f]
            sums[f] += a * abs(x - A[f]) + b * abs(x - B[f]) + c * abs(x - C[f]) + d * abs(x - D[f])
    for j in met[even:]:
        a, A = weights[j], table[near[j]]
        for f in range(len(row)):
            sums[f] += a * abs(row[f] - A[f])
