"""What recursive elimination sees of a table with gaps and labels whose columns lie in other processes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from infsel.eliminations import informing_gaps, mixed_information
from infsel.embeddings import MixedRows
from infsel.greedy._mixed_columns import MixedColumns
from infsel.tables import DenseTable, MixedTable, canonical


class SpreadMixedColumns:
    """`MixedColumns` of which those that enter come to this process; the others are looked at where they are.

    Parameters
    ----------
    table : LackingTable
        Distributed, as `pooled` gives it.
    normal : bool
        Whether numbers become normal scores; else they are standardized.
    outputs, bins
        As for `MixedColumns.of`.
    """

    def __init__(self, table: Any, normal: bool, outputs: list[np.ndarray], bins: int) -> None:
        self._table, self._normal, self.places = table, normal, table.places()
        self.informs = table.by_blocks(informing_gaps, outputs, bins)

    def originals(self) -> np.ndarray:
        """For each column the first one that says the same, as of `MixedColumns`."""
        return np.asarray(self._table.originals_of(_comparable, self._normal))

    def information(self, which: np.ndarray, outputs: list[np.ndarray], bins: int) -> tuple[np.ndarray, float]:
        """As `mixed_information` says."""
        information, by_chance = self._table.columns(which).by_blocks(_information, outputs, bins)
        return information, float(by_chance[0])

    def rows(self, which: np.ndarray, linear: bool, l1: bool) -> tuple[np.ndarray | MixedRows, np.ndarray]:
        """The rows of some columns, as of `MixedColumns`."""
        return self._here(which).rows(np.arange(len(which)), linear, l1)

    def scores(self, rows: Any) -> Any:
        """The rows as they are."""
        return rows

    def margins(self, which: np.ndarray) -> Callable[..., np.ndarray]:
        """Those of `MixedDistances`."""
        return self._here(which).margins(np.arange(len(which)))

    def repeats(self, order: np.ndarray, first: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """As `repeats_of_blocks` says, of the columns that entered and of copies."""
        copies = np.flatnonzero(first != np.arange(len(first)))
        which = np.unique(np.concatenate([order, copies, first[copies]]))
        place = np.searchsorted(which, order), np.searchsorted(which, first[which])
        repeated, found = np.full(len(first), -1), np.full(len(first), np.nan)
        of_those, found[which] = self._here(which).repeats(*place)
        repeated[which] = np.append(which, -1)[of_those]
        return repeated, found

    def _here(self, which: np.ndarray) -> MixedColumns:
        """Some columns in this process."""
        some = self._table.columns(which).here()
        return MixedColumns(some, self._normal, self.places[which].toarray(), self.informs[which])


def _information(table: MixedTable, outputs: list[np.ndarray], bins: int) -> tuple[np.ndarray, np.ndarray]:
    """That of each column of a block, and what is by chance, as often."""
    informs = informing_gaps(table, outputs, bins)
    information, by_chance = mixed_information(table, _positions(table), informs, outputs, bins)
    return information, np.full(len(information), by_chance)


def _comparable(table: MixedTable, normal: bool) -> np.ndarray:
    """Rows of norm 1 that are equal but for sign where two columns say the same and have the same gaps."""
    rows = MixedColumns(table, normal, _positions(table), np.zeros(table.shape[1], dtype=bool)).scaled
    for column in np.flatnonzero(table.nominal & (table.n_labels() > 2)):
        rows[column] = canonical(np.where(table.missing[:, column], -1, table.numbers[:, column]))
    return np.asarray(DenseTable(np.ascontiguousarray(rows.T)).unit_columns())


def _positions(table: MixedTable) -> np.ndarray:
    """The places of numbers; those of labels are not looked at."""
    numeric, places = np.flatnonzero(~table.nominal), np.full(table.shape[::-1], 0.5, table.dtype)
    places[numeric] = table.columns(numeric).positions()
    return places
