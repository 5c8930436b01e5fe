"""What tells the samples of a table with gaps and labels apart, and which value most of them share."""

from __future__ import annotations

import numpy as np

from infsel._runtime.hashing import mix
from infsel.tables import _contents, _labels
from infsel.tables._dense import DenseTable
from infsel.tables._mixed_protocol import Mixed

_GRID = 2**20


def places(table: Mixed) -> np.ndarray:
    """Positions of numbers, and of labels in an order that their names do not decide; one half in the gaps."""
    result, labels = np.empty(table.shape[::-1], table.dtype), np.flatnonzero(table.nominal)
    numeric = np.flatnonzero(~table.nominal)
    result[numeric] = table.columns(numeric).positions()
    gap, held = table.missing[:, numeric].T, np.rint(result[numeric] * _GRID).astype(np.uint64)
    held[gap] = 2 * _GRID
    others = mix(held).sum(axis=0, dtype=np.uint64)
    for column in labels:
        codes = np.where(table.missing[:, column], -1, table.numbers[:, column]).astype(np.intp)
        result[column] = _labels.places(codes, table.counts, others)
    return result


def contents(table: Mixed) -> np.ndarray:
    """Whole numbers that are the same for samples that hold, and lack, the same."""
    return _contents.of_rows(np.where(table.missing, np.inf, table.numbers))  # no entry is infinite


def majority(table: Mixed) -> np.ndarray:
    """The share of what is there that equals what more than half of it is, 0 where there is no such value."""
    result = np.empty(table.shape[1])
    alone = ~table.nominal & (table.gaps() == 0)
    result[alone] = DenseTable(table.numbers[:, alone], table.weights).majority()
    for column in np.flatnonzero(~alone):
        there = ~table.missing[:, column]
        _, own = np.unique(table.numbers[there, column], return_inverse=True)
        sizes = np.bincount(own, table.relative_counts[there], minlength=1)
        result[column] = sizes.max() / sizes.sum() if sizes.max() > sizes.sum() / 2 else 0
    return result
