"""Kernels around the sort that ranks numbers. Each row is ranked for itself.

A sort of plain integers runs several times faster than one that also moves positions. So the numbers become integer
keys that sort alike and carry the position in their low bits, in place of the least significant bits of the number:
`low` masks them. Keys that agree above these bits form a run, inside which the numbers themselves decide. NaN comes
behind all numbers, and stays where it is.
"""

import numpy as np

from infsel._kernels._jit import jit

_MAGNITUDE = np.int64(2**63 - 1)
_INFINITY = np.int64(0x7FF << 52)
_PATIENCE = 4  # moves per number beyond which a general sort is quicker


@jit
def write_keys(bits: np.ndarray, low: int, keys: np.ndarray) -> None:
    """Keys of the double precision numbers that have these bits: sign and magnitude."""
    n, m = bits.shape
    for i in range(n):
        for j in range(m):
            key, size = bits[i, j], bits[i, j] & _MAGNITUDE
            if key < 0:
                key = -size  # which makes -0.0 the same as 0.0
            if size > _INFINITY:
                key = _MAGNITUDE
            keys[i, j] = (key & ~low) | j


@jit
def write_ranks(keys: np.ndarray, low: int, numbers: np.ndarray, done: np.ndarray) -> None:
    """Replace the numbers by their ranks, ties sharing their mean rank, given their sorted keys.

    Rows whose runs would take long to sort stay as they are, and are not `done`.
    """
    for i in range(len(keys)):
        there, done[i] = keys[i, : _n_present(keys[i], low)], True
        if _all_differ(there, low):
            _write_positions(there, low, numbers[i])
        elif _sort_runs(there, low, numbers[i]):
            _write_mean_positions(there, low, numbers[i])
        else:
            done[i] = False


@jit
def write_weighted_ranks(
    keys: np.ndarray, low: int, weights: np.ndarray, numbers: np.ndarray, done: np.ndarray
) -> None:
    """The same where each position counts as often as its weight says: the mean of the ranks that it and ties take."""
    for i in range(len(keys)):
        there = keys[i, : _n_present(keys[i], low)]
        done[i] = _sort_runs(there, low, numbers[i])
        if done[i]:
            _write_middles(there, low, weights, numbers[i])


@jit
def _n_present(keys: np.ndarray, low: int) -> int:
    """How many numbers there are before the NaN."""
    n = len(keys)
    while n > 0 and keys[n - 1] > _INFINITY | low:
        n -= 1
    return n


@jit
def _all_differ(keys: np.ndarray, low: int) -> bool:
    same = 0
    for j in range(1, len(keys)):  # to the end, without a branch: this vectorizes
        same += keys[j] | low == keys[j - 1] | low
    return same == 0


@jit
def _write_positions(keys: np.ndarray, low: int, numbers: np.ndarray) -> None:
    for j in range(len(keys)):
        numbers[keys[j] & low] = j + 1


@jit
def _sort_runs(keys: np.ndarray, low: int, numbers: np.ndarray) -> bool:
    moves = 0
    for j in range(1, len(keys)):
        key, k = keys[j], j
        if keys[j - 1] | low != key | low:
            continue
        number = numbers[key & low]
        while k > 0 and keys[k - 1] | low == key | low and numbers[keys[k - 1] & low] > number:
            keys[k] = keys[k - 1]
            k -= 1
        keys[k] = key
        moves += j - k
        if moves > _PATIENCE * len(keys):
            return False
    return True


@jit
def _write_mean_positions(keys: np.ndarray, low: int, numbers: np.ndarray) -> None:
    start = 0
    while start < len(keys):
        stop = _end_of_tie(keys, start, low, numbers)
        rank = (start + 1 + stop) / 2
        for j in range(start, stop):
            numbers[keys[j] & low] = rank
        start = stop


@jit
def _write_middles(keys: np.ndarray, low: int, weights: np.ndarray, numbers: np.ndarray) -> None:
    start, below = 0, 0.0
    while start < len(keys):
        stop, above = _end_of_tie(keys, start, low, numbers), below
        for j in range(start, stop):
            above += weights[keys[j] & low]
        rank = (below + above) / 2 + 0.5
        for j in range(start, stop):
            numbers[keys[j] & low] = rank
        start, below = stop, above


@jit
def _end_of_tie(keys: np.ndarray, start: int, low: int, numbers: np.ndarray) -> int:
    run, number, stop = keys[start] | low, numbers[keys[start] & low], start + 1
    while stop < len(keys) and keys[stop] | low == run and numbers[keys[stop] & low] == number:
        stop += 1
    return stop
