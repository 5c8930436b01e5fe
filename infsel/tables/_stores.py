"""Tables that are read a block of columns at a time: files, and arrays of other libraries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np

from infsel._runtime.memory import allocate
from infsel.tables._varying import differ

_BLOCK_BYTES = 2**25


class ColumnStore:
    """A table behind an object with ``shape``, ``dtype`` and ``[:, a:b]``, of which a block at a time is in memory.

    Parameters
    ----------
    source : object
        A memory-mapped array, a zarr array, an HDF5 dataset, ... of numbers; blocks follow its ``chunks``.
    columns : ndarray of int, optional
        Increasing numbers of the columns that make up this table, by default all.
    """

    def __init__(self, source: Any, columns: np.ndarray | None = None) -> None:
        self.source, self.columns = source, columns
        kind = np.dtype(source.dtype)
        self.dtype = kind if kind in (np.float32, np.float64) else np.dtype(np.float64)
        self.shape = (int(source.shape[0]), int(source.shape[1]) if columns is None else len(columns))

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, key: tuple[slice, Any]) -> Any:
        """A slice of columns in memory, or other columns as a table that is not."""
        _, index = key
        if isinstance(index, slice):
            return self._read(*index.indices(self.shape[1])[:2])
        index = np.flatnonzero(index) if np.asarray(index).dtype == bool else np.asarray(index)
        part = ColumnStore(self.source, index if self.columns is None else self.columns[index])
        if "extremes" in vars(self):
            low, high = self.extremes
            part.extremes = low[index], high[index]
        return part

    def blocks(self) -> Iterator[tuple[int, np.ndarray]]:
        """All columns in order, as many at a time as fit in 32 MiB, each with the number of its first."""
        width = max(1, _BLOCK_BYTES // (max(1, len(self)) * self.dtype.itemsize))
        chunks = getattr(self.source, "chunks", None)
        if isinstance(chunks, tuple) and len(chunks) == 2 and isinstance(chunks[1], int):
            width = max(1, width // chunks[1]) * chunks[1]  # a chunk that lies in two blocks would be read twice
        for start in range(0, self.shape[1], width):
            yield start, self[:, start : start + width]

    def whole(self) -> np.ndarray:
        """All of the table in memory."""
        remedy = "use an affinity and a relevance that rate one column after the other"
        table = allocate(self.shape, self.dtype, "the whole table in memory", remedy)
        for start, block in self.blocks():
            table[:, start : start + block.shape[1]] = block
        return table

    @cached_property
    def extremes(self) -> tuple[np.ndarray, np.ndarray]:
        """The lowest and the highest number of each column, NaN where it holds one."""
        found = [(block.min(axis=0), block.max(axis=0)) for _, block in self.blocks()]
        low, high = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return low, high

    def _read(self, start: int, stop: int) -> np.ndarray:
        if self.columns is None:
            return np.asarray(self.source[:, start:stop], dtype=self.dtype)
        columns = self.columns[start:stop]
        if not len(columns):
            return np.empty((len(self), 0), self.dtype)
        around = np.asarray(self.source[:, columns[0] : columns[-1] + 1], dtype=self.dtype)
        return around if around.shape[1] == len(columns) else around[:, columns - columns[0]]


def varying(X: ColumnStore) -> np.ndarray:
    """Which columns hold more than one value, as a mask of shape (n_features,)."""
    return differ(*X.extremes, X.dtype)


def whole(X: Any) -> Any:
    """The table in memory, whatever it is."""
    return X.whole() if isinstance(X, ColumnStore) else X
