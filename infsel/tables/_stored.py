"""Tables that are read a block of columns at a time: files, and arrays of other libraries."""

from __future__ import annotations

from typing import Any

import numpy as np

from infsel.tables._table import Table


class StoredTable(Table):
    """A table behind an object with ``shape``, ``dtype`` and ``[:, a:b]``, of which a block at a time is in memory.

    Parameters
    ----------
    source : object
        A memory-mapped array, a zarr array, an HDF5 dataset, ... of numbers; chunks follow its ``chunks``.
    weights, names : ndarray, optional
        As for `Table`.
    """

    def __init__(self, source: Any, weights: np.ndarray | None = None, names: np.ndarray | None = None) -> None:
        kind = np.dtype(source.dtype)
        precision = kind if kind in (np.float32, np.float64) else np.dtype(np.float64)
        super().__init__(source.shape, precision, weights, names)
        self._source = source
        self._columns: np.ndarray | None = None  # increasing numbers of those of the source that make up this table

    def read(self, start: int, stop: int) -> np.ndarray:
        columns = self._columns
        if columns is None:
            return self._of_source(start, stop)
        numbers = columns[start:stop]
        if not len(numbers):
            return np.empty((len(self), 0), self.dtype)
        around = self._of_source(numbers[0], numbers[-1] + 1)
        return around if around.shape[1] == len(numbers) else around[:, numbers - numbers[0]]

    def take(self, index: np.ndarray) -> StoredTable:
        part = StoredTable(self._source)
        part._columns = index if self._columns is None else self._columns[index]
        part.shape = len(self), len(index)
        return part

    @property
    def chunk(self) -> int:
        """As many columns as fit 32 MiB, and whole chunks of the source: one in two pieces would be read twice."""
        width, chunks = super().chunk, getattr(self._source, "chunks", None)
        if not (isinstance(chunks, tuple) and len(chunks) == 2 and isinstance(chunks[1], int)):
            return width
        return max(1, width // chunks[1]) * chunks[1]

    def _of_source(self, start: int, stop: int) -> np.ndarray:
        return np.asarray(self._source[:, start:stop], dtype=self.dtype)
