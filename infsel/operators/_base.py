"""The one interface behind which every affinity matrix stands, and its algebra."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from functools import cached_property, reduce
from numbers import Real
from typing import Any

import numpy as np
from scipy.sparse.linalg import LinearOperator

from infsel._runtime.progress import stage
from infsel.embeddings import Embedding
from infsel.operators._sampling import Sampling

Index = slice | np.ndarray

_BLOCK_BYTES = 2**25


class FeatureOperator(LinearOperator):
    """An n x n relation between features: it multiplies vectors and lists its own rows.

    A subclass writes `_rows`; the products follow from it, one block of rows at a time, and a subclass that knows
    a cheaper product overrides `_matvec` and `_rmatvec`. Operators never change what they stand for: whatever scales,
    restricts or samples one returns another. ``A + B``, ``A - B``, ``2 * A``, ``A / 2``, ``-A`` and ``sum([A, B])`` are
    what they are for matrices of NumPy, and so is ``A * B``, entry by entry; ``A @ B`` composes.

    Parameters
    ----------
    n_features : int
        Number n of rows and columns.
    dtype : dtype, default=float64
        Precision of the entries. Products with a vector are always accumulated in float64.

    Attributes
    ----------
    children : tuple of FeatureOperator
        The operators that this one is made of.
    """

    children: tuple[FeatureOperator, ...] = ()
    __array_ufunc__ = None  # a NumPy number times an operator is for __rmul__ to answer

    def __init__(self, n_features: int, dtype: Any = np.float64) -> None:
        super().__init__(np.dtype(dtype), (n_features, n_features))

    def rows(self, index: Index) -> np.ndarray:
        """The rows that `index` (a slice or an integer array) names, as an array of shape (n_rows, n)."""
        if isinstance(index, slice):
            index = slice(*index.indices(self.shape[0]))
        return self._rows(index)

    def row_blocks(self, size: int | None = None) -> Iterator[tuple[slice, np.ndarray]]:
        """All rows in order, `size` at a time (by default as many as fit in 32 MiB), each with its slice."""
        n = self.shape[0]
        size = size or max(1, _BLOCK_BYTES // max(1, n * self.dtype.itemsize))
        for start in range(0, n, size):
            block = slice(start, min(start + size, n))
            yield block, self._rows(block)

    def columns(self, index: np.ndarray) -> np.ndarray:
        """The columns that an integer array names, shape (n, n_columns); all rows pass by unless A knows better."""
        return np.concatenate([rows[:, index] for _, rows in self.row_blocks()])

    def to_dense(self) -> np.ndarray:
        """The whole matrix, shape (n, n), in the operator's precision."""
        dense = np.empty(self.shape, self.dtype)
        for block, rows in self.row_blocks():
            dense[block] = rows
        return dense

    def times(self, X: np.ndarray, transposed: bool = False) -> np.ndarray:
        """A X, or A^T X where it says so, for one vector of shape (n,) or several as columns."""
        if X.ndim == 1:
            return self.rmatvec(X) if transposed else self.matvec(X)
        return self.rmatmat(X) if transposed else self.matmat(X)

    @cached_property
    def nonnegative(self) -> bool | None:
        """Whether no entry is negative, so that the Perron-Frobenius theorem holds; None where nobody has said."""
        return None

    def with_sign(self, nonnegative: bool) -> FeatureOperator:
        """The same operator, of which somebody has said it."""
        other = copy(self)
        other.nonnegative = nonnegative
        return other

    @property
    def keepable_bytes(self) -> int:
        """How many bytes it could use again in the next product."""
        return sum(A.keepable_bytes for A in self.children)

    def keep(self, n_bytes: int) -> None:
        """Let so many bytes stay in memory from one product to the next, shared among those who have use for them."""
        for A in self.children:
            A.keep(n_bytes * A.keepable_bytes // max(1, self.keepable_bytes))

    def release(self) -> None:
        """Give back what the next product would have used."""
        for A in self.children:
            A.release()

    def sampled(self, sampling: Sampling | None) -> FeatureOperator:
        """The operator whose Gram matrices inside read only what `sampling` names of themselves; None for everything.

        Rows stay exact, only products are estimated.
        """
        children = tuple(A.sampled(sampling) for A in self.children)
        if all(new is old for new, old in zip(children, self.children, strict=True)):
            return self
        other = copy(self)
        other.children = children
        return other

    @property
    def estimated(self) -> bool:
        """Whether landmarks stand for all features in its products, or in those of an entrywise function of it."""
        return any(A.estimated for A in self.children)

    def factors(self) -> tuple[np.ndarray, np.ndarray] | None:
        """Q and K of shape (n, d), d much smaller than n, where the operator is Q K^T."""
        return None

    @property
    def embedding(self) -> Embedding | None:
        """One row a feature whose products it is made of, the first of several; None where there are none."""
        return next((Z for A in self.children if (Z := A.embedding) is not None), None)

    def _rows(self, index: Index) -> np.ndarray:
        raise NotImplementedError

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        self._refuse_estimates()
        x = np.ravel(x)
        y = np.empty(self.shape[0])
        with stage("product", len(x)) as advance:
            for block, rows in self.row_blocks():
                y[block] = rows @ x
                advance(len(rows))
        return y

    def _rmatvec(self, x: np.ndarray) -> np.ndarray:
        self._refuse_estimates()
        x = np.ravel(x)
        y = np.zeros(self.shape[1])
        with stage("product", len(x)) as advance:
            for block, rows in self.row_blocks():
                y += x[block] @ rows
                advance(len(rows))
        return y

    def _refuse_estimates(self) -> None:
        if self.estimated:
            raise ValueError(
                "n_landmarks needs products that follow from those of a Gram matrix, and here whole rows decide: leave "
                "it out, or use pooling='mean', a higher temperature, or normalization='spectral', 'row' or "
                "'sub-stochastic'."
            )

    def __add__(self, other: object) -> Any:
        if isinstance(other, Real) and other == 0:  # where sum() starts
            return self
        return Sum(self, other) if isinstance(other, FeatureOperator) else super().__add__(other)

    __radd__ = __add__

    def __neg__(self) -> FeatureOperator:
        return Scaled(-1.0, self)

    def __sub__(self, other: object) -> Any:
        return Sum(self, -other) if isinstance(other, FeatureOperator) else super().__sub__(other)

    def __mul__(self, other: object) -> Any:
        if isinstance(other, Real):
            return Scaled(float(other), self)
        if isinstance(other, FeatureOperator):
            return Hadamard(self, other)
        raise TypeError(
            f"{type(self).__name__} * {type(other).__name__}: * multiplies by numbers and, entry by entry, by other "
            "feature operators (as_operator makes one of a matrix); @ multiplies vectors and composes."
        )

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Any:
        return Scaled(1 / float(other), self) if isinstance(other, Real) else NotImplemented

    def __matmul__(self, other: Any) -> Any:
        return self.dot(other)

    def __rmatmul__(self, other: Any) -> Any:
        return self._rdot(other)


class Combination(FeatureOperator):
    """An operator whose products follow from those of its children: a subclass writes `_times` for both sides."""

    def _times(self, X: np.ndarray, transposed: bool) -> np.ndarray:
        raise NotImplementedError

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        return self._times(np.ravel(x), False)

    def _rmatvec(self, x: np.ndarray) -> np.ndarray:
        return self._times(np.ravel(x), True)

    def _matmat(self, X: np.ndarray) -> np.ndarray:
        return self._times(X, False)

    def _rmatmat(self, X: np.ndarray) -> np.ndarray:
        return self._times(X, True)


class Sum(Combination):
    """A + B + ..."""

    def __init__(self, *terms: FeatureOperator) -> None:
        shapes = {term.shape for term in terms}
        if len(shapes) > 1:
            raise ValueError(f"operators of shapes {sorted(shapes)} do not add: they relate different features.")
        super().__init__(terms[0].shape[0], np.result_type(*(term.dtype for term in terms)))
        self.children = terms

    @cached_property
    def nonnegative(self) -> bool | None:
        return all(term.nonnegative for term in self.children) or None

    def _rows(self, index: Index) -> np.ndarray:
        total = self.children[0].rows(index).astype(self.dtype)  # astype copies: a stored matrix lends its own rows
        for term in self.children[1:]:
            total += term.rows(index)
        return total

    def columns(self, index: np.ndarray) -> np.ndarray:
        """The sum of those of the terms."""
        return reduce(np.add, (term.columns(index) for term in self.children)).astype(self.dtype, copy=False)

    def _times(self, X: np.ndarray, transposed: bool) -> np.ndarray:
        return reduce(np.add, (term.times(X, transposed) for term in self.children))


class Scaled(Combination):
    """w A, for a number w."""

    def __init__(self, weight: float, A: FeatureOperator) -> None:
        super().__init__(A.shape[0], A.dtype)
        self.weight, self.children = weight, (A,)

    @cached_property
    def nonnegative(self) -> bool | None:
        if self.weight <= 0:
            return self.weight == 0 or None
        return self.children[0].nonnegative

    def factors(self) -> tuple[np.ndarray, np.ndarray] | None:
        """Those of A, one of them scaled."""
        factors = self.children[0].factors()
        return factors and (self.weight * factors[0], factors[1])

    def columns(self, index: np.ndarray) -> np.ndarray:
        """Those of A, scaled."""
        return self.weight * self.children[0].columns(index)

    def _rows(self, index: Index) -> np.ndarray:
        return self.weight * self.children[0].rows(index)

    def _times(self, X: np.ndarray, transposed: bool) -> np.ndarray:
        return self.weight * self.children[0].times(X, transposed)


class Hadamard(FeatureOperator):
    """A * B, entry by entry.

    Where one of them is of low rank, sum_d q_d k_d^T, a product takes d products with the other: sum_d diag(q_d) A
    diag(k_d). Otherwise whole rows of both are multiplied.
    """

    def __init__(self, A: FeatureOperator, B: FeatureOperator) -> None:
        if A.shape != B.shape:
            raise ValueError(f"operators of shapes {A.shape} and {B.shape} do not multiply entry by entry.")
        super().__init__(A.shape[0], np.result_type(A.dtype, B.dtype))
        self.children = (A, B) if A.factors() is None else (B, A)

    @cached_property
    def nonnegative(self) -> bool | None:
        A, B = self.children
        return A is B or (A.nonnegative and B.nonnegative) or None

    def _rows(self, index: Index) -> np.ndarray:
        A, B = self.children
        return A.rows(index).astype(self.dtype) * B.rows(index)

    def columns(self, index: np.ndarray) -> np.ndarray:
        """Those of A times those of B."""
        A, B = self.children
        return A.columns(index).astype(self.dtype) * B.columns(index)

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        factors = self.children[1].factors()
        return super()._matvec(x) if factors is None else self._by_rank(*factors, np.ravel(x), False)

    def _rmatvec(self, x: np.ndarray) -> np.ndarray:
        factors = self.children[1].factors()
        return super()._rmatvec(x) if factors is None else self._by_rank(*factors[::-1], np.ravel(x), True)

    def _by_rank(self, Q: np.ndarray, K: np.ndarray, x: np.ndarray, transposed: bool) -> np.ndarray:
        return np.einsum("ij,ij->i", Q, self.children[0].times(K * x[:, None], transposed))


def along(weights: np.ndarray, X: np.ndarray) -> np.ndarray:
    """diag(weights) X, for one vector or several as columns."""
    return (weights * X.T).T


def numbers_of(index: Index) -> np.ndarray:
    """The row numbers that a slice with both ends, or an integer array, names."""
    return np.arange(index.start, index.stop, index.step) if isinstance(index, slice) else index
