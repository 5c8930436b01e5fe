"""Kernels that keep the nearest of what comes by, the farthest of them on top of a heap."""

import numpy as np

from infsel._kernels._jit import jit


@jit
def admit(heap: np.ndarray, size: int, total: float, distance: float, count: float, k: float) -> tuple[int, float]:
    """Let one in that counts so often, and those out without which the rest counts k: the size and the total after.

    The heap, of shape (2, room), holds distances and counts.
    """
    _sift_up(heap, size, distance, count)
    size, total = size + 1, total + count
    while total - heap[1, 0] >= k:
        size, total = size - 1, total - heap[1, 0]
        _sift_down(heap, size, heap[0, size], heap[1, size])
    return size, total


@jit
def _sift_up(heap: np.ndarray, i: int, distance: float, count: float) -> None:
    while i > 0 and heap[0, (i - 1) // 2] < distance:
        parent = (i - 1) // 2
        heap[0, i], heap[1, i] = heap[0, parent], heap[1, parent]
        i = parent
    heap[0, i], heap[1, i] = distance, count


@jit
def _sift_down(heap: np.ndarray, size: int, distance: float, count: float) -> None:
    i, child = 0, 1
    while child < size:
        if child + 1 < size and heap[0, child + 1] > heap[0, child]:
            child += 1
        if heap[0, child] <= distance:
            break
        heap[0, i], heap[1, i] = heap[0, child], heap[1, child]
        i, child = child, 2 * child + 1
    heap[0, i], heap[1, i] = distance, count
