"""Bins of columns with gaps, and of labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from infsel.tables._dense import DenseTable
from infsel.tables._labels import pool_numbers
from infsel.tables._mixed_protocol import Mixed

_NUMBERS = np.r_[np.nan, np.arange(255.0)]  # of the codes of labels

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
    for column, there, found in table.labels():
        codes[column, there] = found
        codes[column, ~there] = found.max(initial=-1) + 1
    return codes


def label_codes(table: Mixed) -> np.ndarray:
    """For each column of labels these as 1, 2, ..., all of which occur (`pooled`), and 0 in gaps; None for numbers.

    An informative gap is a label, which every sample then has.

    Returns
    -------
    ndarray of object of shape (n_features,)
        Of arrays of bytes, of shape (n_samples,).
    """
    found = np.full(table.shape[1], None, dtype=object)
    columns, counts, n_labels = np.flatnonzero(table.nominal), table.counts, table.n_labels()
    rows = np.ascontiguousarray(table.numbers[:, columns].T)
    for column, x, gap in zip(columns.tolist(), rows, table.missing.T[columns], strict=True):
        behind = n_labels[column] + 1 if table.informative and not gap.all() else 0
        own = np.where(gap, behind, x + 1).astype(np.intp)
        numbers = pool_numbers(np.bincount(own, counts)[1:])
        found[column] = np.concatenate([[0], numbers + 1]).astype(np.uint8)[own]
    return found


def labels(codes: np.ndarray) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Columns of labels, a mask of the samples that have one, and these as 0, 1, ..., from the `label_codes`."""
    for column, own in enumerate(codes):
        if own is not None:
            there = own > 0
            yield column, there, own[there].astype(np.intp) - 1


def pooled_numbers(table: Mixed) -> tuple[np.ndarray, np.ndarray]:
    """Numbers and kinds where the labels of each column are those of `labels`.

    A number that is the same wherever it is there becomes whether it is there, if gaps are informative.
    """
    numbers, kinds, gaps = table.numbers.copy(), table.kinds.copy(), table.gaps()
    low, high = table.extremes()
    same = table.informative & ~table.nominal & (gaps > 0) & (low == high)
    numbers[:, same], kinds[same] = table.missing[:, same], "boolean"
    for column in np.flatnonzero(table.nominal):
        numbers[:, column] = _NUMBERS[table.label_codes()[column]]
    return numbers, kinds


def deviation(codes: np.ndarray, weights: np.ndarray) -> float:
    """Root of half the probability that two samples have different labels; 0 without any. Code 0 is a gap."""
    totals = np.bincount(codes, weights)[1:]
    return float(np.sqrt(max(1 - np.square(totals / totals.sum()).sum(), 0) / 2)) if len(totals) else 0.0


def same_gaps(missing: np.ndarray) -> list[np.ndarray]:
    """Numbers of the columns that are missing in the same samples."""
    groups: dict[bytes, list[int]] = {}
    for column, pattern in enumerate(np.ascontiguousarray(np.packbits(missing, axis=0).T)):
        groups.setdefault(pattern.tobytes(), []).append(column)
    return [np.array(columns) for columns in groups.values()]
