"""Entrywise functions of a Gram matrix, computed tile by tile."""

from __future__ import annotations

from typing import Any

import numpy as np

from infsel.embeddings import Embedding
from infsel.operators._base import Combination, FeatureOperator, Index
from infsel.operators._blocks import Blocks
from infsel.operators._entries import EntryMap, OwnDiagonal
from infsel.operators._sampled import SampledGram
from infsel.operators._sampling import Sampling
from infsel.operators._tiles import tiles_of

TILE = 256
KEPT_BYTES = 2**28


class Gram(Combination):
    """f(c Q K^T) with f applied to each entry, symmetric where the queries are the keys.

    Tiles are kept between products up to a budget; beyond it they are computed anew, so that memory stays
    O(n T + budget) whatever n is.

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
        How many bytes of tiles may stay in memory between two products; of a cluster in that of each worker.
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
        self._tiles = tiles_of(self.blocks, tile, K is None)
        self.nonnegative, self._symmetric = nonnegative, K is None
        self.keep(kept_bytes)

    def sampled(self, sampling: Sampling | None) -> FeatureOperator:
        """The same with products from the landmarks of `sampling`; itself for None."""
        return self if sampling is None else SampledGram(self, self.blocks, sampling, self.tile)

    @property
    def embedding(self) -> Embedding | None:
        """The queries, where they are the keys."""
        return self.blocks.Q if self._symmetric else None

    @property
    def _kept(self) -> dict[Any, Any]:
        """The tiles that are kept."""
        return self._tiles.kept

    @property
    def keepable_bytes(self) -> int:
        """The size of all tiles."""
        return int(self._tiles.keepable_bytes)

    def keep(self, n_bytes: int) -> None:
        """Keep tiles between products as long as they fit in so many bytes."""
        self._tiles.keep(n_bytes)

    def release(self) -> None:
        """Give back the memory of the tiles that are kept for the next product."""
        self._tiles.release()

    def columns(self, index: np.ndarray) -> np.ndarray:
        """The same rows, transposed, of a symmetric matrix."""
        return self.rows(index).T if self._symmetric else super().columns(index)

    def _rows(self, index: Index) -> np.ndarray:
        return self.blocks.block(index, slice(0, self.shape[0], None))

    def _times(self, X: np.ndarray, transposed: bool) -> np.ndarray:
        return np.asarray(self._tiles.product(np.ascontiguousarray(X, dtype=np.float64), transposed))
