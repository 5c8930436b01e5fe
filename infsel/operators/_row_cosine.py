"""Cosines between the rows of another operator: features are alike when they relate alike."""

from __future__ import annotations

import numpy as np

from infsel._runtime.progress import stage
from infsel.operators._base import Combination, FeatureOperator, Index, along
from infsel.operators._sampling import Sampling
from infsel.operators._structured import LowRank, Similarity


class RowCosine(Combination):
    """D A A^T D, where D holds one over the norms of the rows of A: two products with A each, and no n x n matrix.

    Parameters
    ----------
    A : FeatureOperator
        Its rows are listed once, for their norms. A row of zeros has cosine 0 with every row.
    """

    def __init__(self, A: FeatureOperator) -> None:
        super().__init__(A.shape[0], A.dtype)
        self.children, self.nonnegative = (A,), A.nonnegative or None
        squares = np.empty(A.shape[0])
        with stage("norms of the rows", A.shape[0]) as advance:
            for where, rows in A.row_blocks():
                with np.errstate(over="ignore"):
                    squares[where] = np.square(rows, dtype=np.float64).sum(axis=1)
                advance(len(rows))
        self._weights = _inverse(np.sqrt(squares))

    def sampled(self, sampling: Sampling | None) -> FeatureOperator:
        """Itself: a sample of the columns would say little of cosines."""
        del sampling
        return self

    def _rows(self, index: Index) -> np.ndarray:
        rows = along(self._weights[index], self.children[0].rows(index).astype(np.float64))
        return along(self._weights, self.children[0].times(rows.T)).T.astype(self.dtype)

    def _times(self, X: np.ndarray, transposed: bool) -> np.ndarray:
        A = self.children[0]
        return along(self._weights, A.times(A.times(along(self._weights, X), transposed=True)))


def row_cosine(A: FeatureOperator) -> FeatureOperator:
    """Cosines between all rows of A, shape (n, n); in O(n d^2) where A = Q K^T with d below n.

    With K = U R, U of orthonormal columns, the products of the rows of Q K^T are those of the rows of Q R^T.
    """
    if isinstance(A, Similarity) and isinstance(A.Z, np.ndarray) and A.Z.shape[1] <= len(A.Z):
        return cosines(A.Z @ _triangle(A.Z).T)
    if isinstance(A, LowRank) and isinstance(A.K, np.ndarray) and A.K.shape[1] <= len(A.K):
        return cosines(A.Q @ _triangle(A.K).T, nonnegative=A.nonnegative)
    return RowCosine(A)


def cosines(rows: np.ndarray, *, nonnegative: bool | None = None) -> FeatureOperator:
    """Cosines between the rows of an array of shape (n, d); 0 with a row of zeros."""
    units = along(_inverse(np.linalg.norm(rows, axis=1)).astype(rows.dtype), rows)
    A = Similarity(np.ascontiguousarray(units))
    return A.with_sign(True) if nonnegative else A


def _triangle(K: np.ndarray) -> np.ndarray:
    """R of K = U R."""
    return np.asarray(np.linalg.qr(K, mode="r"))


def _inverse(norms: np.ndarray) -> np.ndarray:
    if not np.isfinite(norms).all():
        raise ValueError("the squares of the affinity are beyond the range of numbers: divide it by its largest entry.")
    return np.divide(1.0, norms, out=np.zeros_like(norms), where=norms > 0)
