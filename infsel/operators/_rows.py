"""Operators that rescale, map or restrict the rows of another."""

from collections.abc import Callable
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from infsel.operators._base import Combination, FeatureOperator, Index, along, numbers_of
from infsel.operators._stored import Stored


class DiagonalScaled(Combination):
    """diag(left) A diag(right): row i of A times left_i, column j times right_j; None scales nothing."""

    def __init__(self, left: np.ndarray | None, A: FeatureOperator, right: np.ndarray | None = None) -> None:
        super().__init__(A.shape[0], A.dtype)
        self.left, self.right, self.children = left, right, (A,)

    @cached_property
    def nonnegative(self) -> bool | None:
        scales = (weights for weights in (self.left, self.right) if weights is not None)
        return (self.children[0].nonnegative and all((weights >= 0).all() for weights in scales)) or None

    def _rows(self, index: Index) -> np.ndarray:
        rows = self.children[0].rows(index)
        if self.right is not None:
            rows = rows * self.right.astype(self.dtype)
        return rows if self.left is None else self.left[index, None].astype(self.dtype) * rows

    def _times(self, X: np.ndarray, transposed: bool) -> np.ndarray:
        first, last = (self.left, self.right) if transposed else (self.right, self.left)
        product = self.children[0].times(X if first is None else along(first, X), transposed)
        return product if last is None else along(last, product)


def stochastic(A: FeatureOperator) -> FeatureOperator:
    """D^-1 A: each row of a non-negative A divided by its sum. A zero row stays zero."""
    sums = row_sums(A)
    return DiagonalScaled(np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0), A)


def row_sums(A: FeatureOperator, rows: np.ndarray | None = None) -> np.ndarray:
    """A 1, shape (n,), or the sums of some rows alone.

    Raises
    ------
    ValueError
        If one is no finite number.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        sums = A.matvec(np.ones(A.shape[0])) if rows is None else A.rows(rows).sum(axis=1, dtype=np.float64)
    if not np.isfinite(sums).all():
        wrong = int(np.argmin(np.isfinite(sums)))
        raise ValueError(
            f"the row of feature {wrong if rows is None else rows[wrong]} in the affinity sums to {sums[wrong]}: its "
            "entries must be finite, and so must their sum; divide the affinity by its largest entry."
        )
    return sums


class RowMap(FeatureOperator):
    """f applied to whole rows of A: `f(rows, numbers)` gets a block of rows and the row numbers it holds.

    Parameters
    ----------
    f : callable
    A : FeatureOperator
    nonnegative : bool, optional
        Whether f returns no negative number; None where nobody can tell.
    """

    def __init__(
        self,
        f: Callable[[np.ndarray, np.ndarray], np.ndarray],
        A: FeatureOperator,
        *,
        nonnegative: bool | None = None,
    ) -> None:
        super().__init__(A.shape[0], A.dtype)
        self.f, self.children, self.nonnegative = f, (A,), nonnegative

    def _rows(self, index: Index) -> np.ndarray:
        return self.f(self.children[0].rows(index), numbers_of(index))


class Principal(Combination):
    """The rows and columns of A that `kept` (increasing integers) names; products go through the whole of A."""

    def __init__(self, A: FeatureOperator, kept: np.ndarray) -> None:
        super().__init__(len(kept), A.dtype)
        self.kept, self.children = kept, (A,)

    @cached_property
    def nonnegative(self) -> bool | None:
        return self.children[0].nonnegative or None  # what is negative may lie outside

    def _rows(self, index: Index) -> np.ndarray:
        return self.children[0].rows(self.kept[index])[:, self.kept]

    def _times(self, X: np.ndarray, transposed: bool) -> np.ndarray:
        A = self.children[0]
        everywhere = np.zeros((A.shape[0], *X.shape[1:]))
        everywhere[self.kept] = X
        return A.times(everywhere, transposed)[self.kept]


def principal(A: FeatureOperator, kept: np.ndarray) -> FeatureOperator:
    """The graph without its other nodes: the rows and columns of A that `kept`, increasing integers, names.

    A matrix is cut out once where that is cheap (sparse, or few nodes of many), and where numbers outside are not
    finite, which no product may meet.
    """
    if len(kept) == A.shape[0]:
        return A
    if isinstance(A, Stored):
        if sp.issparse(A.matrix):
            return Stored(A.matrix[kept][:, kept])
        if 2 * len(kept) ** 2 <= A.shape[0] ** 2 or not A.finite:
            return Stored(A.matrix[np.ix_(kept, kept)])
    return Principal(A, kept)
