"""Means and deviations of each column."""

from __future__ import annotations

import numpy as np

from infsel._runtime.memory import allocate
from infsel.tables._blocks import Blocks
from infsel.tables._ranks import rank_rows
from infsel.tables._varying import differ

_WHAT = "the standardized columns of X"
_WITHOUT = "an affinity of single columns (Dispersion, Relevance) needs none"
_REMEDY = (
    "pass float32 numbers or fewer samples, or use partial_fit with correlation='pearson' where samples outnumber "
    f"features; {_WITHOUT}"
)


def standard_deviation(table: Blocks) -> np.ndarray:
    """Standard deviation of each column with ddof 0, shape (n_features,), in the precision of the table."""
    result, shares = np.empty(table.shape[1], table.dtype), _shares(table)

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        scale = _center(rows, rows.min(axis=1), rows.max(axis=1), work, shares)
        result[where] = scale * np.sqrt(_means(np.square(rows, out=work), work, shares))

    table.blocks(process)
    return result


def standardized(table: Blocks) -> np.ndarray:
    """Columns as rows of mean 0 and standard deviation 1 with ddof 0, none of which may be constant."""
    result, shares = allocate(table.shape[::-1], table.dtype, _WHAT, _REMEDY), _shares(table)

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        _center(rows, rows.min(axis=1), rows.max(axis=1), work, shares)
        deviations = np.sqrt(_means(np.square(rows, out=work), work, shares))
        np.divide(rows, deviations[:, np.newaxis], out=result[where], casting="same_kind")

    table.blocks(process)
    return result


def unit_columns(table: Blocks) -> np.ndarray:
    """Centered columns of Euclidean norm 1 as rows, shape (n_features, n_samples): their Gram matrix correlates.

    A constant column correlates with nothing: its row is zero.
    """
    result, shares = allocate(table.shape[::-1], table.dtype, _WHAT, _REMEDY), _shares(table)

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        low, high = rows.min(axis=1), rows.max(axis=1)
        _center(rows, low, high, work, shares)
        _divide(rows, work, shares, result[where], ~differ(low, high, table.dtype))

    table.blocks(process)
    return result


def unit_ranks(table: Blocks) -> np.ndarray:
    """The unit columns of ranks, while each block is in cache."""
    result, shares = allocate(table.shape[::-1], table.dtype, _WHAT, _REMEDY), _shares(table)
    mean = ((len(table) if shares is None else table.total_weight) + 1) / 2  # of any ranks

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        rank_rows(rows, work, table.uneven)
        rows -= mean
        _divide(rows, work, shares, result[where], np.logical_not(rows.any(axis=1)))

    table.blocks(process)
    return result


def whole_ranks(table: Blocks) -> tuple[np.ndarray, np.ndarray]:
    """Twice the centered ranks as rows of whole numbers in single precision, and the Euclidean norms of the rows."""
    total = int(table.total_weight)
    counts = None if table.weights is None else table.weights.astype(np.intp)
    result = allocate((table.shape[1], total), np.dtype(np.float32), _WHAT, _WITHOUT)
    norms = np.empty(len(result))

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        rank_rows(rows, work, table.weights)
        rows *= 2
        rows -= total + 1
        result[where] = rows if counts is None else np.repeat(rows, counts, axis=1)
        norms[where] = np.sqrt(_sums(np.square(rows, out=work), work, table.weights))

    table.blocks(process)
    return result, norms


def _shares(table: Blocks) -> np.ndarray | None:
    """What part of all each sample is, None where they are equal."""
    return None if table.uneven is None else table.uneven / table.total_weight


def _center(
    rows: np.ndarray, low: np.ndarray, high: np.ndarray, work: np.ndarray, shares: np.ndarray | None
) -> np.ndarray:
    """Subtract the mean of each row, in units that keep squares from overflow and underflow, and return the units."""
    _, exponent = np.frexp(np.maximum(-low, high))
    scale = np.ldexp(1.0, exponent - 1)  # a power of two: to divide by it loses no digit
    rows /= scale[:, np.newaxis]
    for _ in range(2):  # the first mean is round-off away from the true one, which shows where it dwarfs the deviations
        rows -= _means(rows, work, shares)[:, np.newaxis]
    return scale


def _divide(
    rows: np.ndarray, work: np.ndarray, shares: np.ndarray | None, out: np.ndarray, constant: np.ndarray
) -> None:
    """Write centered rows over their norms, the entries of each sample times the root of its share."""
    if shares is not None:
        rows *= np.sqrt(shares)
    norms = np.sqrt(np.square(rows, out=work).sum(axis=1))
    norms[constant] = np.inf
    np.divide(rows, norms[:, np.newaxis], out=out, casting="same_kind")


def _means(rows: np.ndarray, work: np.ndarray, shares: np.ndarray | None) -> np.ndarray:
    """The mean of each row."""
    return rows.mean(axis=1) if shares is None else _sums(rows, work, shares)


def _sums(rows: np.ndarray, work: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
    """The weighted sum of each row, which no other row has a part in."""
    return (rows if weights is None else np.multiply(rows, weights, out=work)).sum(axis=1)
