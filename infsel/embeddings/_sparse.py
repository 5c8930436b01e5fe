"""Standardized columns of a sparse table, which would be dense if they were written down."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp

from infsel._runtime.memory import allocate
from infsel.embeddings._protocol import Index

_PRODUCTS = 2**22  # that are sparse at a time
_REMEDY = "let fewer columns enter, with a lower screen or min_screened"


class SparseRows:
    """diag(w) (S - m c^T): sparse rows, each less a constant, or a multiple of one row, and times a factor.

    Centering fills the zeros of a sparse table. Kept apart, the constant costs one number a row, and the products that
    Gram operators need follow from those of S.

    Parameters
    ----------
    S : CSR array of shape (n, T)
        One feature a row.
    m, w : ndarray of shape (n,)
        What is subtracted from a row, also from its zeros, and what it is then multiplied by.
    c : ndarray of shape (T,), default=None
        What m is multiplied by for each sample; None for 1.
    """

    def __init__(self, S: sp.csr_array, m: np.ndarray, w: np.ndarray, c: np.ndarray | None = None) -> None:
        self.S, self.m, self.w = S, m.astype(S.dtype), w.astype(S.dtype)
        self.c = np.ones(S.shape[1], S.dtype) if c is None else c.astype(S.dtype)
        self.shape, self.dtype = S.shape, S.dtype

    __array_ufunc__ = None  # a NumPy number times these rows is for __rmul__ to answer

    def __len__(self) -> int:
        return int(self.shape[0])

    def __getitem__(self, index: Index) -> SparseRows:
        return SparseRows(self.S[index], self.m[index], self.w[index], self.c)

    def __mul__(self, factor: float) -> SparseRows:
        return SparseRows(self.S, self.m, self.w * self.dtype.type(factor), self.c)

    __rmul__ = __mul__

    def toarray(self) -> np.ndarray:
        """The rows written down."""
        return self.w[:, None] * (self.S.toarray() - np.outer(self.m, self.c))

    def gram(self, other: SparseRows) -> np.ndarray:
        """Products of all rows with all rows of `other`."""
        # the smaller set of rows is written down, so that a sparse matrix meets a dense one
        if len(other) <= len(self):
            return self._times(other.toarray().T)
        return np.ascontiguousarray(other._times(self.toarray().T).T)

    def outer(self, other: SparseRows) -> np.ndarray:
        """What `gram` computes, from the entries that samples share: no row is written down."""
        P, Q = _times_rows(self.S, self.w), _times_rows(other.S, other.w)
        m, k = self.w * self.m, other.w * other.m
        return _products(P, sp.csr_array(Q.T), np.c_[P @ self.c, m], np.c_[k, Q @ self.c - k * (self.c @ self.c)])

    def inner(self) -> np.ndarray:
        """Z^T Z: products of all samples with each other, from the entries that rows share."""
        S, m, c = _times_rows(self.S, self.w), self.w * self.m, self.c
        sums = S.T @ m
        return _products(sp.csr_array(S.T), S, np.c_[sums, c], np.c_[c, sums - c * (m @ m)])

    def by_sample(self, factors: np.ndarray) -> SparseRows:
        """The rows with what stands under each sample times its factor."""
        S = self.S
        scaled = sp.csr_array((S.data * factors[S.indices], S.indices, S.indptr), shape=S.shape)
        return SparseRows(scaled, self.m, self.w, self.c * factors)

    def lift(self, v: np.ndarray) -> np.ndarray:
        """Z v, for v of shape (T,) or (T, k)."""
        return (self.w * (self.S @ v - np.multiply.outer(self.m, self.c @ v)).T).T

    def project(self, x: np.ndarray) -> np.ndarray:
        """Z^T x, for x of shape (n,) or (n, k)."""
        x = (self.w * x.T).T
        return self.S.T @ x - np.multiply.outer(self.c, self.m @ x)

    def squared_norms(self) -> np.ndarray:
        """|z_i|^2 for each row."""
        squares, products = self.S.multiply(self.S).sum(axis=1), self.S @ self.c
        return self.w**2 * (squares - 2 * self.m * products + (self.c @ self.c) * self.m**2)

    def _times(self, dense: np.ndarray) -> np.ndarray:
        dense = np.ascontiguousarray(dense)
        return self.w[:, None] * (self.S @ dense - np.outer(self.m, self.c @ dense))


Written = np.ndarray | SparseRows


def outer(P: Any, Q: Any) -> np.ndarray:
    """P Q^T, both written down or neither."""
    return P @ Q.T if isinstance(P, np.ndarray) else P.outer(Q)


def inner(Z: Written) -> np.ndarray:
    """Z^T Z."""
    return Z.T @ Z if isinstance(Z, np.ndarray) else Z.inner()


def by_sample(Z: Written, factors: np.ndarray) -> Written:
    """The rows with what stands under each sample times its factor."""
    return Z * factors if isinstance(Z, np.ndarray) else Z.by_sample(factors)


def _products(P: sp.csr_array, Q: sp.csr_array, U: np.ndarray, V: np.ndarray) -> np.ndarray:
    """P Q - U V^T written down; P Q is nearly full, and sparse only some rows at a time."""
    products = allocate((P.shape[0], Q.shape[1]), P.dtype, "the products of sparse columns", _REMEDY)
    height = max(1, _PRODUCTS // max(1, Q.shape[1]))
    for start in range(0, len(products), height):
        where = slice(start, start + height)
        products[where] = (P[where] @ Q).toarray()
        products[where] -= U[where] @ V.T
    return products


def _times_rows(S: sp.csr_array, w: np.ndarray) -> sp.csr_array:
    return sp.csr_array((S.data * np.repeat(w, np.diff(S.indptr)), S.indices, S.indptr), shape=S.shape)
