"""What recursive elimination sees of each column of a table of numbers: one row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from infsel._runtime.memory import allocate
from infsel.eliminations import binned_information
from infsel.embeddings import Filled, Written, are_spread, row_blocks
from infsel.greedy._mixed_columns import MixedColumns
from infsel.greedy._repeats import repeats
from infsel.greedy._spread_columns import SpreadMixedColumns
from infsel.relevances import relief_margins
from infsel.tables import LackingTable, Table, normal_scores, repeated_rows

_FEWER = "kernel='linear' writes none of them down, and a lower screen or min_screened lets fewer enter"

Margins = Callable[..., np.ndarray]


class Columns(Protocol):
    """The columns of a table as models, screen and margins see them.

    Attributes
    ----------
    places : ndarray or FilledRows of shape (n_features, n_samples)
        What tells samples apart.
    """

    places: Filled

    def originals(self) -> np.ndarray:
        """For each column the first one that says the same, itself if none."""

    def information(self, which: np.ndarray, outputs: list[np.ndarray], bins: int) -> tuple[np.ndarray, float]:
        """What some columns say about the target by themselves, and what they may by chance."""

    def rows(self, which: np.ndarray, linear: bool, l1: bool) -> tuple[Any, np.ndarray | None]:
        """The rows of some columns before `scores`, and the place of its column of each row; None where one is one."""

    def scores(self, rows: Any) -> Any:
        """What the models are given of rows."""

    def margins(self, which: np.ndarray) -> Margins:
        """A function that turns a part, outputs and weights of its samples, and a temperature into margins."""

    def repeats(self, order: np.ndarray, first: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """As `infsel.greedy._repeats.repeats` says."""


class NumericColumns:
    """Those of a table of numbers without gaps.

    Parameters
    ----------
    table : Table
    normal : bool
        Whether the rows are normal scores; else they are standardized.
    """

    def __init__(self, table: Table, normal: bool) -> None:
        self._table, self._normal, self.places = table, normal, table.places()
        self._scaled: Any = self.places if normal else table.standardized()

    def originals(self) -> np.ndarray:
        return repeated_rows(self._scaled, self._table.dtype)  # scores repeat where positions do

    def information(self, which: np.ndarray, outputs: list[np.ndarray], bins: int) -> tuple[np.ndarray, float]:
        return binned_information(self.places[which], outputs, self._table.counts, bins)

    def rows(self, which: np.ndarray, linear: bool, l1: bool) -> tuple[Any, None]:
        Z = self._scaled if len(which) == len(self._scaled) else self._scaled[which]
        if are_spread(Z):
            return (Z.toarray() if linear or l1 else Z), None
        return (Z if linear else _written_down(Z, self._table.dtype)), None

    def scores(self, rows: Any) -> Any:
        return normal_scores(rows) if self._normal else rows

    def margins(self, which: np.ndarray) -> Margins:
        everything = len(which) == self._table.shape[1]
        some = self._table if everything else self._table.columns(which)
        if some.is_distributed:
            return lambda part, *settings: relief_margins(some.rows(part), *settings)
        X = some.by_rows()
        return lambda part, *settings: relief_margins(X[part], *settings)

    def repeats(self, order: np.ndarray, first: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return repeats(self._scaled, self.scores, self._table.counts, order, first)


def columns_of(table: Table, normal: bool, outputs: list[np.ndarray], bins: int) -> Columns:
    """What models see of the columns of a table; which gaps inform depends on the target."""
    if not isinstance(table, LackingTable):
        return NumericColumns(table, normal)
    made = SpreadMixedColumns if table.is_distributed else MixedColumns.of
    return made(table, normal, outputs, bins)  # type: ignore[arg-type]


def _written_down(Z: Written, dtype: np.dtype) -> np.ndarray:
    """The rows as an array, where a model needs every number."""
    if isinstance(Z, np.ndarray):
        return Z
    rows = allocate(Z.shape, dtype, "the columns of a sparse table that enter", _FEWER)
    for where, block in row_blocks(Z):
        rows[where] = block
    return rows
