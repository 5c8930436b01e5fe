"""Entrywise functions of a symmetric Gram matrix, computed tile by tile."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from functools import reduce

import numpy as np

from infsel._kernels import add_symmetric_product
from infsel._progress import stage
from infsel._sparse_rows import Embedding, gram
from infsel._threads import in_threads
from infsel.operators._base import FeatureOperator, Index
from infsel.operators._sampling import Sampling, sampled_product

TILE = 256
KEPT_BYTES = 2**28
_WORTH = 2**24  # operations, below which a thread takes longer to start
_READ = 16  # operations in the time that an entry takes from memory through one product


class Gram(FeatureOperator):
    """f(c Z Z^T) with f applied to each entry, and a diagonal of its own where one is given.

    BLAS computes one tile of the upper triangle, f maps it in place, and one kernel lets it serve both halves of the
    product. Tiles are kept between products up to a budget; beyond it they are computed anew, so that memory stays
    O(n T + budget) whatever n is.

    Parameters
    ----------
    Z : ndarray or SparseRows of shape (n, T)
        One embedding per feature, C-contiguous.
    f : callable
        Changes an array of entries of c Z Z^T in place.
    nonnegative : bool
        Whether neither f nor the diagonal holds a negative value.
    scale : float, default=1.0
        The number c.
    diagonal : float or ndarray of shape (n,), optional
        What stands on the diagonal instead of f(c |z_i|^2), where round-off would show.
    tile : int, default=256
        Rows and columns of a tile.
    kept_bytes : int, default=256 MiB
        How many bytes of tiles may stay in memory between two products.
    """

    def __init__(
        self,
        Z: Embedding,
        f: Callable[[np.ndarray], object],
        *,
        nonnegative: bool,
        scale: float = 1.0,
        diagonal: float | np.ndarray | None = None,
        tile: int = TILE,
        kept_bytes: int = KEPT_BYTES,
    ) -> None:
        super().__init__(len(Z), Z.dtype)
        self.Z, self.f, self.scale, self.tile = Z, f, Z.dtype.type(scale), tile
        self.nonnegative = nonnegative
        self.diagonal = None if diagonal is None else np.broadcast_to(np.asarray(diagonal, Z.dtype), len(Z))
        self._strips = range(0, len(Z), tile)
        self._kept: dict[int, np.ndarray] = {}
        self._sampling: Sampling | None = None
        self.keep(kept_bytes)

    def sample(self, sampling: Sampling | None) -> None:
        """Estimate products from the landmarks of `sampling`; None makes them exact again."""
        self._sampling = sampling

    @property
    def sampling(self) -> Sampling | None:
        return self._sampling

    @property
    def keepable_bytes(self) -> int:
        """The size of all tiles."""
        return sum(self._strip_bytes)

    @property
    def _strip_bytes(self) -> list[int]:
        return [(len(self.Z) - start) * self.tile * self.dtype.itemsize for start in self._strips]

    def keep(self, n_bytes: int) -> None:
        """Keep tiles between products as long as they fit in so many bytes: whole strips, from the first."""
        self._n_kept = self.tile * int(np.searchsorted(np.cumsum(self._strip_bytes), n_bytes, side="right"))

    def release(self) -> None:
        """Give back the memory of the tiles that are kept for the next product."""
        self._kept = {}

    def _rows(self, index: Index) -> np.ndarray:
        rows = gram(self.Z[index], self.Z)
        numbers = np.arange(self.shape[0])[index]
        self.map(rows)
        if self.diagonal is not None:
            rows[np.arange(len(rows)), numbers] = self.diagonal[numbers]
        return rows

    def map(self, entries: np.ndarray) -> None:
        """Turn entries of Z Z^T into entries off the diagonal, in place."""
        if self.scale != 1:
            np.multiply(entries, self.scale, out=entries)
        self.f(entries)

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        return self._matmat(np.ravel(x))

    _rmatvec = _matvec

    def _matmat(self, X: np.ndarray) -> np.ndarray:
        X = np.ascontiguousarray(X, dtype=np.float64)
        if self._sampling is not None:
            return sampled_product(self, X, self._sampling)
        n = len(X)
        with stage("product", n * (n + self.tile) / 2) as advance:
            parts = in_threads(lambda strips: self._share(strips, X, advance), self._strips, self._worth(X.size // n))
        return reduce(np.add, parts)

    _rmatmat = _matmat

    def _worth(self, n_vectors: int) -> int:
        """How many strips are worth a thread, where entries are read, and at times computed."""
        operations = self.tile * len(self.Z) / 2 * max(_READ * n_vectors, self.Z.shape[1] / 8)
        return max(2, math.ceil(_WORTH / operations))

    def _share(self, strips: Iterable[int], x: np.ndarray, advance: Callable[[float], None]) -> np.ndarray:
        """What these strips of the upper triangle, and their mirror images, contribute to A x."""
        y = np.zeros_like(x)
        scratch = np.empty(self.tile**2, self.dtype)
        for a in strips:
            for b, entries in self._tiles(a, scratch):
                i, j = slice(a, a + self.tile), slice(b, b + self.tile)
                if a == b:
                    y[i] += entries @ x[i]
                elif x.ndim == 1:
                    add_symmetric_product(entries, x[i], x[j], y[i], y[j])
                else:
                    double = entries.astype(x.dtype, copy=False)  # once for both products
                    y[i] += double @ x[j]
                    y[j] += double.T @ x[i]
            advance(self.tile * (len(x) - a))
        return y

    def _tiles(self, a: int, scratch: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
        """The tiles of the strip of rows from a on, with their first columns, from memory or computed."""
        n, known = len(self.Z), self._kept.get(a)
        height = min(self.tile, n - a)
        # one array for a strip: the system hands out memory that size in large pages
        strip = np.empty(height * (n - a), self.dtype) if known is None and a < self._n_kept else known
        for b in range(a, n, self.tile):
            width = min(self.tile, n - b)
            start = 0 if strip is None else height * (b - a)
            entries = (scratch if strip is None else strip)[start : start + height * width].reshape(height, width)
            if known is None:
                self._compute(a, b, entries)
            yield b, entries
        if strip is not None:
            self._kept[a] = strip

    def _compute(self, a: int, b: int, entries: np.ndarray) -> None:
        """Write the tile with corner (a, b)."""
        gram(self.Z[a : a + self.tile], self.Z[b : b + self.tile], out=entries)
        self.map(entries)
        if a == b and self.diagonal is not None:
            np.fill_diagonal(entries, self.diagonal[a : a + self.tile])
