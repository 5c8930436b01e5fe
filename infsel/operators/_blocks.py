"""Any block of an entrywise function of Q K^T."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from infsel.embeddings import Embedding, are_spread, gram
from infsel.operators._base import Index, numbers_of
from infsel.operators._entries import EntryMap

_OWN = 32  # entries of the diagonal that are looked up in one block


@dataclass(frozen=True, eq=False)
class Blocks:
    """f(c Q K^T), where f knows which features a block relates.

    Attributes
    ----------
    Q : ndarray or SparseRows of shape (n, T)
        One query per feature.
    K : ndarray or SparseRows of shape (n, T), or None
        One key per feature; None where the queries are the keys, which are then held, and kept on disk, once.
    f : callable
        Changes a block of entries of c Q K^T in place, given the numbers of its rows and columns.
    scale : float
        The number c.
    """

    Q: Embedding
    K: Embedding | None
    f: EntryMap
    scale: float

    def block(self, rows: Index, columns: Index, out: np.ndarray | None = None) -> np.ndarray:
        """The entries in these rows and these columns, which increase, into `out` where given."""
        keys = self.Q if self.K is None else self.K
        entries = gram(self.Q[rows], keys[columns], out=out)
        if self.scale != 1:
            np.multiply(entries, self.Q.dtype.type(self.scale), out=entries)
        embedding = (self.Q,) if getattr(self.f, "reads_rows", False) else ()
        self.f(entries, numbers_of(rows), numbers_of(columns), *embedding)
        return entries

    @cached_property
    def diagonal(self) -> np.ndarray:
        """What each feature gives to itself, shape (n,), float64."""
        if are_spread(self.Q):
            Q: Any = self.Q
            return np.asarray(Q.diagonal(self))
        return self.own(np.arange(len(self.Q)))

    def own(self, numbers: np.ndarray) -> np.ndarray:
        """What each of these features gives to itself, float64."""
        own = np.empty(len(numbers))
        for start in range(0, len(numbers), _OWN):
            some = slice(start, start + _OWN)
            own[some] = np.diagonal(self.block(numbers[some], numbers[some]))
        return own
