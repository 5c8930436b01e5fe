"""One minus the absolute correlation of ranks."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

import numpy as np

from infsel._kernels import exceed
from infsel.operators._base import Combination, FeatureOperator, Index, along, numbers_of
from infsel.operators._entries import absolute
from infsel.operators._gram import TILE, Gram
from infsel.operators._sampling import Sampling


class Complement(Combination):
    """1 - |z_i^T z_j| / (|z_i| |z_j|) off the diagonal, for rows of whole numbers, without a digit lost between copies.

    (|z_i|^2 + |z_j|^2) / 2 - |z_i^T z_j| is a whole number that single precision holds, 0 between copies. Where ties
    make the norms differ, (|z_i| - |z_j|)^2 / 2 is missing, which has rank three and costs O(n). A row of zeros is
    unrelated to every row and to itself: 1 throughout.

    Parameters
    ----------
    Z : ndarray of shape (n, T)
        Whole numbers whose products single precision holds, C-contiguous.
    norms : ndarray of shape (n,)
        Their Euclidean norms.
    dtype : dtype
        Precision of the entries.
    tile : int, default=256
        As for `Gram`.
    """

    nonnegative = True

    def __init__(self, Z: np.ndarray, norms: np.ndarray, dtype: np.dtype, tile: int = TILE) -> None:
        super().__init__(len(Z), dtype)
        self._Z, self._tile = Z, tile
        self._weights = np.divide(1, norms, out=np.zeros_like(norms), where=norms > 0)
        self._flat = (norms == 0).astype(np.float64)
        self._halves = np.rint(np.square(norms)) / 2
        # how the norms differ, and not the norms: what they have in common would cancel
        self._shift = np.where(norms > 0, norms - norms.max(initial=0), 0)
        self._exact = Gram(Z, Exceeding(self._halves.astype(Z.dtype)), nonnegative=True, diagonal=0.0, tile=tile)
        self.children = (self._exact,)

    def sampled(self, sampling: Sampling | None) -> FeatureOperator:
        """The same where landmarks stand for all features in the sum over |z_i^T z_j|, and the rest stays exact."""
        other = copy(self)
        near = Gram(self._Z, absolute, nonnegative=True, diagonal=0.0, tile=self._tile)
        other.children = (self._exact if sampling is None else near.sampled(sampling),)
        return other

    def columns(self, index: np.ndarray) -> np.ndarray:
        """The same rows, transposed."""
        return self.rows(index).T

    def _rows(self, index: Index) -> np.ndarray:
        numbers = numbers_of(index)
        rows = self._exact.rows(index) - np.square(np.subtract.outer(self._shift[numbers], self._shift)) / 2
        rows = np.maximum(rows, 0) * self._weights[numbers, None] * self._weights
        flat = np.maximum.outer(self._flat[numbers], self._flat)
        return (rows + flat).astype(self.dtype)

    def _times(self, X: np.ndarray, transposed: bool) -> np.ndarray:
        X = X.astype(np.float64, copy=False)
        Y = along(self._weights, X)
        apart = self._sum_of_others(Y) if self.estimated else self.children[0].times(Y)
        if self._shift.any():
            apart = apart - _squared_differences(self._shift, Y)
            apart = np.where((Y >= 0).all(axis=0), np.maximum(apart, 0), apart)  # a sum of what is not negative
        flat = along(self._flat, X).sum(axis=0), X.sum(axis=0)
        return (
            along(self._weights, apart)
            + np.multiply.outer(1 - self._flat, flat[0])
            + np.multiply.outer(self._flat, flat[1])
        )

    def _sum_of_others(self, Y: np.ndarray) -> np.ndarray:
        h = self._halves
        both = np.multiply.outer(h, Y.sum(axis=0)) + along(h, Y).sum(axis=0) - along(2 * h, Y)
        return both - self.children[0].times(Y)


@dataclass(frozen=True, eq=False)
class Exceeding:
    """h_i + h_j - |g|: how far a product of rows stays below the mean of their squared norms, of which h are halves."""

    halves: np.ndarray

    def __call__(self, entries: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> None:
        """Map the block."""
        exceed(entries, self.halves[rows], self.halves[columns])


def _squared_differences(d: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """sum_j (d_i - d_j)^2 y_j / 2 for every i."""
    weighted = along(d, Y)
    total = np.multiply.outer(d**2, Y.sum(axis=0)) + along(d, weighted).sum(axis=0)
    return total / 2 - np.multiply.outer(d, weighted.sum(axis=0))
