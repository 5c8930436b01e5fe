"""A table of Dask as people have them: entries are missing, and some columns hold labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import methodcaller
from typing import Any, Self

import numpy as np

from infsel._runtime.hashing import mix
from infsel._runtime.memory import allocate
from infsel.distributed._associations import DistributedAssociations
from infsel.distributed._rows import DistributedRows
from infsel.distributed._scheduler import Task, added
from infsel.distributed._table import DaskTable
from infsel.tables import LackingTable, MixedTable, Table, _copies, _mixed_places, canonical, pooled_numbers
from infsel.tables._table import by_column, remembered

_REMEDY = "use an affinity, relevance or selector that reads columns where they are, or draw rows first"


class DaskMixedTable(LackingTable, DaskTable):
    """Blocks of columns on a cluster, each of which is a `MixedTable` where it is.

    What is one number a column comes to the client; what is one row a column stays, written down (`DistributedRows`) or
    known by how far columns are associated (`DistributedAssociations`). The code that looks at a block is that of a
    table in memory.

    Parameters
    ----------
    table : DaskTable
        NaN where an entry is missing; a nominal column holds 0, ..., n_labels - 1, in no order.
    kinds, informative
        As for `MixedTable`.
    """

    def __init__(self, table: DaskTable, kinds: np.ndarray | None = None, informative: bool = False) -> None:
        kinds = np.full(table.shape[1], "numeric") if kinds is None else np.asarray(kinds)
        self.__setstate__({**table.__getstate__(), "kinds": kinds, "informative": informative})

    def take(self, index: np.ndarray) -> Self:
        return DaskMixedTable(super().take(index), self.kinds[index], self.informative)  # type: ignore[return-value]

    def rows(self, index: np.ndarray) -> DaskMixedTable:
        """The table of some samples, in the order of their numbers."""
        return DaskMixedTable(super().rows(index), self.kinds, self.informative)

    def read(self, start: int, stop: int) -> np.ndarray:
        """Columns without gaps and labels, in this process; others are refused."""
        self._require_all(start, stop)
        return super().read(start, stop)

    def here(self) -> MixedTable:
        """The table in this process.

        Raises
        ------
        MemoryError
            If it cannot fit.
        """
        numbers = allocate(self.shape[::-1], self.dtype, "a table with gaps or labels in one process", _REMEDY).T
        for where, block in self.blocks_here():
            numbers[:, where] = block
        return MixedTable(numbers, self.kinds, self.informative, self.weights, self.names)

    def blocks_here(self) -> Iterator[tuple[slice, np.ndarray]]:
        """All columns in order, block by block in this process, NaN in the gaps, each with where it lies."""
        blocks = self.blocks_in_place()
        for start, stop, block in zip(self._bounds[:-1].tolist(), self._bounds[1:].tolist(), blocks, strict=True):
            yield slice(start, stop), self._runner.fetch([block])[0]

    def simplified(self) -> Table:
        """A plain table where nothing is missing and no column holds labels, else itself."""
        return self if self._lacking.any() else self._of_blocks(self.blocks_in_place())

    def _of_blocks(self, blocks: list[Task]) -> DaskTable:
        """A table of numbers in the same columns."""
        other = self._with(blocks, self._bounds, len(self))
        other.weights, other.names, other._part_of = self.weights, self.names, self._part_of
        return other

    def pooled(self) -> DaskMixedTable:
        """The table where rare labels of a column are one: see `MixedTable.pooled`."""
        if not (self.nominal.any() or self.informative):
            return self
        blocks = self._of_blocks(self._tasks("pooled", _pooled_numbers))
        blocks._held = False
        kinds = self.by_blocks(_pooled_kinds) if self.informative else self.kinds
        return DaskMixedTable(blocks, kinds, self.informative)

    def _tasks(self, name: str, function: Callable[..., Any], *arguments: Any) -> list[Task]:
        given, cuts = self._runner.share((function, self.informative, self.weights, arguments)), self._bounds[1:-1]
        columns = zip(self.blocks_in_place(), np.split(self.kinds, cuts), np.split(self.called, cuts), strict=True)
        return [self._runner.call(name, _of_block, *each, given) for each in columns]

    @by_column
    def gaps(self) -> np.ndarray:
        """How many entries of each column are missing, shape (n_features,)."""
        return self.by_blocks(methodcaller("gaps"))

    @by_column
    def varying(self) -> np.ndarray:
        """As of a `MixedTable`."""
        return self.by_blocks(methodcaller("varying"))

    @by_column
    def present_weight(self) -> np.ndarray:
        """What the samples that have each column weigh, shape (n_features,)."""
        return self.by_blocks(methodcaller("present_weight"))

    @by_column
    def unit_columns(self) -> Any:
        """Centered columns of Euclidean norm 1 as rows, 0 in the gaps."""
        self._require_numbers()
        return super().unit_columns()

    @by_column
    def unit_ranks(self) -> Any:
        """The same of ranks among what is there."""
        self._require_numbers()
        return super().unit_ranks()

    def correlating(self, correlation: str) -> Any:
        """As of a `MixedTable`: rows known by how far columns are associated, unit rows where nothing is lacking."""
        if self._lacking.any():
            return self.associations(self._checked(correlation))
        return self.simplified().correlating(correlation)

    @by_column
    def associations(self, correlation: str) -> DistributedAssociations:
        """The same rows also where no column has gaps or labels."""
        return self._associated(methodcaller("associations", correlation))

    def unknown(self) -> DistributedRows | None:  # type: ignore[override]
        """Where an entry is missing of which nothing is known; None where gaps are informative."""
        return None if self.informative or not self.gaps().any() else self.rows_by_blocks(_missing, np.bool_)

    @remembered
    def originals(self) -> np.ndarray:
        """As of a `MixedTable`; a row of each column is compared where it is, and a hash of where its gaps are."""
        first = self.originals_of(_comparable)
        return np.where(self.gaps() < len(self), first, np.arange(len(first)))

    def originals_of(self, function: Callable[..., np.ndarray], *arguments: Any) -> np.ndarray:
        """The same of rows of norm 1 that a function makes of each block, also of columns that nobody has."""
        first = _copies.originals(self.rows_by_blocks(function, self.dtype, *arguments))
        return _copies.told_apart(first, *self.by_blocks(_told_apart))

    def places(self) -> Any:
        """As of a `MixedTable`: labels are told apart by what samples hold in all columns of numbers."""
        tasks = self._tasks("sums", _mixed_places.hashes_of_numbers)
        return self.rows_by_blocks(_mixed_places.places, self.dtype, self._runner.total(tasks, added))

    def contents(self) -> np.ndarray:
        """Whole numbers that are the same for samples that hold, and lack, the same."""
        filled = [self._runner.call("contents", _filled, block) for block in self.blocks_in_place()]
        return self._of_blocks(filled).contents()


def _of_block(block: np.ndarray, kinds: np.ndarray, names: np.ndarray, given: tuple[Any, ...]) -> Any:
    """A function of the table that a block is."""
    function, informative, weights, arguments = given
    # of one layout, so that sums over rows add up the same however the table was cut
    return function(MixedTable(np.asfortranarray(block), kinds, informative, weights, names), *arguments)


def _pooled_numbers(table: MixedTable) -> np.ndarray:
    return pooled_numbers(table)[0]


def _pooled_kinds(table: MixedTable) -> np.ndarray:
    return pooled_numbers(table)[1]


def _filled(block: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(block), np.inf, block)  # no entry is infinite


def _comparable(table: MixedTable) -> np.ndarray:
    """Unit columns, of labels numbered as they appear, that are equal but for sign where two columns say the same."""
    numbers = table.numbers.copy()
    for column in np.flatnonzero(_several(table)):
        codes = canonical(np.where(table.missing[:, column], -1, numbers[:, column]))
        numbers[:, column] = np.where(codes < 0, np.nan, codes)
    return MixedTable(numbers, weights=table.weights).unit_columns()


def _several(table: MixedTable) -> np.ndarray:
    """Which columns hold more than two labels: two are two numbers."""
    return table.nominal & (table.extremes()[1] > 1)


def _told_apart(table: MixedTable) -> tuple[np.ndarray, np.ndarray]:
    """Whether a column holds several labels, and a hash of where its gaps are."""
    sample = np.arange(len(table), dtype=np.uint64)[:, np.newaxis]
    gaps = np.where(table.missing, mix(sample), np.uint64(0)).sum(axis=0, dtype=np.uint64)
    return _several(table).astype(np.intp), gaps.view(np.intp)


def _missing(table: MixedTable) -> np.ndarray:
    return np.ascontiguousarray(table.missing.T)
