# ruff: noqa: ARG001 - every function of entries learns which features they relate, and few care
"""What Gram operators make of their entries: functions `f(entries, rows, columns)` that change a block in place.

`rows` and `columns` are the numbers of the features that the block relates, in increasing order, apart from rows that
meet all columns. A function whose attribute `reads_rows` is true gets the embedding, too: Gram operators hold it, and
whoever stores them should not store it twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from infsel._kernels import independence, measure_close
from infsel.embeddings import Embedding, pick_rows

EntryMap = Callable[..., object]

CLOSE = 2.0**-10  # what 1 - |r| loses below this by a subtraction, ten bits, is worth a second look at both rows
_WRITTEN = 2**22  # numbers of implicit rows that are written down at once


def unchanged(entries: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> None:
    """a, each entry as it is."""


def absolute(entries: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> None:
    """|a|."""
    np.abs(entries, out=entries)


def positive_part(entries: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> None:
    """max(a, 0)."""
    np.maximum(entries, 0, out=entries)


def exponential(entries: np.ndarray, rows: np.ndarray, columns: np.ndarray, shift: float = 0.0) -> None:
    """exp(a - shift)."""
    entries -= entries.dtype.type(shift)
    np.exp(entries, out=entries)


@dataclass(frozen=True, eq=False)
class OwnDiagonal:
    """f off the diagonal, and numbers of one's own on it, where round-off would show or nothing shall be.

    Attributes
    ----------
    f : callable
    values : ndarray of shape (n,)
    """

    f: EntryMap
    values: np.ndarray

    @property
    def reads_rows(self) -> bool:
        """Whether f does."""
        return getattr(self.f, "reads_rows", False)

    def __call__(self, entries: np.ndarray, rows: np.ndarray, columns: np.ndarray, *embedding: Embedding) -> None:
        """Map the block and write its part of the diagonal."""
        if columns[-1] < rows[0] or rows[-1] < columns[0]:  # most tiles lie beside the diagonal
            self.f(entries, rows, columns, *embedding)
            return
        place = np.minimum(np.searchsorted(columns, rows), len(columns) - 1)
        own = np.flatnonzero(columns[place] == rows)
        entries[own, place[own]] = 0  # a feature and itself are copies, at which f would take a second look
        self.f(entries, rows, columns, *embedding)
        entries[own, place[own]] = self.values[rows[own]]


@dataclass(frozen=True, eq=False)
class Unlikeness:
    """1 - a, and 0 where that is no more than round-off.

    Attributes
    ----------
    roundoff : ndarray of shape (n,)
    """

    roundoff: np.ndarray

    def __call__(self, entries: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> None:
        """Map the block."""
        np.subtract(1, entries, out=entries)
        entries[entries <= np.maximum(self.roundoff[rows][:, None], self.roundoff[columns])] = 0


@dataclass(frozen=True, eq=False)
class Independence:
    """1 - |r| for the products r of rows of norm 1, exact where a subtraction would leave nothing but round-off.

    Close to r = 1 it is half the squared distance of the rows, up to sign, which keeps its digits. What does not exceed
    the round-off of the rows themselves is 0: copies are copies.

    Attributes
    ----------
    roundoff : ndarray of shape (n,)
        Up to which 1 - |r| with a row is taken for 0.
    known : bool, default=True
        Whether the rows themselves are known, or only their products.
    """

    roundoff: np.ndarray
    known: bool = True
    reads_rows: ClassVar[bool] = True

    def __call__(self, entries: np.ndarray, rows: np.ndarray, columns: np.ndarray, Z: Embedding) -> None:
        """Map the block of products between these rows of Z."""
        if not independence(entries, CLOSE):
            return
        if not self.known:
            entries[entries <= np.maximum(self.roundoff[rows][:, None], self.roundoff[columns])] = 0
            return
        height = max(1, _WRITTEN // Z.shape[1])
        for a in range(0, len(rows), height):
            i = rows[a : a + height]
            P = pick_rows(Z, i)
            for b in range(0, len(columns), height):
                j, block = columns[b : b + height], entries[a : a + height, b : b + height]
                if (block < CLOSE).any():
                    measure_close(block, CLOSE, P, pick_rows(Z, j), self.roundoff[i], self.roundoff[j])
