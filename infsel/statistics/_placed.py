"""Columns of labels as numbers: where a target puts them."""

from __future__ import annotations

import numpy as np

from infsel.statistics._labels import beyond_chance
from infsel.tables import MixedTable, pooled

_TIE = 1e-7  # by which a direction of the target counts less than the one before: what is symmetric has an order
_ENOUGH = 10  # labels of a column; of more, those that one sample has are one


def placed(table: MixedTable, directions: np.ndarray, n_outputs: int = 1) -> np.ndarray:
    """Columns as centered rows, of which those of labels hold the mean of the target for each label.

    Of several classes or outputs it is the combination that labels explain best. A gap holds 0; where it is informative
    it is a label among labels, and beside numbers it holds what the target is there, in the units of the numbers.

    Rows have norm 1 where nothing was fitted. Else the square of the norm is the share of what the row explains that is
    more than chance (`beyond_chance`): so that a row correlates with the target as a column of numbers would that says
    as much, and less than it would with all others, as if the rest were noise of its own.

    Parameters
    ----------
    table : MixedTable
    directions : ndarray of shape (n_samples, n_directions)
        Columns of weighted mean 0, of which those of each class or number have a weighted sum of squares of 1 at most.
    n_outputs : int, default=1
        How many outputs they come from.

    Returns
    -------
    rows : ndarray of shape (n_features, n_samples)
        Entries are multiplied by the root of the weights.

    References
    ----------
    Fisher (1940). The precision of discriminant functions. Annals of Eugenics 10.
    """
    target = _Target(table, directions, n_outputs)
    rows = np.empty(table.shape[::-1], table.dtype)
    numbers = np.flatnonzero(~table.nominal)
    rows[numbers] = table.columns(numbers).unit_columns()
    if table.informative:
        for column in numbers[table.gaps()[numbers] > 0]:
            rows[column] = target.beside(rows[column], table.missing[:, column])
    for column in np.flatnonzero(table.nominal):
        rows[column] = target.of_labels(table.numbers[:, column], table.missing[:, column])
    return rows


class _Target:
    """What labels and gaps are to explain."""

    def __init__(self, table: MixedTable, directions: np.ndarray, n_outputs: int) -> None:
        self._informative, self._weights, self._n_outputs = table.informative, table.counts, n_outputs
        self._Y = directions * (1 - _TIE * np.arange(directions.shape[1]))
        self._rank = max(1, int(np.linalg.matrix_rank(directions)))

    def of_labels(self, x: np.ndarray, gap: np.ndarray) -> np.ndarray:
        """The row of a column of labels."""
        row = np.zeros(len(x))
        if self._informative and gap.any():
            x, gap = np.where(gap, np.nanmax(x) + 1, x), np.zeros_like(gap)
        there = np.flatnonzero(~gap)
        weights = self._weights[there]
        labels = pooled(x[there].astype(np.intp), weights, _ENOUGH)
        sizes = np.bincount(labels, weights)
        sums = np.stack([np.bincount(labels, weights * y[there]) for y in self._Y.T], axis=1)
        # centered on those that are there
        sums -= np.outer(sizes / sizes.sum(), sums.sum(axis=0))
        scaled = sums / np.sqrt(sizes)[:, np.newaxis]
        direction = _leading(scaled)
        row[there] = np.sqrt(weights) * ((sums @ direction) / sizes)[labels]
        explained = float(np.square(scaled @ direction).sum()) * self._weights.sum() / sizes.sum()
        return self._shrunken(row, explained, len(sizes) - 1)

    def beside(self, unit: np.ndarray, gap: np.ndarray) -> np.ndarray:
        """The row of a column of numbers, of which the gaps say something: both are orthogonal."""
        roots = np.sqrt(self._weights)
        indicator = roots * (gap - self._weights @ gap / self._weights.sum())
        block = np.stack([unit, indicator / np.linalg.norm(indicator)])
        along = block @ (roots[:, np.newaxis] * self._Y)
        direction = _leading(along)
        return self._shrunken((along @ direction) @ block, float(np.square(along @ direction).sum()), 2)

    def _shrunken(self, row: np.ndarray, explained: float, degrees: int) -> np.ndarray:
        """The row with the square of its norm the share of what it explains that is more than chance."""
        explained = min(explained / self._n_outputs, 1.0)
        by_chance = (
            min(degrees * self._rank, (np.sqrt(degrees) + np.sqrt(self._rank)) ** 2) if self._rank > 1 else degrees
        )
        usual = self._rank / self._n_outputs
        share = beyond_chance(explained, self._weights.sum(), by_chance / self._n_outputs, usual)
        norm = np.linalg.norm(row)
        return row * (np.sqrt(share / explained) / norm) if norm > 0 and explained > 0 else np.zeros_like(row)


def _leading(M: np.ndarray) -> np.ndarray:
    """The unit vector that M makes longest."""
    return np.linalg.eigh(M.T @ M)[1][:, -1] if M.shape[1] > 1 else np.ones(1)
