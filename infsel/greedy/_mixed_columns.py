"""What recursive elimination sees of each column of a table with gaps and labels: a block of rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
from scipy.special import ndtri

from infsel.eliminations import informing_gaps, mixed_information
from infsel.embeddings import Filled, MixedRows
from infsel.greedy._associations import codes_of, repeats_of_blocks, rows_of
from infsel.statistics import MixedDistances, neighbors_of, soft_margins
from infsel.tables import DenseTable, MixedTable, canonical, same_gaps


class MixedColumns:
    """The columns of a table with gaps and labels.

    A column of numbers is a row, as without gaps, with 0 in the gaps: the mean of what is there. A column of labels is
    one row for each label, 1 where a sample has it and 0 where not, centered and times one factor: so that any two
    labels are equally far apart, and the variances of the rows add up to that of ordered values which are as often
    tied. Two labels are then the same as a boolean. Where the gaps of numbers inform about the target a further row
    says where they are: of a variance that makes a gap as far from other values as those are from each other, on
    average.

    Parameters
    ----------
    table : MixedTable
        As `pooled` gives it.
    normal : bool
        Whether numbers become normal scores; else they are standardized.
    places : ndarray of shape (n_features, n_samples)
        Those of the table, or of the one that its columns come from.
    informs : ndarray of bool of shape (n_features,)
        Columns of numbers whose gaps inform about the target.
    """

    def __init__(self, table: MixedTable, normal: bool, places: np.ndarray, informs: np.ndarray) -> None:
        self._table, self._normal, self._places, self.informs = table, normal, places, informs
        self.places: Filled = places

    @classmethod
    def of(cls, table: MixedTable, normal: bool, outputs: list[np.ndarray], bins: int) -> MixedColumns:
        """The columns of a table, of which gaps inform about these outputs of the target, cut into so many bins."""
        return cls(table, normal, table.places(), informing_gaps(table, outputs, bins))

    def originals(self) -> np.ndarray:
        """For each column the first one that says the same: gaps agree, and numbers up to scale or labels by name."""
        table, first = self._table, np.arange(self._table.shape[1])
        alike = table.nominal & (table.n_labels() > 2)
        for group in self._with_same_gaps(np.flatnonzero(~alike)):
            first[group] = group[DenseTable(np.ascontiguousarray(self.scaled[group].T)).originals()]
        for group in self._with_same_gaps(np.flatnonzero(alike)):
            _follow(first, group, [self._canonical(column) for column in group])
        return first

    def information(self, which: np.ndarray, outputs: list[np.ndarray], bins: int) -> tuple[np.ndarray, float]:
        """As `mixed_information` says."""
        table = self._table.columns(which)
        return mixed_information(table, self._places[which], self.informs[which], outputs, bins)  # type: ignore[arg-type]

    def rows(self, which: np.ndarray, linear: bool, l1: bool) -> tuple[np.ndarray | MixedRows, np.ndarray]:
        """The rows of some columns, and the place of its column of each; the l1 distance of labels is that of l2.

        The linear kernel does without those of labels being written down.
        """
        nominal, n_rows = self._table.nominal[which], np.empty(len(which), dtype=np.intp)
        numbers = [self._numbers(column) for column in which[~nominal]]
        labels = [self._labels(column, l1) for column in which[nominal]]
        n_rows[~nominal], n_rows[nominal] = [len(rows) for rows in numbers], [len(shares) for _, shares, _ in labels]
        owner = np.repeat(np.arange(len(which)), n_rows)
        rows = rows_of(self._table, numbers, labels, nominal[owner])
        return (rows if linear else rows.toarray()), owner

    def scores(self, rows: Any) -> Any:
        """The rows as they are."""
        return rows

    def margins(self, which: np.ndarray) -> Callable[..., np.ndarray]:
        """Those of `MixedDistances`."""
        table, informs = self._table.columns(which), self.informs[which]

        def of_part(part: np.ndarray, outputs: list[np.ndarray], weights: np.ndarray, temperature: float) -> np.ndarray:
            return margins_of(table.rows(part), outputs, weights, temperature, informs)  # type: ignore[arg-type]

        return of_part

    def repeats(self, order: np.ndarray, first: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """As `repeats_of_blocks` says."""
        return repeats_of_blocks(self._table, self.scaled, order, first)

    @cached_property
    def scaled(self) -> np.ndarray:
        """A row for each column of numbers, 0 in the gaps; for labels the indicator of one."""
        table, result = self._table, np.zeros(self._table.shape[::-1], self._table.dtype)
        labels = np.flatnonzero(table.nominal)
        result[labels] = (table.numbers[:, labels] == 0).T & ~table.missing[:, labels].T
        numeric = np.flatnonzero(~table.nominal & table.varying())
        some = table.columns(numeric)
        result[numeric] = ndtri(self._places[numeric]) if self._normal else some.standardized()
        return result

    def _numbers(self, column: int) -> np.ndarray:
        """The rows of a column of numbers."""
        z, gap, w = self.scaled[column], self._table.missing[:, column], self._table.counts
        if not self.informs[column]:
            return z[np.newaxis]
        there = ~gap
        share = w[there].sum() / w.sum()
        variance = np.average(np.square(z[there]), weights=w[there]) - np.average(z[there], weights=w[there]) ** 2
        return np.stack([z, (gap - (1 - share)) * np.sqrt(max(variance, 0) / share)])

    def _labels(self, column: int, l1: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The labels of each sample in the order of their places, which names do not decide, shares, and factors."""
        codes, shares = codes_of(self._table, column)
        place = np.zeros(len(shares) + 1)
        place[codes] = self._places[column]  # that of gaps stands for none
        order = np.argsort(place[1:], kind="stable")
        mixed = 1 - float(np.square(np.sort(shares)).sum())
        factor = np.sqrt(self._variance(np.sort(shares[order])) / mixed) if mixed > 0 else 0.0
        renumbered = np.concatenate([[0], np.argsort(order) + 1])
        return renumbered[codes], shares[order], np.full(len(shares), factor / np.sqrt(2) if l1 else factor)

    def _variance(self, shares: np.ndarray) -> float:
        """That of ordered values with these shares after scaling."""
        if not self._normal:
            return 1.0
        z = ndtri(np.cumsum(shares) - shares / 2)
        return float(shares @ np.square(z) - (shares @ z) ** 2)

    def _with_same_gaps(self, columns: np.ndarray) -> list[np.ndarray]:
        """Those of the columns that are missing in the same samples, where there are several."""
        groups = same_gaps(self._table.missing[:, columns])
        return [columns[group] for group in groups if len(group) > 1]

    def _canonical(self, column: int) -> bytes:
        table = self._table
        codes = np.where(table.missing[:, column], -1, table.numbers[:, column]).astype(np.intp)
        return canonical(codes).tobytes()


def margins_of(
    table: MixedTable, outputs: list[np.ndarray], weights: np.ndarray, temperature: float, informs: np.ndarray
) -> np.ndarray:
    """`relief_margins` by `MixedDistances`."""
    neighbors = [neighbors_of(output, weights) for output in outputs if np.ptp(output) > 0]
    return soft_margins(MixedDistances(table, weights, informs), neighbors, temperature)


def _follow(first: np.ndarray, group: np.ndarray, contents: list[bytes]) -> None:
    """Let each column of a group point to the first with the same content."""
    seen: dict[bytes, int] = {}
    for column, content in zip(group, contents, strict=True):
        first[column] = seen.setdefault(content, int(column))
