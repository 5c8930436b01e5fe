"""Relations that somebody else already computed."""

from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import LinearOperator

from infsel.operators._base import FeatureOperator, Index


class Stored(FeatureOperator):
    """A matrix in memory: a NumPy array or a SciPy sparse matrix.

    Parameters
    ----------
    matrix : ndarray or sparse of shape (n, n)
        Entry (i, j) says how strongly feature i refers to feature j. It is kept by reference, never changed.
    """

    def __init__(self, matrix: Any) -> None:
        super().__init__(matrix.shape[0], matrix.dtype)
        self.matrix = matrix

    @cached_property
    def nonnegative(self) -> bool | None:
        """Read from the data, once."""
        return self._extremes[0] >= 0

    @property
    def finite(self) -> bool:
        """Whether no entry is NaN or infinite, read from the data, once."""
        return bool(np.isfinite(self._extremes).all())

    @cached_property
    def _extremes(self) -> tuple[float, float]:
        numbers = self.matrix.data if sp.issparse(self.matrix) else self.matrix
        return (float(numbers.min()), float(numbers.max())) if numbers.size else (0.0, 0.0)  # NaN where there is one

    def columns(self, index: np.ndarray) -> np.ndarray:
        """Columns of the matrix."""
        columns = self.matrix[:, index]
        return columns.toarray() if sp.issparse(columns) else columns

    def _rows(self, index: Index) -> np.ndarray:
        rows = self.matrix[index]
        return rows.toarray() if sp.issparse(rows) else rows

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        # a float32 matrix goes block by block, so that float64 sums never cost a float64 copy of it
        return self.matrix @ np.ravel(x) if self._direct else super()._matvec(x)

    def _rmatvec(self, x: np.ndarray) -> np.ndarray:
        return self.matrix.T @ np.ravel(x) if self._direct else super()._rmatvec(x)

    @property
    def _direct(self) -> bool:
        return sp.issparse(self.matrix) or self.dtype == np.float64


class Foreign(FeatureOperator):
    """A SciPy LinearOperator that cannot list its rows: they are read off by products with unit vectors.

    Its sign is what an attribute `nonnegative` of it says, unknown where it has none; see `declared`.
    """

    def __init__(self, A: LinearOperator) -> None:
        super().__init__(A.shape[0], np.float32 if A.dtype == np.float32 else np.float64)
        self.A = A
        self.nonnegative = getattr(A, "nonnegative", None)

    def _rows(self, index: Index) -> np.ndarray:
        numbers = np.arange(self.shape[0])[index]
        units = np.zeros((self.shape[0], len(numbers)))
        units[numbers, np.arange(len(numbers))] = 1
        return np.asarray(self.A.rmatmat(units)).T

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        return self.A.matvec(np.ravel(x))

    def _rmatvec(self, x: np.ndarray) -> np.ndarray:
        return self.A.rmatvec(np.ravel(x))

    def _matmat(self, X: np.ndarray) -> np.ndarray:
        return self.A.matmat(X)

    def _rmatmat(self, X: np.ndarray) -> np.ndarray:
        return self.A.rmatmat(X)


def declared(relation: Any, *, nonnegative: bool) -> FeatureOperator:
    """A relation with a sign that nobody could know without listing its n^2 entries.

    Parameters
    ----------
    relation : array-like, sparse matrix or LinearOperator of shape (n, n)
    nonnegative : bool
        Whether no entry is negative. It is believed, not checked, where the entries are not at hand.

    Returns
    -------
    FeatureOperator

    Raises
    ------
    ValueError
        If the entries are at hand and say otherwise.

    Examples
    --------
    >>> from scipy.sparse.linalg import aslinearoperator
    >>> counts = aslinearoperator(np.array([[0.0, 2.0], [2.0, 0.0]]))
    >>> as_operator(counts, 2).nonnegative, declared(counts, nonnegative=True).nonnegative
    (None, True)
    """
    A = as_operator(relation, np.shape(relation)[0])
    if A.nonnegative not in (None, nonnegative):
        raise ValueError(f"nonnegative={nonnegative!r} is declared of a relation that is known to be otherwise.")
    return A.with_sign(nonnegative)


def as_operator(relation: Any, n_features: int) -> FeatureOperator:
    """Turn an array, a sparse matrix, a data frame or a LinearOperator into a `FeatureOperator`.

    Parameters
    ----------
    relation : array-like, sparse matrix or LinearOperator of shape (n_features, n_features)
        The affinity. Integers and booleans become float64; float32 stays.
    n_features : int
        The size it must have.

    Raises
    ------
    TypeError
        If the entries are not real numbers.
    ValueError
        If the shape is not (n_features, n_features).
    """
    if not isinstance(relation, LinearOperator):
        relation = _matrix(relation)
    elif np.issubdtype(relation.dtype, np.complexfloating):
        raise TypeError(f"affinity has dtype {relation.dtype}: pass an operator of real numbers.")
    if relation.shape != (n_features, n_features):
        raise ValueError(
            f"affinity has shape {relation.shape}, but the table has {n_features} features: "
            f"pass one row and one column per feature, shape {(n_features, n_features)}."
        )
    if isinstance(relation, FeatureOperator):
        return relation
    return Foreign(relation) if isinstance(relation, LinearOperator) else Stored(relation)


def _matrix(relation: Any) -> Any:
    matrix: Any = _compressed(relation) if sp.issparse(relation) else np.asarray(relation)
    if matrix.dtype.kind not in "buif":
        raise TypeError(
            f"affinity has entries of dtype {matrix.dtype}: pass real numbers, or a callable (X, y) that returns them."
        )
    return matrix if matrix.dtype in (np.float32, np.float64) else matrix.astype(np.float64)


def _compressed(relation: Any) -> Any:
    """CSR with each entry once, so that its data tells the sign of the matrix."""
    matrix = relation.tocsr()
    if not matrix.has_canonical_format:
        matrix = matrix.copy()
        matrix.sum_duplicates()
    return matrix
