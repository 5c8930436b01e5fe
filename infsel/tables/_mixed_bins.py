"""Bins of columns with gaps, and of labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

import numpy as np

from infsel.tables._dense import DenseTable

_MOST = 254  # labels that a byte holds, beside the rest and the gap
ENOUGH = 10  # labels of a column, up to which none is pooled
_ALONE = 2  # samples, of which a label has fewer


class Mixed(Protocol):
    """What is read of a table with gaps and labels."""

    shape: tuple[int, int]
    numbers: np.ndarray
    weights: np.ndarray | None
    informative: bool

    @property
    def counts(self) -> np.ndarray:
        """How often each sample counts."""

    @property
    def nominal(self) -> np.ndarray:
        """Which columns hold labels."""

    @property
    def missing(self) -> np.ndarray:
        """Which entries are missing."""

    def gaps(self) -> np.ndarray:
        """How many entries of each column are."""

    def n_labels(self) -> np.ndarray:
        """How many labels each column may hold."""

    def extremes(self) -> tuple[np.ndarray, np.ndarray]:
        """The lowest and the highest number of each column."""


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
    for column, there, found in labels(table, bins):
        codes[column, there] = found
        codes[column, ~there] = found.max(initial=-1) + 1
    return codes


def labels(table: Mixed, enough: int) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Columns of labels, a mask of the samples that have one, and these as 0, 1, ..., all of which occur (`pooled`).

    An informative gap is a label, which every sample then has.
    """
    columns = np.flatnonzero(table.nominal)
    rows = np.ascontiguousarray(table.numbers[:, columns].T)
    for column, x in zip(columns.tolist(), rows, strict=True):
        there, n_gaps = ~np.isnan(x), int(table.gaps()[column])
        if table.informative and n_gaps < len(x):
            x, there = np.where(there, x, table.n_labels()[column]), np.ones(len(x), dtype=bool)
        yield column, there, pooled(x[there].astype(np.intp), table.counts[there], enough)


def same_gaps(missing: np.ndarray) -> list[np.ndarray]:
    """Numbers of the columns that are missing in the same samples."""
    groups: dict[bytes, list[int]] = {}
    for column, pattern in enumerate(np.ascontiguousarray(np.packbits(missing, axis=0).T)):
        groups.setdefault(pattern.tobytes(), []).append(column)
    return [np.array(columns) for columns in groups.values()]


def pooled(labels: np.ndarray, weights: np.ndarray, enough: int) -> np.ndarray:
    """Labels as 0, 1, ...; of more than are `enough`, those that one sample has make one, the rest.

    So do the rarest of more than 254, those of equal weight together: no more depends on what labels are called, or on
    the order of the samples.

    Parameters
    ----------
    labels : ndarray of int of shape (n_samples,)
        From 0 up.
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    enough : int
    """
    totals = np.bincount(labels, weights)
    if totals.all() and len(totals) <= enough:
        return labels
    kept = totals > 0
    if kept.sum() > enough:
        kept = totals >= _ALONE
    if kept.sum() > _MOST:
        kept &= totals > np.sort(totals)[-_MOST - 1]
    number = np.where(kept, np.cumsum(kept) - 1, kept.sum())
    return np.asarray(number[labels])
