"""Tiles of an entrywise function of Q K^T, kept between products or computed anew."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import reduce
from typing import Any

import numpy as np

from infsel._kernels import add_symmetric_product
from infsel._runtime.progress import stage
from infsel._runtime.threads import in_threads
from infsel.embeddings import are_spread
from infsel.operators._blocks import Blocks

_WORTH = 2**24  # operations, below which a thread takes longer to start
_READ = 16  # operations in the time that an entry takes from memory through one product


class Tiles:
    """The tiles in some rows and columns of f(c Q K^T): a product runs them in threads.

    BLAS computes one tile, f maps it in place, and of a symmetric matrix one kernel lets a tile of the upper triangle
    serve both halves of the product. A strip is a row of tiles.

    Parameters
    ----------
    blocks : Blocks
        The entries.
    tile : int
        Rows and columns of a tile.
    symmetric : bool
        Whether only the upper triangle is looked at, and stands for the lower, too.
    rows, columns : range
        Which of them; of a symmetric matrix the same, or columns that all lie behind the rows.
    dtype : dtype
        Precision of the entries.
    """

    def __init__(
        self, blocks: Blocks, tile: int, symmetric: bool, rows: range, columns: range, dtype: np.dtype
    ) -> None:
        self.blocks, self.tile, self.symmetric, self.dtype = blocks, tile, symmetric, dtype
        self.rows, self.columns = rows, columns
        self.strips = range(rows.start, rows.stop, tile)
        self.kept: dict[int, np.ndarray] = {}
        self._n_kept = 0

    def between(self, rows: range, columns: range, Q: Any, K: Any) -> Tiles:
        """Those in other rows and columns, which these embeddings hold."""
        return Tiles(replace(self.blocks, Q=Q, K=K), self.tile, self.symmetric, rows, columns, self.dtype)

    @property
    def keepable_bytes(self) -> int:
        """The size of all tiles."""
        return sum(map(self._bytes, self.strips))

    def _bytes(self, a: int) -> int:
        return (self.columns.stop - self._first(a)) * self.tile * self.dtype.itemsize

    def keep(self, n_bytes: int) -> None:
        """Keep tiles between products as long as they fit in so many bytes: whole strips, from the first."""
        sizes = np.cumsum(list(map(self._bytes, self.strips)))
        self._n_kept = int(np.searchsorted(sizes, n_bytes, side="right"))

    def fill(self) -> dict[int, np.ndarray]:
        """All tiles, as they are kept."""
        self._n_kept, scratch = len(self.strips), np.empty(0, self.dtype)
        for a in self.strips:
            for _ in self._tiles(a, scratch):
                pass
        return self.kept

    def release(self) -> None:
        """Give back the memory of the tiles that are kept for the next product."""
        self.kept = {}

    def product(self, X: np.ndarray, transposed: bool) -> np.ndarray:
        """A X, or A^T X, as far as these rows and columns have a part in it."""
        n, halves = len(X), 2 if self.symmetric else 1
        with stage("product", n * (n + self.tile * (halves - 1)) / halves) as advance:
            parts = in_threads(
                lambda strips: self.share(strips, X, transposed, advance), self.strips, self._worth(X.size // n)
            )
        return reduce(np.add, parts)

    def _worth(self, n_vectors: int) -> int:
        """How many strips are worth a thread, where entries are read, and at times computed."""
        per_entry = max(_READ * n_vectors, self.blocks.Q.shape[1] / 8)
        operations = self.tile * len(self.columns) / (2 if self.symmetric else 1) * per_entry
        return max(2, math.ceil(_WORTH / operations))

    def _first(self, a: int) -> int:
        """The first column of the strip of rows from a on: the lower half of a symmetric matrix is not computed."""
        return max(a, self.columns.start) if self.symmetric else self.columns.start

    def share(
        self, strips: Iterable[int], x: np.ndarray, transposed: bool, advance: Callable[[float], None]
    ) -> np.ndarray:
        """What these strips, and the mirror images of symmetric ones, contribute to A x or A^T x."""
        y = np.zeros_like(x)
        scratch = np.empty(self.tile**2, self.dtype)
        for a in strips:
            for b, entries in self._tiles(a, scratch):
                i, j = slice(a, a + len(entries)), slice(b, b + entries.shape[1])
                if self.symmetric and a != b:
                    _add_both(entries, x, y, i, j)
                elif transposed:
                    y[j] += entries.T @ x[i]
                else:
                    y[i] += entries @ x[j]
            advance(self.tile * (self.columns.stop - self._first(a)))
        return y

    def _tiles(self, a: int, scratch: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
        """The tiles of the strip of rows from a on, with their first columns, from memory or computed."""
        known, first, end = self.kept.get(a), self._first(a), self.columns.stop
        height = min(self.tile, self.rows.stop - a)
        keeps = (a - self.rows.start) // self.tile < self._n_kept
        # one array for a strip: the system hands out memory that size in large pages
        strip = np.empty(height * (end - first), self.dtype) if known is None and keeps else known
        for b in range(first, end, self.tile):
            width = min(self.tile, end - b)
            start = 0 if strip is None else height * (b - first)
            entries = (scratch if strip is None else strip)[start : start + height * width].reshape(height, width)
            if known is None:
                self.blocks.block(slice(a, a + height, None), slice(b, b + width, None), out=entries)
            yield b, entries
        if strip is not None:
            self.kept[a] = strip


def tiles_of(blocks: Blocks, tile: int, symmetric: bool) -> Any:
    """All tiles, run by what the embedding has to run them, else by threads."""
    n = len(blocks.Q)
    here = Tiles(blocks, tile, symmetric, range(n), range(n), blocks.Q.dtype)
    return blocks.Q.spread(here) if are_spread(blocks.Q) else here  # type: ignore[union-attr]


def _add_both(entries: np.ndarray, x: np.ndarray, y: np.ndarray, i: slice, j: slice) -> None:
    """Let an off-diagonal tile in rows i and columns j of a symmetric matrix serve both halves of y += A x."""
    if x.ndim == 1:
        add_symmetric_product(entries, x[i], x[j], y[i], y[j])
        return
    double = entries.astype(x.dtype, copy=False)  # once for both products
    y[i] += double @ x[j]
    y[j] += double.T @ x[i]
