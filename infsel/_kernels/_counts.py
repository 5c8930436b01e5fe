"""Kernels that count within many rows at once."""

import numpy as np

from infsel._kernels._jit import jit


@jit
def write_pair_sums(
    codes: np.ndarray,
    groups: np.ndarray,
    n_classes: int,
    weights: np.ndarray,
    unit: float,
    levels: np.ndarray,
    cells: np.ndarray,
    sums: np.ndarray,
) -> None:
    """Sums of c log c over the joint counts c of each row of codes with two more variables, and with one of them.

    `groups` is x * n_classes + y for a sample with values x and y of these. `sums` gets one line per row: over the
    counts of (row, x), and of (row, x, y), in whole multiples of 1 / `unit`, which add up to the same in any order, and
    how many of (row, x) there are. Codes of a row are less than its `levels`. `cells`, of shape (most levels, groups),
    is work space, zero before and after.
    """
    n_rows, n_samples = codes.shape
    for row in range(n_rows):
        for i in range(n_samples):
            cells[codes[row, i], groups[i]] += weights[i]
        used = cells[: levels[row]].ravel()
        sums[row, 0], sums[row, 1], sums[row, 2] = _sum_and_clear(used, n_classes, unit)


@jit
def _sum_and_clear(cells: np.ndarray, n_classes: int, unit: float) -> tuple[int, int, int]:
    pairs, triples, occupied = 0, 0, 0
    for start in range(0, len(cells), n_classes):
        pair = 0.0
        for y in range(start, start + n_classes):
            count = cells[y]
            if count > 0.0:
                pair += count
                triples += _whole(count, unit)
                cells[y] = 0.0
        if pair > 0.0:
            pairs += _whole(pair, unit)
            occupied += 1
    return pairs, triples, occupied


@jit
def _whole(count: float, unit: float) -> int:
    return int(np.rint(count * np.log(count) * unit))
