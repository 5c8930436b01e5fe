"""The same statistics of dense and of sparse tables, in memory or not."""

from typing import Any

import numpy as np
import scipy.sparse as sp

from infsel.tables import _batches, _copies, _moments, _ranks, _sparse, _stores, _varying, _weights
from infsel.tables._sharing import shared
from infsel.tables._stores import ColumnStore


@shared
def varying(X: Any) -> np.ndarray:
    """Which columns hold more than one value, as a mask of shape (n_features,).

    Values that differ by a few units in the last place are the same value: ranks would amplify that round-off to
    full strength.
    """
    if isinstance(X, np.ndarray):
        return _varying.varying(X)
    return (_stores if isinstance(X, ColumnStore) else _of(X)).varying(X)


def extremes(X: Any) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest number of each column of a table in memory."""
    return (_sparse if sp.issparse(X) else _varying).extremes(X)


@shared
def standard_deviation(X: Any) -> np.ndarray:
    """Standard deviation of each column with ddof 1, shape (n_features,), in the precision of X."""
    return _of(X).standard_deviation(X)


@shared
def unit_columns(X: Any) -> Any:
    """Centered columns of Euclidean norm 1 as rows, shape (n_features, n_samples): their Gram matrix correlates.

    A constant column correlates with nothing: its row is zero. Of a sparse table they are `SparseRows`, of moments
    `ScatterRows`.
    """
    return _of(X).unit_columns(X)


def weighted_unit_columns(X: Any, weights: np.ndarray) -> Any:
    """Rows of norm 1 whose Gram matrix holds weighted correlations; weights are positive, a constant column's row is 0.

    The entry of a sample is multiplied by the root of its weight, after the weighted mean is gone, so that whole
    weights give the Gram matrix of a table with repeated samples.
    """
    return (_weights.of_sparse if sp.issparse(X) else _weights.of_dense)(X, weights)


@shared
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


def has_whole_ranks(X: Any) -> bool:
    """Whether Gram matrices of `whole_ranks` are free of round-off: no partial sum exceeds the product of two norms.

    These are at most n (n^2 - 1) / 3 for n samples, and single precision holds every whole number up to 2^24.
    """
    n = X.shape[0]
    return _of(X) is _moments and n * (n * n - 1) <= 3 * 2**24


@shared
def whole_ranks(X: Any) -> tuple[np.ndarray, np.ndarray]:
    """Twice the centered ranks as rows of whole numbers in single precision, (n_features, n_samples), and their norms.

    The Gram matrix of the rows, over the norms, holds Spearman's correlations. A constant column is a row of zeros.
    """
    return _moments.whole_ranks(X)


@shared
def originals(X: Any) -> np.ndarray:
    """For each column the first one that it equals up to shift, scale, sign and round-off, shape (n_features,)."""
    return _copies.originals(unit_columns(X))


def _of(X: Any) -> Any:
    """The statistics of a table by what it is written as."""
    return _sparse if sp.issparse(X) else _batches if isinstance(X, _batches.Moments) else _moments


ranks = _ranks.ranks
