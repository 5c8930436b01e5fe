"""Bins of columns with gaps, and of labels."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from infsel.tables._dense import DenseTable

if TYPE_CHECKING:
    from infsel.tables._mixed import MixedTable

_MOST = 254  # labels that a byte holds, beside the rest and the gap
_ALONE = 2  # samples, of which a label has fewer


Cut = Callable[[DenseTable], np.ndarray]


def binned(table: MixedTable, bins: int, cut: Cut | None = None) -> np.ndarray:
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
    whole = np.flatnonzero((table.gaps() == 0) & ~table.nominal)
    if len(whole):
        codes[whole] = cut(DenseTable(table.numbers[:, whole], table.weights))
    for column in np.setdiff1d(np.arange(len(codes)), whole):
        there = ~table.missing[:, column]
        x, weights = table.numbers[there, column], table.counts[there]
        if not len(x):
            continue
        if table.nominal[column]:
            gap_too = table.informative and not there.all()
            found = pooled(x.astype(np.intp), weights, bins - gap_too)
        else:
            found = cut(DenseTable(x[:, np.newaxis], weights))[0]
        codes[column, there] = found
        codes[column, ~there] = found.max() + 1
    return codes


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
    kept = totals > 0
    if kept.sum() > enough:
        kept = totals >= _ALONE
    if kept.sum() > _MOST:
        kept &= totals > np.sort(totals)[-_MOST - 1]
    number = np.where(kept, np.cumsum(kept) - 1, kept.sum())
    return np.asarray(number[labels])
