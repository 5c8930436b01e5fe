"""Columns of labels as numbers: where a target puts them."""

from __future__ import annotations

from typing import Any

import numpy as np

from infsel._kernels import add_by_label, write_gaps_beside
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
    holed = ~table.nominal & (table.gaps() > 0) & table.informative
    numbers = np.flatnonzero(~table.nominal & ~holed)
    if len(numbers):
        rows[numbers] = table.columns(numbers).unit_columns()
    if holed.any():
        target.write_beside(table.columns(holed), np.flatnonzero(holed), rows)  # type: ignore[arg-type]
    if table.nominal.any():
        target.write_labels(table.label_codes()[table.nominal], np.flatnonzero(table.nominal), rows)
    return rows


class _Target:
    """What labels and gaps are to explain."""

    def __init__(self, table: MixedTable, directions: np.ndarray, n_outputs: int) -> None:
        self._weights, self._n_outputs, self._n_samples = table.counts, n_outputs, table.total_weight
        self._Y = directions * (1 - _TIE * np.arange(directions.shape[1]))
        self._rank = max(1, int(np.linalg.matrix_rank(directions)))

    def write_labels(self, codes: np.ndarray, columns: np.ndarray, rows: np.ndarray) -> None:
        """The rows of columns of labels."""
        values, first = self._values_of_labels(np.stack(list(codes)).astype(np.int32))
        roots = np.sqrt(self._weights)
        for column, own, begin in zip(columns, codes, first, strict=True):
            rows[column] = values[begin:][own] * roots

    def write_beside(self, table: MixedTable, columns: np.ndarray, rows: np.ndarray) -> None:
        """The rows of columns of numbers whose gaps say something; both are orthogonal."""
        units, gaps, roots = table.unit_columns(), np.ascontiguousarray(table.missing.T), np.sqrt(self._weights)
        of_units = units @ (roots[:, np.newaxis] * self._Y).astype(units.dtype)
        sums = table.sums_in_gaps(self._weights * np.vstack([np.ones(len(roots)), self._Y.T]))
        shares = sums[:, 0] / self._n_samples
        norms = np.sqrt(self._n_samples * shares * (1 - shares))
        both = np.stack([of_units, sums[:, 1:] / norms[:, np.newaxis]], axis=1)
        u, g = np.einsum("nid,nd->in", both, _leading(both))
        factor = self._shrunken(u * u + g * g, u * u + g * g, 2)
        per_gap = factor * g / norms
        factors = np.stack([factor * u, (1 - shares) * per_gap, -shares * per_gap], axis=1)
        for f, column in enumerate(columns):
            here = slice(f, f + 1)
            write_gaps_beside(units[here], gaps[here], roots, factors[here], rows[column : column + 1])

    def _values_of_labels(self, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What stands for each code of each column, one after the other, and where columns begin."""
        n_codes = codes.max(axis=1) + 1
        first = np.cumsum(n_codes) - n_codes
        which = np.repeat(np.arange(len(codes)), n_codes)
        sums = np.zeros((len(which), self._Y.shape[1] + 1))
        add_by_label(np.column_stack([self._Y, np.ones(len(self._Y))]), self._weights, codes, first, sums)
        sums[first] = 0  # gaps
        sizes, known = sums[:, -1].copy(), np.add.reduceat(sums, first)
        n, sizes = np.maximum(known[:, -1], 1e-300), np.where(sizes > 0, sizes, np.inf)
        centered = sums[:, :-1] - (sums[:, -1] / n[which])[:, np.newaxis] * known[which, :-1]
        along = _along(centered, sizes, first, which)
        square = np.add.reduceat(along * along / sizes, first)
        factor = self._shrunken(square * self._n_samples / n, square, np.maximum(n_codes - 2, 0))
        return along / sizes * np.where(n_codes > 2, factor, 0)[which], first

    def _shrunken(self, explained: np.ndarray, square: np.ndarray, degrees: Any) -> np.ndarray:
        """What rows of these squared norms are to be multiplied by, if they explain so much of all outputs."""
        explained = np.minimum(explained / self._n_outputs, 1.0)
        most, root = degrees * self._rank, (np.sqrt(degrees) + np.sqrt(self._rank)) ** 2
        by_chance = np.where(np.minimum(degrees, self._rank) == 1, most, np.minimum(most, root))
        usual = self._rank / self._n_outputs
        share = beyond_chance(explained, self._n_samples, by_chance / self._n_outputs, usual)
        some = explained > 0
        kept = np.maximum(np.divide(share, explained, out=np.zeros_like(explained), where=some), _LEAST)
        return np.sqrt(np.divide(kept, square, out=np.zeros_like(explained), where=some))


def _along(centered: np.ndarray, sizes: np.ndarray, first: np.ndarray, which: np.ndarray) -> np.ndarray:
    """What labels have of the direction in which their means differ most."""
    means = centered / np.sqrt(sizes)[:, np.newaxis]
    grams = np.add.reduceat(means[:, :, np.newaxis] * means[:, np.newaxis], first)
    return np.einsum("ld,ld->l", centered, _longest(grams)[which])


def _leading(M: np.ndarray) -> np.ndarray:
    """The unit vector that each matrix makes longest."""
    return _longest(M.transpose(0, 2, 1) @ M)


def _longest(grams: np.ndarray) -> np.ndarray:
    """The eigenvector of the largest eigenvalue of each matrix."""
    return np.asarray(np.linalg.eigh(grams)[1][:, :, -1]) if grams.shape[1] > 1 else np.ones(grams.shape[:2])
