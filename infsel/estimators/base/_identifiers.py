"""Columns that number or name the samples."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from infsel._runtime.warning import warn

_FEWEST_SAMPLES = 20  # below it nearly all labels may differ by chance, and a few numbers rise
_NEARLY_ALL = 0.9
_MOST_NAMED = 5


def warn_of_identifiers(
    numbers: np.ndarray, kinds: np.ndarray | None, columns: np.ndarray, names: Callable[[], np.ndarray]
) -> None:
    """Warn of columns whose whole numbers only rise or fall with the row, and of those with a label for nearly each.

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
            "only rise or fall with the row, or nearly as many labels as samples. Drop what does, or name it in "
            "exclude; a column that is named in kinds is not warned of."
        )


def _counters(numbers: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Which of the columns hold whole numbers that only rise, or only fall; most are told by their first rows."""
    first = numbers[:3, columns]
    whole = (first == np.rint(first)).all(axis=0)
    rising, falling = (first[1:] > first[:-1]).all(axis=0), (first[1:] < first[:-1]).all(axis=0)
    return np.array([j for j in columns[whole & (rising | falling)] if _counts(numbers[:, j])], dtype=np.intp)


def _counts(x: np.ndarray) -> bool:
    rising, falling = (x[1:] > x[:-1]).all(), (x[1:] < x[:-1]).all()
    return bool((rising or falling) and (x == np.rint(x)).all())


def _names_samples(labels: np.ndarray) -> bool:
    """Whether a column has a label for nearly each sample."""
    there = labels[~np.isnan(labels)]
    return len(there) >= _FEWEST_SAMPLES and there.max() + 1 > _NEARLY_ALL * len(there)
