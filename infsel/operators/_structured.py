"""Relations with a formula cheaper than their n x n entries."""

from __future__ import annotations

from copy import copy

import numpy as np

from infsel.embeddings import Embedding, are_associated, are_spread, gram, lift, project, squared_norms
from infsel.operators._base import FeatureOperator, Index, numbers_of
from infsel.operators._entries import EntryMap, unchanged
from infsel.operators._gram import Gram
from infsel.operators._sampling import Sampling

_FEW = 8  # factors that are quicker to multiply through one by one than whole rows


class MaxOuter(FeatureOperator):
    """max(s_i, s_j), with products in O(n) after one sort.

    With the features sorted by s, (A x)_i = s_i * (sum of x_j up to i) + (sum of s_j x_j after i).

    Parameters
    ----------
    s : ndarray of shape (n,)
        One value per feature.
    """

    def __init__(self, s: np.ndarray) -> None:
        super().__init__(len(s), s.dtype)
        self.s = s
        self._order = np.argsort(s, kind="stable")
        self.nonnegative = bool((s >= 0).all())

    def columns(self, index: np.ndarray) -> np.ndarray:
        """The same rows, transposed."""
        return self.rows(index).T

    def _rows(self, index: Index) -> np.ndarray:
        return np.maximum(self.s[index, None], self.s[None, :])

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        s, x = self.s[self._order], np.ravel(x)[self._order]
        after = np.cumsum((s * x)[::-1])[::-1] - s * x
        y = np.empty(len(s))
        y[self._order] = s * np.cumsum(x) + after
        return y

    _rmatvec = _matvec


class LowRank(FeatureOperator):
    """Q K^T, with products in O(n d).

    Parameters
    ----------
    Q, K : ndarray or implicit rows of shape (n, d)
        One query and one key per feature; logits of attention before their softmax.
    nonnegative : bool, optional
        Whether the formula is never negative, so that what is below 0 is round-off. By default that is known only where
        neither Q nor K holds a negative number.
    """

    def __init__(self, Q: Embedding, K: Embedding, *, nonnegative: bool | None = None) -> None:
        super().__init__(len(Q), np.result_type(Q.dtype, K.dtype))
        self.Q, self.K = Q, K
        self._sampling: Sampling | None = None
        self._clip = bool(nonnegative)
        self.nonnegative = all(map(_never_negative, (Q, K))) or None if nonnegative is None else nonnegative

    def map(self, f: EntryMap, *, nonnegative: bool | None, diagonal: float | None = None) -> FeatureOperator:
        """f applied to each entry; it changes blocks of entries in place, as for `Gram`."""
        A = Gram(self.Q, f, K=self.K, nonnegative=nonnegative, diagonal=diagonal)
        return A.sampled(self._sampling)

    def sampled(self, sampling: Sampling | None) -> FeatureOperator:
        """What `map` hands on: the products of this operator itself are linear in n as they are."""
        return _with_sampling(self, sampling)

    @property
    def estimated(self) -> bool:
        return self._sampling is not None

    def factors(self) -> tuple[np.ndarray, np.ndarray] | None:
        """Q and K, where they are few columns."""
        few = self.Q.shape[1] <= _FEW and not are_spread(self.Q)
        return (self.Q, self.K) if few else None  # type: ignore[return-value]

    def _rows(self, index: Index) -> np.ndarray:
        rows = gram(self.Q[index], self.K)
        return np.maximum(rows, 0, out=rows) if self._clip else rows

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        return self._product(self.Q, self.K, np.ravel(x))

    def _rmatvec(self, x: np.ndarray) -> np.ndarray:
        return self._product(self.K, self.Q, np.ravel(x))

    def _product(self, Q: Embedding, K: Embedding, x: np.ndarray) -> np.ndarray:
        y = lift(Q, project(K, x))
        return np.maximum(y, 0) if self._clip and (x >= 0).all() else y


class Similarity(FeatureOperator):
    """c Z Z^T, symmetric, with products in O(n T) and one copy of Z; by its entries where only these are known.

    Parameters
    ----------
    Z : ndarray or implicit rows of shape (n, T)
        One embedding per feature, C-contiguous: correlations where its rows have norm 1, logits where it holds tokens.
    scale : float, default=1.0
        The number c.
    """

    def __init__(self, Z: Embedding, scale: float = 1.0) -> None:
        super().__init__(len(Z), Z.dtype)
        self.Z, self.scale = Z, Z.dtype.type(scale)
        self._sampling: Sampling | None = None
        if are_associated(Z):  # which have no way through the samples
            self.children = (Gram(Z, unchanged, nonnegative=None, scale=scale),)

    def map(self, f: EntryMap, *, nonnegative: bool | None, diagonal: float | None = None) -> FeatureOperator:
        """f applied to each entry; it changes blocks of entries in place, as for `Gram`."""
        A = Gram(self.Z, f, nonnegative=nonnegative, scale=self.scale, diagonal=diagonal)
        return A.sampled(self._sampling)

    def sampled(self, sampling: Sampling | None) -> FeatureOperator:
        """What `map` hands on: the products of this operator itself are exact."""
        return _with_sampling(self, sampling)

    @property
    def embedding(self) -> Embedding:
        """The rows of Z."""
        return self.Z

    @property
    def estimated(self) -> bool:
        return self._sampling is not None

    def columns(self, index: np.ndarray) -> np.ndarray:
        """The same rows, transposed."""
        return self.rows(index).T

    def _rows(self, index: Index) -> np.ndarray:
        return gram(self.scale * self.Z[index], self.Z)

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        if self.children:
            return self.children[0].matvec(x)
        return float(self.scale) * lift(self.Z, project(self.Z, np.ravel(x)))

    _rmatvec = _matvec


class HalfSquaredDistance(FeatureOperator):
    """|u_i - u_j|^2 / 2 between rows of an embedding, with products in O(n T); rows outside have no relation.

    (|u_i|^2 + |u_j|^2) / 2 - u_i . u_j keeps the more digits the nearer the rows are to the origin, so move it there.

    Parameters
    ----------
    U : ndarray or SparseRows of shape (n, T)
        One embedding per feature, C-contiguous, a row of zeros for those outside.
    inside : ndarray of bool of shape (n,)
        Which features relate at all.
    """

    nonnegative = True

    def __init__(self, U: Embedding, inside: np.ndarray) -> None:
        super().__init__(len(U), U.dtype)
        self.U, self._inside = U, inside.astype(np.float64)
        self._halves = squared_norms(U).astype(np.float64) / 2

    def columns(self, index: np.ndarray) -> np.ndarray:
        """The same rows, transposed."""
        return self.rows(index).T

    def _rows(self, index: Index) -> np.ndarray:
        numbers = numbers_of(index)
        rows = np.add.outer(self._halves[numbers], self._halves) - gram(self.U[index], self.U)
        rows *= np.multiply.outer(self._inside[numbers], self._inside)
        roundoff = self.U.shape[1] * np.finfo(self.dtype).eps * np.add.outer(self._halves[numbers], self._halves)
        return np.where(rows > roundoff, rows, 0).astype(self.dtype)

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        x = self._inside * np.ravel(x)
        y = self._halves * x.sum() + self._halves @ x - lift(self.U, project(self.U, x))
        return self._inside * (np.maximum(y, 0) if (x >= 0).all() else y)

    _rmatvec = _matvec


def _never_negative(rows: Embedding) -> bool:
    return isinstance(rows, np.ndarray) and bool((rows >= 0).all())


def _with_sampling(A: LowRank | Similarity, sampling: Sampling | None) -> FeatureOperator:
    other = copy(A)
    other._sampling = sampling
    return other
