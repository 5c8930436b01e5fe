"""Tables of which each column of labels is written as one column for each of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from infsel.tables import MixedTable, indicators


class Expanded(NamedTuple):
    """Numbers, maybe with gaps, and what their columns stand for.

    Attributes
    ----------
    table : MixedTable of shape (n_samples, n_columns)
        Without columns of labels.
    owner : ndarray of int of shape (n_columns,)
        The number of the column that each is made of, never decreasing.
    """

    table: MixedTable
    owner: np.ndarray


def expanded(X: MixedTable) -> Expanded:
    """The same as numbers: a column of labels becomes one of 0 and 1 for each of them.

    Where gaps are informative, each column that has some is followed by one that says where; else every column of a
    label has the gaps of the labels.
    """
    blocks = [[x] for x in X.numbers.T]
    for column in np.flatnonzero(~X.nominal & (X.gaps() > 0) & X.informative).tolist():
        blocks[column].append(X.missing[:, column])
    for column, there, labels in X.labels():
        blocks[column] = list(indicators(there, labels).T)
    owner = np.repeat(np.arange(len(blocks)), [len(block) for block in blocks])
    numbers = np.stack([x for block in blocks for x in block], axis=1).astype(X.dtype, copy=False)
    return Expanded(MixedTable(numbers, weights=X.weights), owner)


def sizes_of(X: MixedTable) -> np.ndarray:
    """How many columns `expanded` makes of each, shape (n_features,)."""
    sizes = 1 + (~X.nominal & (X.gaps() > 0) & X.informative).astype(np.intp)
    for column, _, labels in X.labels():
        sizes[column] = 1 + labels.max(initial=0)
    return np.asarray(sizes)
