"""Entrywise functions of a Gram matrix, computed tile by tile."""

from collections.abc import Callable, Iterator

import numpy as np

from infsel._kernels import add_symmetric_product
from infsel.operators._base import FeatureOperator, Index

TILE = 256
KEPT_BYTES = 2**28


class Gram(FeatureOperator):
    """f(Z Z^T) with f applied to each entry and a zero diagonal.

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
        Whether f never returns a negative value.
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
        tile: int = TILE,
        kept_bytes: int = KEPT_BYTES,
    ) -> None:
        super().__init__(len(Z), Z.dtype)
        self.Z, self.f, self.tile = Z, f, tile
        self.nonnegative = nonnegative
        self._n_kept = kept_bytes // (tile * tile * Z.dtype.itemsize)
        self._kept: list[np.ndarray] = []

    def _rows(self, index: Index) -> np.ndarray:
        rows = self.Z[index] @ self.Z.T
        self.f(rows)
        rows[np.arange(len(rows)), np.arange(self.shape[0])[index]] = 0
        return rows

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        x = np.ascontiguousarray(np.ravel(x), dtype=np.float64)
        y = np.zeros(self.shape[0])
        for (i, j), tile in self._tiles():
            if i == j:
                y[i] += tile @ x[i]
            else:
                add_symmetric_product(tile, x[i], x[j], y[i], y[j])
        return y

    _rmatvec = _matvec

    def _tiles(self) -> Iterator[tuple[tuple[slice, slice], np.ndarray]]:
        starts = range(0, self.shape[0], self.tile)
        pairs = ((slice(a, a + self.tile), slice(b, b + self.tile)) for a in starts for b in starts if b >= a)
        for k, (i, j) in enumerate(pairs):
            if k < len(self._kept):
                yield (i, j), self._kept[k]
                continue
            tile = self._tile(i, j)
            if k < self._n_kept:
                self._kept.append(tile)
            yield (i, j), tile

    def _tile(self, i: slice, j: slice) -> np.ndarray:
        tile = self.Z[i] @ self.Z[j].T
        self.f(tile)
        if i == j:
            np.fill_diagonal(tile, 0)
        return tile
