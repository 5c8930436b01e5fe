"""Columns of labels as numbers: where a target puts them."""

from __future__ import annotations

import numpy as np

from infsel.statistics._labels import beyond_chance
from infsel.tables import MixedTable

_TIE = 1e-7  # by which a direction of the target counts less than the one before: what is symmetric has an order
_LEAST = 1e-20  # of the square of a norm: what has two labels has a direction


def placed(table: MixedTable, directions: np.ndarray, n_outputs: int = 1) -> np.ndarray:
    """Columns as centered rows, of which those of labels hold the mean of the target for each label.

    Of several classes or outputs it is the combination that labels explain best. A gap holds 0; where it is informative
    it is a label among labels, and beside numbers it holds what the target is there, in the units of the numbers.

    Rows have norm 1 where nothing was fitted. Else the square of the norm is the share of what the row explains that is
    more than chance (`beyond_chance`): so that a row correlates with the target as a column of numbers would that says
    as much, and less than it would with all others, as if the rest were noise of its own. A column of one label is a
    row of zeros, and so is one of a label a sample: those of one sample are pooled.

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
    holed = numbers[table.gaps()[numbers] > 0]
    if table.informative and len(holed):
        rows[holed] = target.beside(rows[holed], table.missing[:, holed].T)
    for column, there, labels in table.labels():
        rows[column] = target.of_labels(there, labels)
    return rows


class _Target:
    """What labels and gaps are to explain."""

    def __init__(self, table: MixedTable, directions: np.ndarray, n_outputs: int) -> None:
        self._weights, self._n_outputs, self._n_samples = table.counts, n_outputs, table.total_weight
        self._Y = directions * (1 - _TIE * np.arange(directions.shape[1]))
        self._rank = max(1, int(np.linalg.matrix_rank(directions)))

    def of_labels(self, there: np.ndarray, labels: np.ndarray) -> np.ndarray:
        """The row of a column of labels."""
        row, weights = np.zeros(len(there)), self._weights[there]
        if not labels.any():
            return row
        sizes = np.bincount(labels, weights)
        sums = np.stack([np.bincount(labels, weights * y[there]) for y in self._Y.T], axis=1)
        sums -= np.outer(sizes / sizes.sum(), sums.sum(axis=0))  # from the mean of those that are there
        along = sums @ _leading(sums / np.sqrt(sizes)[:, np.newaxis])
        square = float((np.square(along) / sizes).sum())
        row[there] = np.sqrt(weights) * (along / sizes)[labels]
        return row * self._shrunken(square * self._n_samples / sizes.sum(), square, len(sizes) - 1)

    def beside(self, units: np.ndarray, gaps: np.ndarray) -> np.ndarray:
        """The rows of columns of numbers whose gaps say something; both are orthogonal."""
        roots, shares = np.sqrt(self._weights), gaps @ self._weights / self._n_samples
        norms = np.sqrt(self._n_samples * shares * (1 - shares))
        of_units = units @ (roots[:, np.newaxis] * self._Y).astype(units.dtype)
        of_gaps = gaps @ (self._weights[:, np.newaxis] * self._Y) / norms[:, np.newaxis]
        rows = np.empty_like(units)
        for f, block in enumerate(np.stack([of_units, of_gaps], axis=1)):
            u, g = block @ _leading(block)
            square = u * u + g * g
            factor = self._shrunken(square, square, 2)
            rows[f] = factor * u * units[f]
            rows[f] += roots * ((gaps[f] - shares[f]) * (factor * g / norms[f]))
        return rows

    def _shrunken(self, explained: float, square: float, degrees: int) -> float:
        """What a row of this squared norm is to be multiplied by, if it explains so much of all outputs."""
        explained = min(explained / self._n_outputs, 1.0)
        if not explained > 0:
            return 0.0
        least = min(degrees, self._rank)
        by_chance = (
            degrees * self._rank if least == 1 else min(degrees * self._rank, (degrees**0.5 + self._rank**0.5) ** 2)
        )
        usual = self._rank / self._n_outputs
        share = beyond_chance(explained, self._n_samples, by_chance / self._n_outputs, usual)
        return float(np.sqrt(max(share / explained, _LEAST) / square))


def _leading(M: np.ndarray) -> np.ndarray:
    """The unit vector that M makes longest."""
    return np.asarray(np.linalg.eigh(M.T @ M)[1][:, -1]) if M.shape[1] > 1 else np.ones(1)
