"""Ranks within each column, and where each value stands."""

from __future__ import annotations

import numpy as np
import scipy.special

from infsel._kernels import write_keys, write_ranks, write_weighted_ranks
from infsel.embeddings import Filled, Written, are_spread
from infsel.tables._blocks import Blocks


def ranks(table: Blocks) -> np.ndarray:
    """Ranks within each column, ties sharing their mean rank, in the shape of the table; NaN stays NaN and has no rank.

    A sample that counts w times takes w ranks, and has the mean of these. The precision is that of the table, or double
    where that could not tell the ranks of so many samples apart, or samples count differently. Each column is
    contiguous.
    """
    weights = table.weights
    precision = _precision(table.dtype, len(table)) if weights is None else np.dtype(np.float64)
    result = np.empty(table.shape[::-1], precision)

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        rank_rows(rows, work, weights)
        result[where] = rows

    table.blocks(process)
    return result.T


def positions(table: Blocks) -> np.ndarray:
    """Share of a column below each of its values, plus half the share that equals it, in (0, 1).

    Returns
    -------
    U : ndarray of shape (n_features, n_samples)
        In the precision of the table.
    """
    result, total = np.empty(table.shape[::-1], table.dtype), table.total_weight

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        rank_rows(rows, work, table.weights)
        result[where] = (rows - 0.5) / total

    table.blocks(process)
    return result


def normal_scores(U: Filled) -> Written:
    """The quantiles of the standard normal distribution at these positions."""
    ndtri = scipy.special.ndtri
    if are_spread(U):
        return U.map(ndtri)  # type: ignore[union-attr, return-value]
    return ndtri(U) if isinstance(U, np.ndarray) else U.map(ndtri).standing_out()


def majority(table: Blocks) -> np.ndarray:
    """The share of the samples that hold the value that more than half of them hold, 0 where there is none."""
    result, counts = np.empty(table.shape[1]), table.relative_counts

    def process(where: slice, rows: np.ndarray, _: np.ndarray) -> None:
        result[where] = (rows == _medians(rows, table.weights)[:, np.newaxis]) @ counts

    table.blocks(process)  # what more than half of the samples hold is the median
    return np.where(result > counts.sum() / 2, result / counts.sum(), 0)


def _medians(rows: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
    """A number of each row below and above which lies half of the weight at most."""
    if weights is None:
        middle = rows.shape[1] // 2
        return np.partition(rows, middle, axis=1)[:, middle]
    order = np.argsort(rows, axis=1)
    above = np.cumsum(weights[order], axis=1)
    middles = (above >= above[:, -1:] / 2).argmax(axis=1)
    return np.asarray(rows[np.arange(len(rows)), order[np.arange(len(rows)), middles]])


def rank_rows(rows: np.ndarray, work: np.ndarray, weights: np.ndarray | None) -> None:
    """Replace the numbers of each row by their ranks among these; `work` is overwritten."""
    keys, low = work.view(np.int64), (1 << rows.shape[1].bit_length()) - 1
    write_keys(rows.view(np.int64), low, keys)
    keys.sort(axis=1)
    done = np.empty(len(rows), dtype=bool)
    _write(keys, low, weights, rows, done)
    for i in np.flatnonzero(~done):
        n = np.count_nonzero(~np.isnan(rows[i]))
        keys[i] = np.argsort(rows[i], kind="stable")  # positions alone are keys of one long run, in order
        _write(keys[i : i + 1, :n], low, weights, rows[i : i + 1], done[i : i + 1])


def _write(keys: np.ndarray, low: int, weights: np.ndarray | None, rows: np.ndarray, done: np.ndarray) -> None:
    if weights is None:
        write_ranks(keys, low, rows, done)
    else:
        write_weighted_ranks(keys, low, weights, rows, done)


def _precision(dtype: np.dtype, n_samples: int) -> np.dtype:
    """`dtype` if it holds every multiple of one half up to `n_samples`."""
    exact = np.issubdtype(dtype, np.floating) and n_samples <= 2 ** np.finfo(dtype).nmant
    return dtype if exact else np.dtype(np.float64)
