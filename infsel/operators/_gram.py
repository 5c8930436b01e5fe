"""Entrywise functions of a Gram matrix, computed tile by tile."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from functools import reduce

import numpy as np

from infsel._kernels import add_symmetric_product
from infsel._runtime.progress import stage
from infsel._runtime.threads import in_threads
from infsel.embeddings import Embedding
from infsel.operators._base import Combination, FeatureOperator, Index
from infsel.operators._blocks import Blocks
from infsel.operators._entries import EntryMap, OwnDiagonal
from infsel.operators._sampled import SampledGram
from infsel.operators._sampling import Sampling

TILE = 256
KEPT_BYTES = 2**28
_WORTH = 2**24  # operations, below which a thread takes longer to start
_READ = 16  # operations in the time that an entry takes from memory through one product


class Gram(Combination):
    """f(c Q K^T) with f applied to each entry, symmetric where the queries are the keys.

    BLAS computes one tile, f maps it in place, and of a symmetric matrix one kernel lets a tile of the upper triangle
    serve both halves of the product. Tiles are kept between products up to a budget; beyond it they are computed anew,
    so that memory stays O(n T + budget) whatever n is.

    Parameters
    ----------
    Q : ndarray or SparseRows of shape (n, T)
        One embedding per feature, C-contiguous.
    f : callable
        Changes a block of entries of c Q K^T in place, given the numbers of its rows and of its columns:
        ``f(entries, rows, columns)``.
    nonnegative : bool, optional
        Whether neither f nor the diagonal holds a negative value; None where nobody can tell.
    K : ndarray or SparseRows of shape (n, T), optional
        The keys; by default the queries, and then f must treat (i, j) as (j, i).
    scale : float, default=1.0
        The number c.
    diagonal : float or ndarray of shape (n,), optional
        What stands on the diagonal instead of f(c q_i . k_i), where round-off would show.
    tile : int, default=256
        Rows and columns of a tile.
    kept_bytes : int, default=256 MiB
        How many bytes of tiles may stay in memory between two products.
    """

    def __init__(
        self,
        Q: Embedding,
        f: EntryMap,
        *,
        nonnegative: bool | None,
        K: Embedding | None = None,
        scale: float = 1.0,
        diagonal: float | np.ndarray | None = None,
        tile: int = TILE,
        kept_bytes: int = KEPT_BYTES,
    ) -> None:
        super().__init__(len(Q), Q.dtype)
        if diagonal is not None:
            f = OwnDiagonal(f, np.broadcast_to(np.asarray(diagonal, Q.dtype), len(Q)))
        self.blocks, self.tile = Blocks(Q, K, f, scale), tile
        self.nonnegative, self._symmetric = nonnegative, K is None
        self._strips = range(0, len(Q), tile)
        self._kept: dict[int, np.ndarray] = {}
        self.keep(kept_bytes)

    def sampled(self, sampling: Sampling | None) -> FeatureOperator:
        """The same with products from the landmarks of `sampling`; itself for None."""
        return self if sampling is None else SampledGram(self, self.blocks, sampling, self.tile)

    @property
    def embedding(self) -> Embedding | None:
        """The queries, where they are the keys."""
        return self.blocks.Q if self._symmetric else None

    @property
    def keepable_bytes(self) -> int:
        """The size of all tiles."""
        return sum(self._strip_bytes)

    @property
    def _strip_bytes(self) -> list[int]:
        return [(self.shape[0] - self._first(a)) * self.tile * self.dtype.itemsize for a in self._strips]

    def keep(self, n_bytes: int) -> None:
        """Keep tiles between products as long as they fit in so many bytes: whole strips, from the first."""
        self._n_kept = self.tile * int(np.searchsorted(np.cumsum(self._strip_bytes), n_bytes, side="right"))

    def release(self) -> None:
        """Give back the memory of the tiles that are kept for the next product."""
        self._kept = {}

    def columns(self, index: np.ndarray) -> np.ndarray:
        """The same rows, transposed, of a symmetric matrix."""
        return self.rows(index).T if self._symmetric else super().columns(index)

    def _rows(self, index: Index) -> np.ndarray:
        return self.blocks.block(index, slice(0, self.shape[0], None))

    def _times(self, X: np.ndarray, transposed: bool) -> np.ndarray:
        X = np.ascontiguousarray(X, dtype=np.float64)
        n, halves = len(X), 2 if self._symmetric else 1
        with stage("product", n * (n + self.tile * (halves - 1)) / halves) as advance:
            parts = in_threads(
                lambda strips: self._share(strips, X, transposed, advance), self._strips, self._worth(X.size // n)
            )
        return reduce(np.add, parts)

    def _worth(self, n_vectors: int) -> int:
        """How many strips are worth a thread, where entries are read, and at times computed."""
        per_entry = max(_READ * n_vectors, self.blocks.Q.shape[1] / 8)
        operations = self.tile * self.shape[0] / (2 if self._symmetric else 1) * per_entry
        return max(2, math.ceil(_WORTH / operations))

    def _first(self, a: int) -> int:
        """The first column of the strip of rows from a on: the lower half of a symmetric matrix is not computed."""
        return a if self._symmetric else 0

    def _share(
        self, strips: Iterable[int], x: np.ndarray, transposed: bool, advance: Callable[[float], None]
    ) -> np.ndarray:
        """What these strips, and the mirror images of symmetric ones, contribute to A x or A^T x."""
        y = np.zeros_like(x)
        scratch = np.empty(self.tile**2, self.dtype)
        for a in strips:
            for b, entries in self._tiles(a, scratch):
                i, j = slice(a, a + self.tile), slice(b, b + self.tile)
                if self._symmetric and a != b:
                    _add_both(entries, x, y, i, j)
                elif transposed:
                    y[j] += entries.T @ x[i]
                else:
                    y[i] += entries @ x[j]
            advance(self.tile * (len(x) - self._first(a)))
        return y

    def _tiles(self, a: int, scratch: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
        """The tiles of the strip of rows from a on, with their first columns, from memory or computed."""
        n, known, first = self.shape[0], self._kept.get(a), self._first(a)
        height = min(self.tile, n - a)
        # one array for a strip: the system hands out memory that size in large pages
        strip = np.empty(height * (n - first), self.dtype) if known is None and a < self._n_kept else known
        for b in range(first, n, self.tile):
            width = min(self.tile, n - b)
            start = 0 if strip is None else height * (b - first)
            entries = (scratch if strip is None else strip)[start : start + height * width].reshape(height, width)
            if known is None:
                self.blocks.block(slice(a, a + height, None), slice(b, b + width, None), out=entries)
            yield b, entries
        if strip is not None:
            self._kept[a] = strip


def _add_both(entries: np.ndarray, x: np.ndarray, y: np.ndarray, i: slice, j: slice) -> None:
    """Let an off-diagonal tile in rows i and columns j of a symmetric matrix serve both halves of y += A x."""
    if x.ndim == 1:
        add_symmetric_product(entries, x[i], x[j], y[i], y[j])
        return
    double = entries.astype(x.dtype, copy=False)  # once for both products
    y[i] += double @ x[j]
    y[j] += double.T @ x[i]
