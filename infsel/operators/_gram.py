"""Entrywise functions of a Gram matrix, computed tile by tile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np

from infsel._kernels import add_symmetric_product
from infsel._threads import in_threads
from infsel.operators._base import FeatureOperator, Index

TILE = 256
KEPT_BYTES = 2**28


class Gram(FeatureOperator):
    """f(Z Z^T) with f applied to each entry and a diagonal of its own.

    BLAS computes one tile of the upper triangle, f maps it in place, and one kernel lets it serve both halves of the
    product. Tiles are kept between products up to a budget; beyond it they are computed anew, so that memory stays
    O(n T + budget) whatever n is.

    Parameters
    ----------
    Z : ndarray of shape (n, T)
        One embedding per feature, C-contiguous.
    f : callable
        Changes an array of entries of Z Z^T in place.
    nonnegative : bool
        Whether f and the diagonal hold no negative value.
    diagonal : float or ndarray of shape (n,), default=0.0
        What stands on the diagonal instead of f(|z_i|^2), where round-off would show.
    tile : int, default=256
        Rows and columns of a tile.
    kept_bytes : int, default=256 MiB
        How many bytes of tiles may stay in memory between two products.
    """

    def __init__(
        self,
        Z: np.ndarray,
        f: Callable[[np.ndarray], None],
        *,
        nonnegative: bool,
        diagonal: float | np.ndarray = 0.0,
        tile: int = TILE,
        kept_bytes: int = KEPT_BYTES,
    ) -> None:
        super().__init__(len(Z), Z.dtype)
        self.Z, self.f, self.tile = Z, f, tile
        self.nonnegative = nonnegative
        self.diagonal = np.broadcast_to(np.asarray(diagonal, Z.dtype), len(Z))
        self._strips = range(0, len(Z), tile)
        sizes = np.cumsum([(len(Z) - start) * tile * Z.dtype.itemsize for start in self._strips])
        self._n_kept = tile * int(np.searchsorted(sizes, kept_bytes, side="right"))
        self._kept: dict[tuple[int, int], np.ndarray] = {}

    def _rows(self, index: Index) -> np.ndarray:
        rows = self.Z[index] @ self.Z.T
        self.f(rows)
        rows[np.arange(len(rows)), np.arange(self.shape[0])[index]] = self.diagonal[index]
        return rows

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        x = np.ascontiguousarray(np.ravel(x), dtype=np.float64)
        return reduce(np.add, in_threads(lambda strips: self._share(strips, x), self._strips, smallest_share=2))

    _rmatvec = _matvec

    def release(self) -> None:
        """Give back the memory of the tiles that are kept for the next product."""
        self._kept = {}

    def _share(self, strips: Sequence[int], x: np.ndarray) -> np.ndarray:
        """What these strips of the upper triangle, and their mirror images, contribute to A x."""
        y = np.zeros_like(x)
        scratch = np.empty(self.tile**2, self.dtype)
        for a in strips:
            for b in range(a, len(x), self.tile):
                entries = self._entries(a, b, scratch)
                i, j = slice(a, a + self.tile), slice(b, b + self.tile)
                if a == b:
                    y[i] += entries @ x[i]
                else:
                    add_symmetric_product(entries, x[i], x[j], y[i], y[j])
        return y

    def _entries(self, a: int, b: int, scratch: np.ndarray) -> np.ndarray:
        """The tile with corner (a, b), from memory or computed into it."""
        if (a, b) in self._kept:
            return self._kept[a, b]
        rows, columns = self.Z[a : a + self.tile], self.Z[b : b + self.tile]
        memory = np.empty_like(scratch) if a < self._n_kept else scratch
        entries = memory[: len(rows) * len(columns)].reshape(len(rows), len(columns))
        np.matmul(rows, columns.T, out=entries)
        self.f(entries)
        if a == b:
            np.fill_diagonal(entries, self.diagonal[a : a + self.tile])
        if a < self._n_kept:
            self._kept[a, b] = entries
        return entries
