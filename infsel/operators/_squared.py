"""Squared products of rows, less what chance alone would make of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from infsel._runtime.progress import stage
from infsel._runtime.threads import in_threads
from infsel.embeddings import (
    Embedding,
    are_associated,
    are_known,
    are_spread,
    debiased_squares,
    pick_rows,
    squared_norms,
    squares,
)
from infsel.operators._base import Combination, FeatureOperator, Index
from infsel.operators._blocks import Blocks
from infsel.operators._entries import OwnDiagonal, positive_part, unchanged
from infsel.operators._gram import Gram

_HEIGHT = 1024  # rows that are multiplied at once
_WORTH = 2**24  # operations, below which a thread takes longer to start
_SIDES = 4  # products through the samples take 4 n T^2 operations, through all pairs n^2 T


@dataclass(frozen=True, eq=False)
class Squared:
    """a^2 - bias, between rows that are not zero; cut at 0 where that is wished.

    Attributes
    ----------
    bias : float
    inside : ndarray of bool of shape (n,)
        Which rows are not zero: with the others a product is 0 by necessity and not by chance.
    cut : bool
    """

    bias: float
    inside: np.ndarray
    cut: bool

    def __call__(self, entries: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> None:
        """Map the block."""
        np.square(entries, out=entries)
        if not self.bias:
            return
        entries -= entries.dtype.type(self.bias)
        if self.cut:
            np.maximum(entries, 0, out=entries)
        for outside in np.flatnonzero(~self.inside[rows]):
            entries[outside] = 0
        if not self.inside[columns].all():
            entries[:, ~self.inside[columns]] = 0


class SquaredGram(Combination):
    """(z_i^T z_j)^2 - bias between different rows and 0 on the diagonal, with products in O(n T^2) and no n x n matrix.

    sum_j (z_i^T z_j)^2 x_j = z_i^T (sum_j x_j z_j z_j^T) z_i: a matrix of T x T once, and a quadratic form of it for
    each row. The bias has rank one.

    Parameters
    ----------
    Z : ndarray or SparseRows of shape (n, T)
        One embedding per feature.
    bias : float, default=0.0
        What is subtracted, except from the relations of a row of zeros.
    """

    def __init__(self, Z: Embedding, bias: float = 0.0) -> None:
        super().__init__(len(Z), Z.dtype)
        self.Z, self.bias, self.inside = Z, bias, squared_norms(Z) > 0
        squared = OwnDiagonal(Squared(bias, self.inside, cut=False), np.zeros(len(Z), Z.dtype))
        self._blocks = Blocks(Z, None, squared, 1.0)
        self.nonnegative = None if bias else True

    @property
    def embedding(self) -> Embedding:
        """The rows of Z."""
        return self.Z

    def columns(self, index: np.ndarray) -> np.ndarray:
        """The same rows, transposed."""
        return self.rows(index).T

    def _rows(self, index: Index) -> np.ndarray:
        return self._blocks.block(index, slice(0, self.shape[0], None))

    def _times(self, X: np.ndarray, transposed: bool) -> np.ndarray:
        X = np.asarray(X, dtype=np.float64)
        vectors = X.reshape(len(X), -1).T
        with stage("product", 2 * vectors.size) as advance:
            products = [self._product(np.ascontiguousarray(x), advance) for x in vectors]
        return np.stack(products, axis=1).reshape(X.shape)

    def _product(self, x: np.ndarray, advance: Callable[[float], None]) -> np.ndarray:
        forms, own = (self._where_they_are if are_spread(self.Z) else self._in_threads)(x, advance)
        y = forms - own * x
        if self.bias:
            return y - self.bias * self.inside * (x[self.inside].sum() - x)
        return np.maximum(y, 0) if (x >= 0).all() else y  # a sum of what is not negative

    def _where_they_are(self, x: np.ndarray, advance: Callable[[float], None]) -> np.ndarray:
        """The forms of rows that lie in several processes, and their own part: the matrix comes here and goes there."""
        Z: Any = self.Z
        M = Z.sums(_scatter, x)
        advance(len(x))
        forms = Z.joined(_forms, M).T
        advance(len(x))
        return np.asarray(forms)

    def _in_threads(self, x: np.ndarray, advance: Callable[[float], None]) -> np.ndarray:
        y, n_samples = np.empty((2, len(x))), self.Z.shape[1]

        def scatter(starts: Iterable[int]) -> np.ndarray:
            M = np.zeros((n_samples, n_samples))
            for start in starts:
                P = self._written(start)
                M += _scatter(P, slice(start, start + _HEIGHT), x)
                advance(len(P))
            return M

        def forms(starts: Iterable[int]) -> None:
            for start in starts:
                P = self._written(start)
                y[:, start : start + _HEIGHT] = _forms(P, M).T
                advance(len(P))

        starts = range(0, len(x), _HEIGHT)
        share = max(1, _WORTH // (2 * _HEIGHT * n_samples**2))
        M = reduce(np.add, in_threads(scatter, starts, share))
        in_threads(forms, starts, share)
        return y

    def _written(self, start: int) -> np.ndarray:
        """Some rows in double precision."""
        rows = np.arange(start, min(start + _HEIGHT, len(self.Z)))
        return pick_rows(self.Z, rows).astype(np.float64, copy=False)


def _scatter(P: np.ndarray, numbers: slice | np.ndarray, x: np.ndarray) -> np.ndarray:
    """What the rows with these numbers bring to sum_j x_j z_j z_j^T."""
    P = P.astype(np.float64, copy=False)
    return np.asarray(P.T @ (x[numbers, None] * P))


def _forms(P: np.ndarray, M: np.ndarray) -> np.ndarray:
    """z_i^T M z_i and |z_i|^4 for each row, shape (n, 2)."""
    P = P.astype(np.float64, copy=False)
    return np.stack([((P @ M) * P).sum(axis=1), np.square(np.square(P).sum(axis=1))], axis=1)


def squared_gram(Z: Embedding, bias: float = 0.0, *, cut: bool = False) -> FeatureOperator:
    """(z_i^T z_j)^2 - bias between different rows, 0 on the diagonal, by whichever way takes fewer operations.

    Parameters
    ----------
    Z : ndarray or implicit rows of shape (n, T)
    bias : float, default=0.0
        Of pairs that not all samples have, or of labels, it is their own.
    cut : bool, default=False
        Whether what the bias makes negative is 0; then every entry is looked at, tile by tile.
    """
    if are_associated(Z):  # each pair of which has a bias of its own
        read, f = Z.read_as(debiased_squares if bias else squares), positive_part if cut else unchanged
        return Gram(read, f, nonnegative=True if cut or not bias else None, diagonal=0.0)
    if not (cut and bias) and are_known(Z) and _SIDES * Z.shape[1] <= len(Z):
        return SquaredGram(Z, bias)
    squared = Squared(bias, squared_norms(Z) > 0, cut)
    return Gram(Z, squared, nonnegative=True if cut or not bias else None, diagonal=0.0)
