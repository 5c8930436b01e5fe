"""Rows of several origins, known by their numbers among all rows."""

from __future__ import annotations

import numpy as np


class NumberedRows:
    """Sets of rows, each with increasing numbers, of which tasks look up what lies in one set.

    Parameters
    ----------
    sets : list of tuple of ndarray of int and ndarray
        Numbers, and the rows that have them.
    """

    def __init__(self, sets: list[tuple[np.ndarray, np.ndarray]]) -> None:
        self._sets = sets
        rows = sets[0][1]
        self.shape, self.dtype = (sum(len(numbers) for numbers, _ in sets), rows.shape[1]), rows.dtype

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, index: slice | np.ndarray) -> np.ndarray:
        """The rows with these numbers, of one of the sets; consecutive ones are not copied."""
        wanted = np.arange(index.start, index.stop) if isinstance(index, slice) else index
        for numbers, rows in self._sets:
            place = np.minimum(np.searchsorted(numbers, wanted), len(numbers) - 1)
            if (numbers[place] == wanted).all():
                return rows[place[0] : place[0] + len(place)] if isinstance(index, slice) else rows[place]
        raise IndexError("no set holds all of these rows.")
