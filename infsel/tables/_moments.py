"""Means and deviations of each column."""

import numpy as np

from infsel._runtime.memory import allocate
from infsel.tables._blocks import for_blocks
from infsel.tables._ranks import rank_rows
from infsel.tables._varying import differ

_WHAT = "the standardized columns of X"
_WITHOUT = "an affinity of single columns (Dispersion, Relevance) needs none"
_REMEDY = (
    "pass float32 numbers or fewer samples, or use partial_fit with correlation='pearson' where samples outnumber "
    f"features; {_WITHOUT}"
)


def standard_deviation(X: np.ndarray) -> np.ndarray:
    """Standard deviation of each column with ddof 1, shape (n_features,), in the precision of X."""
    result = np.empty(X.shape[1], X.dtype)

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        scale = _center(rows, rows.min(axis=1), rows.max(axis=1))
        result[where] = scale * np.sqrt(_squares(rows, work) / (len(X) - 1))

    for_blocks(X, process)
    return result


def unit_columns(X: np.ndarray) -> np.ndarray:
    """Centered columns of Euclidean norm 1 as rows, shape (n_features, n_samples): their Gram matrix correlates.

    A constant column correlates with nothing: its row is zero.
    """
    result = allocate(X.shape[::-1], X.dtype, _WHAT, _REMEDY)

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        low, high = rows.min(axis=1), rows.max(axis=1)
        _center(rows, low, high)
        norms = np.sqrt(_squares(rows, work))
        norms[~differ(low, high, X.dtype)] = np.inf
        np.divide(rows, norms[:, np.newaxis], out=result[where], casting="same_kind")

    for_blocks(X, process)
    return result


def unit_ranks(X: np.ndarray) -> np.ndarray:
    """`unit_columns(ranks(X))`, while each block is in cache."""
    result = allocate(X.shape[::-1], X.dtype, _WHAT, _REMEDY)

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        rank_rows(rows, work)
        rows -= (len(X) + 1) / 2  # the mean of any ranks
        norms = np.sqrt(_squares(rows, work))
        norms[norms == 0] = np.inf
        np.divide(rows, norms[:, np.newaxis], out=result[where], casting="same_kind")

    for_blocks(X, process)
    return result


def whole_ranks(X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Twice the centered ranks as rows of whole numbers in single precision, and the Euclidean norms of the rows."""
    result = allocate(X.shape[::-1], np.dtype(np.float32), _WHAT, _WITHOUT)
    norms = np.empty(len(result))

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        rank_rows(rows, work)
        rows *= 2
        rows -= len(X) + 1
        result[where] = rows
        norms[where] = np.sqrt(_squares(rows, work))

    for_blocks(X, process)
    return result, norms


def _center(rows: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Subtract the mean of each row, in units that keep squares from overflow and underflow, and return the units."""
    _, exponent = np.frexp(np.maximum(-low, high))
    scale = np.ldexp(1.0, exponent - 1)  # a power of two: to divide by it loses no digit
    rows /= scale[:, np.newaxis]
    for _ in range(2):  # the first mean is round-off away from the true one, which shows where it dwarfs the deviations
        rows -= rows.mean(axis=1, keepdims=True)
    return scale


def _squares(rows: np.ndarray, work: np.ndarray) -> np.ndarray:
    return np.square(rows, out=work).sum(axis=1)
