"""Rows that hold one number nearly everywhere: what zeros become where a function of their column is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import scipy.sparse as sp

from infsel._runtime.threads import each_in_threads
from infsel.embeddings._protocol import Index, are_spread
from infsel.embeddings._sparse import SparseRows, Written

_WRITTEN = 2**22  # numbers that are written down at once
_SAMPLES, _PIECE = 512, 2**14  # of a piece that stays in cache, and its numbers
_SHARE = 2**20  # numbers that are worth a thread

Function = Callable[[np.ndarray, np.ndarray], np.ndarray]


class FilledRows:
    """Rows that hold their entries where they have one, and elsewhere one number each.

    Parameters
    ----------
    entries : CSR array of shape (n, T)
        One feature a row; a zero that is stored is an entry, too.
    filling : ndarray of shape (n,)
        What each row holds elsewhere.
    """

    def __init__(self, entries: sp.csr_array, filling: np.ndarray) -> None:
        self.entries, self.filling = entries, filling
        self.shape, self.dtype = entries.shape, filling.dtype

    def __len__(self) -> int:
        return int(self.shape[0])

    def __getitem__(self, index: Index) -> FilledRows:
        return FilledRows(self.entries[index], self.filling[index])

    def map(self, function: Callable[[np.ndarray], np.ndarray]) -> FilledRows:
        """The rows of a function of every number."""
        S = self.entries
        return FilledRows(sp.csr_array((function(S.data), S.indices, S.indptr), shape=S.shape), function(self.filling))

    def toarray(self) -> np.ndarray:
        """The rows written down."""
        rows = np.repeat(self.filling[:, np.newaxis], self.shape[1], axis=1)
        rows[_row_numbers(self.entries), self.entries.indices] = self.entries.data
        return rows

    def standing_out(self) -> SparseRows:
        """The same rows as what the entries add to the filling, less what is then missing: in double precision."""
        S, filling = self.entries, self.filling.astype(np.float64)
        above = S.data - filling[_row_numbers(S)]
        return SparseRows(sp.csr_array((above, S.indices, S.indptr), shape=S.shape), -filling, np.ones(len(filling)))


Filled = np.ndarray | FilledRows


def mapped(function: Callable[[np.ndarray], np.ndarray], rows: Filled) -> Filled:
    """A function of every number of the rows."""
    return function(rows) if isinstance(rows, np.ndarray) else rows.map(function)


def written(rows: Filled | Written) -> np.ndarray:
    """The rows written down."""
    return rows if isinstance(rows, np.ndarray) else rows.toarray()


def row_blocks(rows: Filled | Written) -> Iterator[tuple[slice, np.ndarray]]:
    """All rows written down, at once where they are, else block by block, each with where it lies."""
    height = max(1, len(rows) if isinstance(rows, np.ndarray) else _WRITTEN // max(1, rows.shape[1]))
    for start in range(0, len(rows), height):
        where = slice(start, min(start + height, len(rows)))
        yield where, written(rows[where])


def sums_of_columns(function: Function, rows: Filled) -> np.ndarray:
    """sum_f function(rows_fi, f) of whole numbers for every sample i, modulo 2^64.

    Parameters
    ----------
    function : callable
        Of numbers and of the rows that they stand in: unsigned integers of shape (k, n_numbers).
    rows : ndarray or FilledRows of shape (n, T)

    Returns
    -------
    ndarray of uint64 of shape (k, T)
    """
    if are_spread(rows):
        return np.asarray(rows.sums(partial(_sums_of_some, function)))  # type: ignore[union-attr]
    if isinstance(rows, np.ndarray):
        return _sums_in_pieces(function, rows)
    S, of = rows.entries, _row_numbers(rows.entries)
    filling = function(rows.filling, np.arange(len(rows), dtype=np.uint64))
    more = function(S.data, of.astype(np.uint64)) - filling[:, of]
    total = np.repeat(filling.sum(axis=1)[:, np.newaxis], rows.shape[1], axis=1)
    for sums, add in zip(total, more, strict=True):
        np.add.at(sums, S.indices, add)
    return total


def _sums_of_some(function: Function, rows: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """The same of consecutive rows with these numbers."""
    return _sums_in_pieces(function, np.asarray(rows), int(numbers[0]))


def _sums_in_pieces(function: Function, rows: np.ndarray, first_row: int = 0) -> np.ndarray:
    """The same of rows that are written down, for as many samples at once as stay in cache."""

    def of_piece(first: int) -> np.ndarray:
        samples = rows[:, first : first + _SAMPLES]
        height, total = _PIECE // samples.shape[1], np.uint64(0)
        for start in range(0, len(rows), height):
            block = np.ascontiguousarray(samples[start : start + height])
            columns = np.arange(first_row + start, first_row + start + len(block), dtype=np.uint64)
            total = total + function(block, columns[:, np.newaxis]).sum(axis=1, dtype=np.uint64)
        return np.asarray(total)

    worth = max(1, _SHARE // (_SAMPLES * len(rows)))
    pieces = each_in_threads(of_piece, range(0, rows.shape[1], _SAMPLES), worth)
    return np.concatenate(pieces, axis=1)


def _row_numbers(S: sp.csr_array) -> np.ndarray:
    """The row of each entry."""
    return np.repeat(np.arange(S.shape[0]), np.diff(S.indptr))
