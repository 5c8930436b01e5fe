"""Columns that number or name the samples."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from infsel._runtime.warning import warn

_FEWEST_SAMPLES = 20  # below it nearly all labels may differ by chance, and a few numbers rise
_NEARLY_ALL = 0.9
_MOST_NAMED = 5
_EVENLY = 0.99  # correlation with the number of the row
_YEARS = 1500, 2100


def warn_of_identifiers(
    numbers: np.ndarray, kinds: np.ndarray | None, columns: np.ndarray, names: Callable[[], np.ndarray]
) -> None:
    """Warn of columns that number the samples (`numbers_rows`), and of those with a label for nearly each.

    The first would lead wherever rows are in an order that says something; the second say nothing once chance is
    accounted for.

    Parameters
    ----------
    numbers : ndarray of shape (n_samples, n_features)
        NaN where something is missing.
    kinds : ndarray of str of shape (n_features,) or None
        None where all are numbers.
    columns : ndarray of bool of shape (n_features,)
        Those to look at.
    names : callable
        What the columns are called; asked for where one is told, because many take a while.
    """
    if len(numbers) < _FEWEST_SAMPLES:
        return
    found = np.zeros(len(columns), dtype=bool)
    labels = found.copy() if kinds is None else kinds == "nominal"
    found[_counters(numbers, np.flatnonzero(columns & ~labels))] = True
    found[[column for column in np.flatnonzero(columns & labels) if _names_samples(numbers[:, column])]] = True
    if found.any():
        some = ", ".join(map(repr, names()[found][:_MOST_NAMED].tolist())) + ", ..." * int(found.sum() > _MOST_NAMED)
        warn(
            f"{'Columns' if found.sum() > 1 else 'Column'} {some} may name or number the samples: whole numbers that "
            "rise or fall evenly from row to row, or nearly as many labels as samples. Drop what does, or name it in "
            "exclude; a column that is named in kinds is not warned of."
        )


def _counters(numbers: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Which of the columns number the samples; most are told by their first rows."""
    first = numbers[:3, columns]
    whole = (first == np.rint(first)).all(axis=0)
    rising, falling = (first[1:] > first[:-1]).all(axis=0), (first[1:] < first[:-1]).all(axis=0)
    return np.array([j for j in columns[whole & (rising | falling)] if numbers_rows(numbers[:, j])], dtype=np.intp)


def numbers_rows(x: np.ndarray) -> bool:
    """Whether numbers may number the samples: whole ones that rise, or fall, from each row to the next, and evenly.

    Then their correlation with the number of the row is at least .99, as that of a row number is, and of ids of which
    some are left out. A measurement that the samples are sorted by rises faster at its ends: that of normal numbers is
    .977, of exponential ones .87. Years are no ids: each is one of 1500 to 2100.

    >>> numbers_rows(np.arange(7.0, 40)), numbers_rows(np.arange(1990.0, 2023)), numbers_rows(np.arange(33.0) ** 2)
    (True, False, False)
    """
    if len(x) < 2 or not (x == np.rint(x)).all():
        return False
    if not ((x[1:] > x[:-1]).all() or (x[1:] < x[:-1]).all()):
        return False
    years = _YEARS[0] <= min(x[0], x[-1]) and max(x[0], x[-1]) <= _YEARS[1]
    return not years and abs(float(np.corrcoef(x, np.arange(len(x)))[0, 1])) >= _EVENLY


def _names_samples(labels: np.ndarray) -> bool:
    """Whether a column has a label for nearly each sample."""
    there = labels[~np.isnan(labels)]
    return len(there) >= _FEWEST_SAMPLES and there.max() + 1 > _NEARLY_ALL * len(there)
