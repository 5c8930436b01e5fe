"""The same statistics of dense and of sparse tables, in memory or not."""

from typing import Any

import numpy as np
import scipy.sparse as sp

from infsel._columns import _batches, _moments, _ranks, _sparse, _stores, _varying
from infsel._columns._stores import ColumnStore


def varying(X: Any) -> np.ndarray:
    """Which columns hold more than one value, as a mask of shape (n_features,).

    Values that differ by a few units in the last place are the same value: ranks would amplify that round-off to
    full strength.
    """
    if isinstance(X, np.ndarray):
        return _varying.varying(X)
    return (_stores if isinstance(X, ColumnStore) else _of(X)).varying(X)


def standard_deviation(X: Any) -> np.ndarray:
    """Standard deviation of each column with ddof 1, shape (n_features,), in the precision of X."""
    return _of(X).standard_deviation(X)


def unit_columns(X: Any) -> Any:
    """Centered columns of Euclidean norm 1 as rows, shape (n_features, n_samples): their Gram matrix correlates.

    A constant column correlates with nothing: its row is zero. Of a sparse table they are `SparseRows`, of moments
    `ScatterRows`.
    """
    return _of(X).unit_columns(X)


def correlating(X: Any, correlation: str) -> Any:
    """Rows of norm 1 whose Gram matrix holds Spearman's or Pearson's correlations, shape (n_features, n_samples).

    Raises
    ------
    ValueError
        If `correlation` is neither "spearman" nor "pearson".
    """
    if correlation not in ("spearman", "pearson"):
        raise ValueError(f"correlation={correlation!r}: choose 'spearman' or 'pearson'.")
    of = _of(X)
    return of.unit_ranks(X) if correlation == "spearman" else of.unit_columns(X)


def _of(X: Any) -> Any:
    """The statistics of a table by what it is written as."""
    return _sparse if sp.issparse(X) else _batches if isinstance(X, _batches.Moments) else _moments


ranks = _ranks.ranks
