"""Columns that number or name the samples, and labels that are too rare to say anything."""

from __future__ import annotations

import numpy as np

from infsel._runtime.warning import warn
from infsel.tables import MixedTable, Table

_FEWEST_SAMPLES = 20  # below it nearly all labels may differ by chance, and a few numbers rise
_NEARLY_ALL = 0.9
_MANY_LABELS = 200
_HANDFUL = 5
_MOST_NAMED = 5


def warn_of_identifiers(table: Table, asked: np.ndarray, names: np.ndarray) -> None:
    """Warn of columns whose whole numbers only rise or fall with the row, and of those with a label for nearly each.

    The first would lead wherever rows are in an order that says something; the second say nothing once chance is
    accounted for. Columns of which a user said what they hold, a mask, are left alone.
    """
    if len(table) < _FEWEST_SAMPLES:
        return
    found = (_counters(table) | _names(table)) & ~asked
    if found.any():
        some = ", ".join(map(repr, names[found][:_MOST_NAMED].tolist())) + ", ..." * int(found.sum() > _MOST_NAMED)
        warn(
            f"{'Columns' if found.sum() > 1 else 'Column'} {some} may name or number the samples: whole numbers that "
            "only rise or fall with the row, or nearly as many labels as samples. Drop what does, or name it in "
            "exclude; a column that is named in kinds is not warned of."
        )


def pooled(table: Table) -> Table:
    """The table, whose columns of more than 200 labels hold one label in place of those that weigh less than 5 samples.

    A label that a handful of samples have says too little of others, and thousands of them only take time.
    """
    if not isinstance(table, MixedTable) or not (table.n_labels() > _MANY_LABELS).any():
        return table
    numbers = table.numbers.copy()
    for column in np.flatnonzero(table.n_labels() > _MANY_LABELS):
        there = ~table.missing[:, column]
        labels = numbers[there, column].astype(np.intp)
        common = np.bincount(labels, table.counts[there]) >= _HANDFUL
        code = np.where(common, np.cumsum(common) - 1, common.sum())
        numbers[there, column] = code[labels]
    return MixedTable(numbers, table.kinds, table.informative, table.weights, table.names)


def _counters(table: Table) -> np.ndarray:
    """Which columns hold whole numbers that only rise, or only fall; most are told by their first rows."""
    numbers = table.numbers if isinstance(table, MixedTable) else table.array
    found = np.zeros(table.shape[1], dtype=bool)
    columns = np.flatnonzero((numbers[:3] == np.rint(numbers[:3])).all(axis=0))
    steps = np.diff(numbers[:3, columns], axis=0)
    columns = columns[(steps > 0).all(axis=0) | (steps < 0).all(axis=0)]
    for column in columns:
        x = numbers[:, column]
        steps = np.diff(x)
        found[column] = ((steps > 0).all() or (steps < 0).all()) and bool((x == np.rint(x)).all())
    return found & ~table.nominal if isinstance(table, MixedTable) else found


def _names(table: Table) -> np.ndarray:
    """Which columns of labels have one for nearly each sample."""
    if not isinstance(table, MixedTable):
        return np.zeros(table.shape[1], dtype=bool)
    there = len(table) - table.gaps()
    return (table.n_labels() > _NEARLY_ALL * there) & (there >= _FEWEST_SAMPLES)
