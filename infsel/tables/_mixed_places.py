"""What tells the samples of a table with gaps and labels apart, and which value most of them share."""

from __future__ import annotations

import numpy as np

from infsel._runtime.hashing import mix
from infsel.tables import _contents, _labels
from infsel.tables._dense import DenseTable
from infsel.tables._mixed_protocol import Mixed

_GRID = 2**20


def places(table: Mixed, others: np.ndarray | None = None) -> np.ndarray:
    """Positions of numbers, and of labels in an order that their names do not decide; one half in the gaps.

    Parameters
    ----------
    table : MixedTable
    others : ndarray of uint64 of shape (n_samples,), default=None
        `hashes_of_numbers` of all columns that there are, None for those of the table.
    """
    others = hashes_of_numbers(table) if others is None else others
    result, numeric = np.empty(table.shape[::-1], table.dtype), np.flatnonzero(~table.nominal)
    result[numeric] = _positions(table)
    for column in np.flatnonzero(table.nominal):
        codes = np.where(table.missing[:, column], -1, table.numbers[:, column]).astype(np.intp)
        result[column] = _labels.places(codes, table.counts, others)
    return result


def hashes_of_numbers(table: Mixed) -> np.ndarray:
    """Sums of hashes of what each sample holds in columns of numbers."""
    gap, held = table.missing[:, ~table.nominal].T, np.rint(_positions(table) * _GRID).astype(np.uint64)
    held[gap] = 2 * _GRID
    return mix(held).sum(axis=0, dtype=np.uint64)


def _positions(table: Mixed) -> np.ndarray:
    """Those of the columns of numbers."""
    return np.asarray(table.columns(np.flatnonzero(~table.nominal)).positions())


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
