"""Columns with gaps and labels that say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from infsel.tables._copies import originals

if TYPE_CHECKING:
    from infsel.tables._mixed import MixedTable


def mixed_originals(table: MixedTable) -> np.ndarray:
    """For each column the first one that has the same gaps and says the same, itself if none, shape (n_features,).

    Numbers say the same up to shift, scale, sign and round-off, labels whatever they are called.
    """
    first, numbers = np.arange(table.shape[1]), np.flatnonzero(~table.nominal)
    for columns in _alike(table, np.flatnonzero(table.nominal), _renamed):
        first[columns] = columns[0]
    alike = [columns for columns in _alike(table, numbers, np.isnan) if len(columns) > 1]
    rows: Any = table.columns(~table.nominal).unit_columns() if alike else None
    for columns in alike:
        first[columns] = columns[originals(rows[np.searchsorted(numbers, columns)])]
    return first


def _alike(table: MixedTable, columns: np.ndarray, what: Any) -> list[np.ndarray]:
    """The columns in groups of which `what` is the same."""
    groups: dict[bytes, list[int]] = {}
    for column in columns.tolist():
        groups.setdefault(what(table.numbers[:, column]).tobytes(), []).append(column)
    return [np.array(group) for group in groups.values()]


def _renamed(labels: np.ndarray) -> np.ndarray:
    """Labels by the order in which they appear, -1 in gaps."""
    there = ~np.isnan(labels)
    _, first, codes = np.unique(labels[there], return_index=True, return_inverse=True)
    result = np.full(len(labels), -1, dtype=np.intp)
    result[there] = np.argsort(np.argsort(first))[codes]
    return result
