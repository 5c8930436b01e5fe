"""Columns with gaps, or of labels, that say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from infsel.tables import _copies
from infsel.tables._dense import DenseTable

if TYPE_CHECKING:
    from infsel.tables._mixed import MixedTable


def originals(table: MixedTable) -> np.ndarray:
    """For each column the first one that has the same gaps and equals it up to shift, scale and sign, or renaming.

    Two labels are two numbers.
    """
    numbers = table.numbers.copy()
    for column in np.flatnonzero(table.nominal):
        numbers[:, column] = _by_appearance(numbers[:, column])
    several = table.nominal & (np.where(table.missing, 0, numbers).max(axis=0) > 1)
    patterns = np.packbits(table.missing, axis=0).T
    group = np.unique(np.column_stack([several, patterns]), axis=0, return_inverse=True)[1].ravel()
    first = np.arange(len(group))
    for number in np.flatnonzero(np.bincount(group) > 1):
        columns = np.flatnonzero(group == number)
        there = ~table.missing[:, columns[0]]
        if there.any():
            weights = table.counts[there]
            some = DenseTable(np.ascontiguousarray(numbers[there][:, columns]), weights)
            first[columns] = columns[_copies.originals(some.unit_columns())]
    return first


def _by_appearance(x: np.ndarray) -> np.ndarray:
    """Labels numbered in the order in which they first appear; gaps stay."""
    there = ~np.isnan(x)
    _, places, inverse = np.unique(x[there], return_index=True, return_inverse=True)
    number = np.argsort(np.argsort(places))
    result = x.copy()
    result[there] = number[inverse]
    return result
