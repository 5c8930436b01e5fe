"""Columns with gaps, or of labels, that say the same."""

from __future__ import annotations

import numpy as np

from infsel.tables import _copies
from infsel.tables._dense import DenseTable
from infsel.tables._labels import canonical
from infsel.tables._mixed_bins import same_gaps
from infsel.tables._mixed_protocol import Mixed


def originals(table: Mixed) -> np.ndarray:
    """For each column the first one that has the same gaps and equals it up to shift, scale and sign, or renaming.

    Two labels are two numbers.
    """
    several = table.nominal & (table.extremes()[1] > 1)
    first = np.arange(table.shape[1])
    for these in (np.flatnonzero(several), np.flatnonzero(~several)):
        for columns in same_gaps(table.missing[:, these]):
            columns = these[columns]
            there = ~table.missing[:, columns[0]]
            if len(columns) > 1 and there.any():
                numbers = table.numbers[np.ix_(there, columns)]
                for place in np.flatnonzero(table.nominal[columns]):
                    numbers[:, place] = canonical(numbers[:, place])
                some = DenseTable(numbers, table.counts[there])
                first[columns] = columns[_copies.originals(some.unit_columns())]
    return first
