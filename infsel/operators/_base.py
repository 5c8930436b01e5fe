"""The one interface behind which every affinity matrix stands, and its linear combinations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse.linalg import LinearOperator

from infsel._progress import stage

if TYPE_CHECKING:
    from infsel.operators._sampling import Sampling

Index = slice | np.ndarray

_BLOCK_BYTES = 2**25


class FeatureOperator(LinearOperator):
    """An n x n relation between features: it multiplies vectors and lists its own rows.

    A subclass writes `_rows`; the products follow from it, one block of rows at a time, and a subclass that knows
    a cheaper product overrides `_matvec` and `_rmatvec`. Operators add and scale like the matrices they stand for.

    Parameters
    ----------
    n_features : int
        Number n of rows and columns.
    dtype : dtype, default=float64
        Precision of the entries. Products with a vector are always accumulated in float64.
    """

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

    def to_dense(self) -> np.ndarray:
        """The whole matrix, shape (n, n), in the operator's precision."""
        dense = np.empty(self.shape, self.dtype)
        for block, rows in self.row_blocks():
            dense[block] = rows
        return dense

    @property
    def parts(self) -> list[FeatureOperator]:
        """The operators this one is made of."""
        held = [A for part in vars(self).values() for A in (part if isinstance(part, tuple) else (part,))]
        return [A for A in held if isinstance(A, FeatureOperator)]

    @property
    def keepable_bytes(self) -> int:
        """How many bytes it could use again in the next product."""
        return sum(A.keepable_bytes for A in self.parts)

    def keep(self, n_bytes: int) -> None:
        """Let so many bytes stay in memory from one product to the next, shared among those who have use for them."""
        for A in self.parts:
            A.keep(n_bytes * A.keepable_bytes // max(1, self.keepable_bytes))

    def sample(self, sampling: Sampling | None) -> None:
        """Let products with the Gram matrices inside read the landmarks of `sampling` only; None for all features."""
        for A in self.parts:
            A.sample(sampling)

    @property
    def sampling(self) -> Sampling | None:
        """What the Gram matrices inside read of themselves, or None for everything."""
        return next((A.sampling for A in self.parts if A.sampling is not None), None)

    def release(self) -> None:
        """Give back what the next product would have used."""
        for A in self.parts:
            A.release()

    @cached_property
    def nonnegative(self) -> bool:
        """Whether no entry is negative, so that the Perron-Frobenius theorem holds."""
        return all(bool((rows >= 0).all()) for _, rows in self.row_blocks())

    def _rows(self, index: Index) -> np.ndarray:
        raise NotImplementedError

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        self._refuse_sampling()
        x = np.ravel(x)
        y = np.empty(self.shape[0])
        with stage("product", len(x)) as advance:
            for block, rows in self.row_blocks():
                y[block] = rows @ x
                advance(len(rows))
        return y

    def _rmatvec(self, x: np.ndarray) -> np.ndarray:
        self._refuse_sampling()
        x = np.ravel(x)
        y = np.zeros(self.shape[1])
        with stage("product", len(x)) as advance:
            for block, rows in self.row_blocks():
                y += x[block] @ rows
                advance(len(rows))
        return y

    def _refuse_sampling(self) -> None:
        if self.sampling is not None:
            raise ValueError(
                "n_landmarks needs products that follow from those of a Gram matrix, and here whole rows decide: leave "
                "it out, or use one head, a higher temperature, or normalization='spectral', 'row' or 'sub-stochastic'."
            )

    def __add__(self, other: object) -> Any:
        return Sum(self, other) if isinstance(other, FeatureOperator) else super().__add__(other)

    def __mul__(self, other: object) -> Any:
        return Scaled(float(other), self) if isinstance(other, Real) else super().__mul__(other)

    __rmul__ = __mul__


class Sum(FeatureOperator):
    """A + B + ..."""

    def __init__(self, *terms: FeatureOperator) -> None:
        super().__init__(terms[0].shape[0], np.result_type(*(term.dtype for term in terms)))
        self.terms = terms

    @cached_property
    def nonnegative(self) -> bool:
        return all(term.nonnegative for term in self.terms) or super().nonnegative

    def _rows(self, index: Index) -> np.ndarray:
        total = self.terms[0].rows(index).astype(self.dtype)  # astype copies: a stored matrix lends its own rows
        for term in self.terms[1:]:
            total += term.rows(index)
        return total

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        return sum(term.matvec(x) for term in self.terms)

    def _rmatvec(self, x: np.ndarray) -> np.ndarray:
        return sum(term.rmatvec(x) for term in self.terms)


class Scaled(FeatureOperator):
    """w A, for a number w."""

    def __init__(self, weight: float, A: FeatureOperator) -> None:
        super().__init__(A.shape[0], A.dtype)
        self.weight, self.A = weight, A

    @cached_property
    def nonnegative(self) -> bool:
        return (self.weight >= 0 and self.A.nonnegative) or super().nonnegative

    def _rows(self, index: Index) -> np.ndarray:
        return self.weight * self.A.rows(index)

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        return self.weight * self.A.matvec(x)

    def _rmatvec(self, x: np.ndarray) -> np.ndarray:
        return self.weight * self.A.rmatvec(x)
