"""Products that a sample of the columns estimates, in linear time."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np

from infsel._runtime.progress import stage
from infsel._runtime.threads import in_threads
from infsel.embeddings import are_spread
from infsel.operators._base import Combination, FeatureOperator, Index, along
from infsel.operators._blocks import Blocks
from infsel.operators._sampling import Sampling


class SampledGram(Combination):
    """A Gram matrix whose products read the columns of the landmarks only, or are exact in a few rows.

    The mean over the landmarks stands for the mean over all other features, as in Nystrom's method for integral
    equations, while what a feature gives to itself is exact: kernels such as exp peak on the diagonal.

    Parameters
    ----------
    whole : FeatureOperator of shape (n, n)
        The matrix, which lists its rows.
    blocks : Blocks
        Its entries.
    sampling : Sampling
    tile : int
        Rows and columns that are computed at once.
    """

    def __init__(self, whole: FeatureOperator, blocks: Blocks, sampling: Sampling, tile: int) -> None:
        super().__init__(whole.shape[0], whole.dtype)
        self._whole, self._blocks, self._sampling, self._tile = whole, blocks, sampling, tile
        self.nonnegative = whole.nonnegative

    @property
    def estimated(self) -> bool:
        return True

    def sampled(self, sampling: Sampling | None) -> FeatureOperator:
        """The whole matrix, or the same with other landmarks."""
        return self._whole.sampled(sampling)

    def _rows(self, index: Index) -> np.ndarray:
        return self._whole.rows(index)

    def _times(self, X: np.ndarray, transposed: bool) -> np.ndarray:
        X = np.ascontiguousarray(X, dtype=np.float64)
        n, everyone = len(X), np.arange(len(X))
        y = np.zeros_like(X)
        if self._sampling.exact is not None:
            rows = self._sampling.exact
            y[rows] = self._from_others(rows, everyone, X, transposed)
        else:
            rows, marks = everyone, self._sampling.landmarks
            others = np.full(n, len(marks))
            others[marks] -= 1  # a landmark is no other to itself
            y = along((n - 1) / others, self._from_others(everyone, marks, X, transposed))
        y[rows] += along(self._blocks.diagonal[rows], X[rows])
        return y

    def _from_others(self, rows: np.ndarray, columns: np.ndarray, X: np.ndarray, transposed: bool) -> np.ndarray:
        """What the features `columns` bring to each of `rows`, none to itself."""
        bring = partial(from_others, self._tile)
        if are_spread(self._blocks.Q):
            return np.asarray(self._blocks.Q.bring(bring, self._blocks, rows, columns, X, transposed))  # type: ignore[union-attr]
        return bring(self._blocks, rows, columns, X, transposed)


def from_others(
    tile: int, blocks: Blocks, rows: np.ndarray, columns: np.ndarray, X: np.ndarray, transposed: bool
) -> np.ndarray:
    """What the features `columns` bring to each of `rows`, none to itself, so many at once."""
    y = np.zeros((len(rows), *X.shape[1:]))

    def share(starts: Iterable[int]) -> None:
        scratch = np.empty(tile**2, blocks.Q.dtype)
        for a in starts:
            i = rows[a : a + tile]
            for b in range(0, len(columns), tile):
                j = columns[b : b + tile]
                entries = _between(blocks, i, j, scratch, transposed)
                at = np.minimum(np.searchsorted(j, i), len(j) - 1)
                entries[np.flatnonzero(j[at] == i), at[j[at] == i]] = 0
                y[a : a + tile] += entries @ X[j]
            advance(len(i))

    with stage("product with landmarks", len(rows)) as advance:
        in_threads(share, range(0, len(rows), tile), smallest_share=2)
    return y


def _between(blocks: Blocks, i: np.ndarray, j: np.ndarray, scratch: np.ndarray, transposed: bool) -> np.ndarray:
    """What each of j brings to each of i, shape (len(i), len(j))."""
    first, second = (j, i) if transposed else (i, j)
    entries = scratch[: len(i) * len(j)].reshape(len(first), len(second))
    blocks.block(first, second, out=entries)
    return entries.T if transposed else entries
