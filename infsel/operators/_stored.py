"""Relations that somebody else already computed."""

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
    """A SciPy LinearOperator that cannot list its rows: they are read off by products with unit vectors."""

    def __init__(self, A: LinearOperator) -> None:
        super().__init__(A.shape[0], np.float32 if A.dtype == np.float32 else np.float64)
        self.A = A

    def _rows(self, index: Index) -> np.ndarray:
        numbers = np.arange(self.shape[0])[index]
        units = np.zeros((self.shape[0], len(numbers)))
        units[numbers, np.arange(len(numbers))] = 1
        return np.asarray(self.A.rmatmat(units)).T

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        return self.A.matvec(np.ravel(x))

    def _rmatvec(self, x: np.ndarray) -> np.ndarray:
        return self.A.rmatvec(np.ravel(x))


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
    matrix: Any = relation.tocsr() if sp.issparse(relation) else np.asarray(relation)
    if matrix.dtype.kind not in "buif":
        raise TypeError(
            f"affinity has entries of dtype {matrix.dtype}: pass real numbers, or a callable (X, y) that returns them."
        )
    return matrix if matrix.dtype in (np.float32, np.float64) else matrix.astype(np.float64)
