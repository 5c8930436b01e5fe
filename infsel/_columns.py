"""Statistics of the columns of a table, all columns at once."""

import numpy as np
from scipy.stats import rankdata

_ULPS = 4
_BLOCK = 1024


def varying(X: np.ndarray) -> np.ndarray:
    """Which columns hold more than one value, as a mask of shape (n_features,).

    Values that differ by a few units in the last place are the same value: ranks would amplify that round-off to
    full strength.
    """
    low, high = X.min(axis=0), X.max(axis=0)
    # halves, because high - low of the largest numbers overflows
    return high / 2 - low / 2 > _ULPS / 2 * np.finfo(X.dtype).eps * np.maximum(np.abs(low), np.abs(high))


def standard_deviation(X: np.ndarray) -> np.ndarray:
    """Standard deviation of each column with ddof 1, shape (n_features,), in the precision of X."""
    deviations, scale = _deviations(X)
    return (scale * np.sqrt(np.square(deviations).sum(axis=0) / (len(X) - 1))).astype(X.dtype)


def unit_columns(X: np.ndarray) -> np.ndarray:
    """Centered columns of Euclidean norm 1 as rows, shape (n_features, n_samples): their Gram matrix correlates.

    A constant column correlates with nothing: its row is zero.
    """
    deviations, _ = _deviations(X)
    deviations /= np.where(varying(X), np.linalg.norm(deviations, axis=0), np.inf)
    return np.ascontiguousarray(deviations.T, dtype=X.dtype)


def ranks(X: np.ndarray) -> np.ndarray:
    """Ranks within each column, ties sharing their mean rank, in the shape and precision of X."""
    result = np.empty_like(X)
    for start in range(0, X.shape[1], _BLOCK):  # SciPy needs a dozen bytes of work space for each byte of X
        block = slice(start, start + _BLOCK)
        result[:, block] = rankdata(X[:, block], axis=0)
    return result


def correlating(X: np.ndarray, correlation: str) -> np.ndarray:
    """Rows of norm 1 whose Gram matrix holds Spearman's or Pearson's correlations, shape (n_features, n_samples).

    Raises
    ------
    ValueError
        If `correlation` is neither "spearman" nor "pearson".
    """
    if correlation not in ("spearman", "pearson"):
        raise ValueError(f"correlation={correlation!r}: choose 'spearman' or 'pearson'.")
    return unit_columns(ranks(X) if correlation == "spearman" else X)


def _deviations(X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Deviations from the column means in units of the largest one, so that no square overflows or underflows."""
    scale = np.abs(X).max(axis=0).astype(np.float64)
    deviations = X / np.where(scale > 0, scale, 1)
    deviations -= deviations.mean(axis=0)
    largest = np.abs(deviations).max(axis=0)
    deviations /= np.where(largest > 0, largest, 1)
    return deviations, scale * largest
