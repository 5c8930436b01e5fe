"""Kernels that find the nearest rows."""

import numpy as np

from infsel._kernels._jit import jit


@jit
def keep_nearest(
    D: np.ndarray, weights: np.ndarray, own: int, k: float, round_off: tuple[float, float], shares: np.ndarray
) -> None:
    """Replace the distances of each row from a class by what its k nearest there count, and all others by 0.

    They count alike and add up to the share of the row. Those that are as far as the k-th divide the places that nearer
    ones leave. Row i of D is row own + i of the class where there is one, and no neighbor of itself, but copies are.

    Parameters
    ----------
    D : ndarray of shape (n_rows, n_members)
        In place.
    weights : ndarray of shape (n_members,)
        How often each member counts.
    own : int
    k : float
    round_off : pair of float
        Distances no farther apart than the first plus the second times the k-th of them are equal.
    shares : ndarray of shape (n_rows,)
    """
    nearest, counts = np.empty((2, D.shape[1] + 1))
    for i in range(len(D)):
        limit = _kth(D[i], weights, own + i, k, nearest, counts)
        slack = round_off[0] + round_off[1] * limit if limit < np.inf else 0.0
        _count(D[i], weights, own + i, k, limit - slack, limit + slack, shares[i])


@jit
def _kth(
    distances: np.ndarray, weights: np.ndarray, own: int, k: float, nearest: np.ndarray, counts: np.ndarray
) -> float:
    """The distance within which k members lie, infinity if there are no more; `nearest` and `counts` are work space."""
    size, total = 0, 0.0
    for j in range(len(distances)):
        count, distance = _count_of(weights, j, own), distances[j]
        if count <= 0.0 or (total >= k and distance >= nearest[size - 1]):
            continue
        place = size
        while place > 0 and nearest[place - 1] > distance:
            nearest[place], counts[place] = nearest[place - 1], counts[place - 1]
            place -= 1
        nearest[place], counts[place] = distance, count
        size, total = size + 1, total + count
        while total - counts[size - 1] >= k:
            size, total = size - 1, total - counts[size - 1]
    return nearest[size - 1] if total >= k else np.inf


@jit
def _count(row: np.ndarray, weights: np.ndarray, own: int, k: float, low: float, high: float, share: float) -> None:
    nearer, tied = 0.0, 0.0
    for j in range(len(row)):
        if row[j] < low:
            nearer += _count_of(weights, j, own)
        elif row[j] <= high:
            tied += _count_of(weights, j, own)
    part = min(1.0, max(0.0, k - nearer) / tied) if tied > 0.0 else 0.0
    total = nearer + part * tied
    each = share / total if total > 0.0 else 0.0
    for j in range(len(row)):
        within = 1.0 if row[j] < low else part if row[j] <= high else 0.0
        row[j] = each * within * _count_of(weights, j, own)


@jit
def _count_of(weights: np.ndarray, j: int, own: int) -> float:
    return max(0.0, weights[j] - 1.0) if j == own else weights[j]
