"""Bins of columns with gaps, and of labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from infsel.tables._dense import DenseTable
from infsel.tables._labels import pooled
from infsel.tables._mixed_protocol import Mixed

Cut = Callable[[DenseTable], np.ndarray]


def binned(table: Mixed, bins: int, cut: Cut | None = None) -> np.ndarray:
    """The bin of each value, shape (n_features, n_samples): numbers as in any table, by the samples that have them.

    Labels are bins as they are (`pooled`). The gaps of a column are the bin behind its others.

    Parameters
    ----------
    table : MixedTable
    bins : int
        Of numbers.
    cut : callable, default=None
        How numbers are cut: from a table to their bins. None for equal weight.
    """
    cut = (lambda numbers: numbers.binned(bins)) if cut is None else cut
    codes = np.zeros(table.shape[::-1], np.uint8 if bins < 256 else np.uint16)  # one more for the gap
    numbers = np.flatnonzero(~table.nominal)
    for columns in same_gaps(table.missing[:, numbers]):
        columns = numbers[columns]
        there = ~table.missing[:, columns[0]]
        if there.any():
            some = DenseTable(table.numbers[np.ix_(there, columns)], table.counts[there])
            codes[np.ix_(columns, there)] = cut(some)
            codes[np.ix_(columns, ~there)] = bins
    for column, there, found in labels(table):
        codes[column, there] = found
        codes[column, ~there] = found.max(initial=-1) + 1
    return codes


def labels(table: Mixed) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Columns of labels, a mask of the samples that have one, and these as 0, 1, ..., all of which occur (`pooled`).

    An informative gap is a label, which every sample then has.
    """
    columns = np.flatnonzero(table.nominal)
    rows = np.ascontiguousarray(table.numbers[:, columns].T)
    for column, x in zip(columns.tolist(), rows, strict=True):
        there, n_gaps = ~np.isnan(x), int(table.gaps()[column])
        if table.informative and n_gaps < len(x):
            x, there = np.where(there, x, table.n_labels()[column]), np.ones(len(x), dtype=bool)
        yield column, there, pooled(x[there].astype(np.intp), table.counts[there])


def pooled_numbers(table: Mixed) -> tuple[np.ndarray, np.ndarray]:
    """Numbers and kinds where the labels of each column are those of `labels`.

    A number that is the same wherever it is there becomes whether it is there, if gaps are informative.
    """
    numbers, kinds, gaps = table.numbers.copy(), table.kinds.copy(), table.gaps()
    low, high = table.extremes()
    same = table.informative & ~table.nominal & (gaps > 0) & (low == high)
    numbers[:, same], kinds[same] = table.missing[:, same], "boolean"
    for column, there, codes in labels(table):
        numbers[there, column] = codes
    return numbers, kinds


def deviation(labels: np.ndarray, weights: np.ndarray) -> float:
    """Root of half the probability that two samples have different labels; 0 without any."""
    totals = np.bincount(labels, weights)
    return float(np.sqrt(max(1 - np.square(totals / totals.sum()).sum(), 0) / 2)) if len(totals) else 0.0


def same_gaps(missing: np.ndarray) -> list[np.ndarray]:
    """Numbers of the columns that are missing in the same samples."""
    groups: dict[bytes, list[int]] = {}
    for column, pattern in enumerate(np.ascontiguousarray(np.packbits(missing, axis=0).T)):
        groups.setdefault(pattern.tobytes(), []).append(column)
    return [np.array(columns) for columns in groups.values()]
