"""Columns with gaps and labels that say the same."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from infsel.tables._copies import originals
from infsel.tables._present import unit_columns


def mixed_originals(numbers: np.ndarray, nominal: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """For each column the first one that has the same gaps and says the same, itself if none, shape (n_features,).

    Numbers say the same up to shift, scale, sign and round-off, labels whatever they are called.

    Parameters
    ----------
    numbers : ndarray of shape (n_samples, n_features)
        NaN in gaps.
    nominal : ndarray of bool of shape (n_features,)
        Which columns hold labels.
    counts : ndarray of shape (n_samples,)
        The weights of the samples.
    """
    first = np.arange(len(nominal))
    for columns in _alike(numbers, np.flatnonzero(nominal), _renamed):
        first[columns] = columns[0]
    for columns in _alike(numbers, np.flatnonzero(~nominal), np.isnan):
        if len(columns) > 1:
            first[columns] = columns[originals(unit_columns(numbers[:, columns], counts))]
    return first


def _alike(numbers: np.ndarray, columns: np.ndarray, what: Callable[[np.ndarray], np.ndarray]) -> list[np.ndarray]:
    """The columns in groups of which `what` is the same."""
    groups: dict[bytes, list[int]] = {}
    for column in columns.tolist():
        groups.setdefault(what(numbers[:, column]).tobytes(), []).append(column)
    return [np.array(group) for group in groups.values()]


def _renamed(labels: np.ndarray) -> np.ndarray:
    """Labels by the order in which they appear, -1 in gaps."""
    there = ~np.isnan(labels)
    _, first, codes = np.unique(labels[there], return_index=True, return_inverse=True)
    result = np.full(len(labels), -1, dtype=np.intp)
    result[there] = np.argsort(np.argsort(first))[codes]
    return result
