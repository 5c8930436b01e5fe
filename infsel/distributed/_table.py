"""A table of Dask: blocks of columns on a cluster, each of which is a table in memory where it is."""

from __future__ import annotations

import operator
from collections.abc import Callable
from operator import methodcaller
from typing import Any, Self

import numpy as np

from infsel._runtime.progress import stage
from infsel.distributed._associations import DistributedAssociations
from infsel.distributed._parted import Objects
from infsel.distributed._parts import pieces_of
from infsel.distributed._rows import DistributedRows
from infsel.distributed._runner import runner
from infsel.distributed._scheduler import Task
from infsel.embeddings import AssociatedRows, sums_of_columns
from infsel.tables import DenseTable, Table, _contents
from infsel.tables._table import by_column

BLOCK_BYTES = 2**26  # of a block of columns at most, unless one column is larger
_BLOCKS = 4  # of columns a thread, at least, where that makes no block wider than BLOCK_BYTES
_HELD = 0.2  # of the memory of the workers, up to which the table stays there during a fit


class DaskTable(Table):
    """A table in blocks of some columns and all samples, whose statistics are tasks where the blocks are.

    What is one number a column comes to the client; what is one row a column stays (`DistributedRows`). Each block is
    computed by the same code as a table in memory, so that the result has the same bits.

    Parameters
    ----------
    array : dask.array.Array of shape (n_samples, n_features)
        Of known shape; of columns in blocks that suit a worker it takes fewest steps.
    weights, names : ndarray, optional
        As for `Table`.
    """

    is_distributed = True

    def __init__(self, array: Any, weights: np.ndarray | None = None, names: np.ndarray | None = None) -> None:
        kind = np.dtype(array.dtype)
        precision = kind if kind in (np.float32, np.float64) else np.dtype(np.float64)
        super().__init__(array.shape, precision, weights, names)
        self._runner, self._array = runner(), _without_empty_chunks(array.astype(precision))
        self._bounds = np.append(np.arange(0, self.shape[1], self._width(array)), self.shape[1])
        self._blocks: list[Task] = []  # made where they are asked for: rows must become columns
        self._held, self._lazy = False, True

    def _width(self, array: Any) -> int:
        """How many columns a block has: as the array has them, or more where these would be many small blocks."""
        usual = max(array.chunks[1], default=1)
        wide = -(-self.shape[1] // (_BLOCKS * self._runner.n_threads))
        most = BLOCK_BYTES // (max(1, len(self)) * self.dtype.itemsize)
        return max(1, min(max(usual, wide), most))

    @property
    def fits(self) -> bool:
        """Whether the workers can hold the table beside what else they need for a fit."""
        return self.shape[0] * self.shape[1] * self.dtype.itemsize <= _HELD * self._runner.memory

    @property
    def _widths(self) -> tuple[int, ...]:
        """How many columns each block has."""
        return tuple(np.diff(self._bounds).tolist())

    def _with(self, blocks: list[Task], bounds: np.ndarray, n_samples: int) -> DaskTable:
        """Another table on the same cluster."""
        other = DaskTable.__new__(DaskTable)
        Table.__init__(other, (n_samples, int(bounds[-1])), self.dtype)
        other._runner, other._array, other._blocks, other._bounds = self._runner, None, blocks, bounds
        other._held, other._lazy = True, self._lazy
        return other

    def blocks_in_place(self) -> list[Task]:
        """The blocks, which stay in the memory of the workers from now on if they fit there."""
        if not self._blocks and self.shape[1]:
            self._blocks = list(self._array.rechunk({0: -1, 1: self._widths}).to_delayed().ravel())
            self._array = None  # what it was made from need not stay where blocks do
        if not self._held and self.fits:
            self._blocks, self._lazy = self._runner.hold(self._blocks, at_once=self._lazy), False
        self._held = True
        return self._blocks

    def read(self, start: int, stop: int) -> np.ndarray:
        """Columns in this process."""
        blocks, _ = self._some(np.arange(start, stop))
        return np.concatenate([np.empty((len(self), 0), self.dtype), *self._runner.fetch(blocks)], axis=1)

    def take(self, index: np.ndarray) -> Self:
        return self._with(*self._some(index), len(self))  # type: ignore[return-value]

    def _some(self, index: np.ndarray) -> tuple[list[Task], np.ndarray]:
        """Blocks of some columns, and their bounds."""
        blocks = self.blocks_in_place()
        pieces, bounds = pieces_of(np.asarray(index), self._bounds)
        some = [blocks[k] if own is None else self._runner.call("take", _columns, blocks[k], own) for k, own in pieces]
        return some, bounds

    def rows(self, index: np.ndarray) -> DaskTable:
        """The table of some samples, in the order of their numbers."""
        numbers = np.arange(len(self))[index]
        where = self._runner.share(numbers)
        blocks = [self._runner.call("samples", operator.getitem, block, where) for block in self.blocks_in_place()]
        part = self._with(blocks, self._bounds, len(numbers))
        part._held = False
        part.weights, part.names = None if self.weights is None else self.weights[numbers], self.names
        return part

    def by_blocks(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What the function makes of each block, as one array, or one of each of several."""
        tasks = self._tasks("statistics", function, *arguments)
        with stage("statistics", len(tasks)) as advance:
            found = self._runner.fetch(tasks, advance, at_once=self._lazy)
        if isinstance(found[0], tuple):
            return tuple(np.concatenate(each) for each in zip(*found, strict=True))
        return np.concatenate(found)

    def rows_by_blocks(self, function: Callable[..., np.ndarray], dtype: Any, *arguments: Any) -> DistributedRows:
        """The same of a function that makes a row of each column; they stay where they are."""
        tasks = self._tasks("columns", function, *arguments)
        with stage("columns", len(tasks)) as advance:
            parts = self._runner.hold(tasks, advance, at_once=self._lazy)
        return DistributedRows(self._runner, parts, self._bounds, len(self), dtype)

    def numbers_by_blocks(self, function: Callable[..., np.ndarray], sizes: np.ndarray) -> DaskTable:
        """A table of the columns that the function makes of each block, so many of each column."""
        blocks = self._runner.hold(self._tasks("columns", function), at_once=self._lazy)
        return self._with(blocks, np.append(0, np.cumsum(sizes))[self._bounds], len(self))

    def each_block(self, function: Callable[..., Any], *arguments: Any) -> Objects:
        """What the function makes of each block, where it stays."""
        tasks = self._tasks("objects", function, *arguments)
        return Objects(self._runner, self._runner.hold(tasks, at_once=self._lazy), self._bounds)

    @by_column
    def _informed(self) -> DistributedAssociations:  # type: ignore[override]
        return self._associated(methodcaller("correlating", "mutual-information"))

    def _associated(self, function: Callable[..., AssociatedRows]) -> DistributedAssociations:
        """Rows that a function makes of each block, of which nothing is known but how far they are associated."""
        numbers = np.split(np.arange(self.shape[1]), self._bounds[1:-1])
        blocks = zip(self._tasks("columns", function), numbers, strict=True)
        tasks = [self._runner.call("columns", _numbered, *each) for each in blocks]
        with stage("columns", len(tasks)) as advance:
            parts = self._runner.hold(tasks, advance, at_once=self._lazy)
        return DistributedAssociations(self._runner, parts, self._bounds, len(self), self.dtype)

    def _tasks(self, name: str, function: Callable[..., Any], *arguments: Any) -> list[Task]:
        given = self._runner.share((function, self.weights, arguments))
        return [self._runner.call(name, _of_block, block, given) for block in self.blocks_in_place()]

    @by_column
    def extremes(self) -> tuple[np.ndarray, np.ndarray]:
        """The lowest and the highest number of each column, NaN where it holds one."""
        return self.by_blocks(methodcaller("extremes"))

    @by_column
    def standard_deviation(self) -> np.ndarray:
        """Standard deviation of each column with ddof 0, shape (n_features,), in the precision of the table."""
        return self.by_blocks(methodcaller("standard_deviation"))

    @by_column
    def majority(self) -> np.ndarray:
        """The share of the samples that hold what more than half of them hold, shape (n_features,); 0 without one."""
        return self.by_blocks(methodcaller("majority"))

    def standardized(self) -> Any:
        """Columns as rows of mean 0 and standard deviation 1 with ddof 0, none of which may be constant."""
        return self.rows_by_blocks(methodcaller("standardized"), self.dtype)

    @by_column
    def unit_columns(self) -> Any:
        """Centered columns of Euclidean norm 1 as rows, shape (n_features, n_samples)."""
        return self.rows_by_blocks(methodcaller("unit_columns"), self.dtype)

    @by_column
    def unit_ranks(self) -> Any:
        """The unit columns of `ranks`, whose Gram matrix holds Spearman's correlations."""
        return self.rows_by_blocks(methodcaller("unit_ranks"), self.dtype)

    @by_column
    def whole_ranks(self) -> Any:
        """Twice the centered ranks as rows of whole numbers in single precision, and the norms of the rows."""
        rows = self.rows_by_blocks(_whole_ranks, np.float32)
        rows.shape = len(rows), int(self.total_weight)
        return rows, np.sqrt(rows.joined(_squared_norms))

    def positions(self) -> Any:
        """Share of a column below each value, plus half the share that equals it: in (0, 1), one row a column."""
        return self.rows_by_blocks(methodcaller("positions"), self.dtype)

    def contents(self) -> np.ndarray:
        """Whole numbers that are the same for samples that hold the same, and whose order only content decides."""
        bits = [self._runner.call("contents", _bits, block) for block in self.blocks_in_place()]
        rows = DistributedRows(self._runner, bits, self._bounds, len(self), np.uint64)
        hashes = np.asarray(sums_of_columns(_contents.hashed, rows)[0])  # type: ignore[arg-type]
        one, other = _contents.with_equal(hashes)
        same = [self._runner.call("contents", _are_same, block, one, other) for block in self._blocks]
        return hashes if all(self._runner.fetch(same)) else super().contents()

    @by_column
    def binned(self, bins: int) -> Any:
        """The bin 0, ..., bins - 1 that each value of a column lies in, shape (n_features, n_samples)."""
        return self.rows_by_blocks(methodcaller("binned", bins), np.uint8)


def _without_empty_chunks(array: Any) -> Any:
    """The same array; a chunk may be empty where some samples were picked."""
    chunks = tuple(tuple(size for size in sizes if size) or (0,) for sizes in array.chunks)
    return array if chunks == array.chunks else array.rechunk(chunks)


def _of_block(block: np.ndarray, given: tuple[Callable[..., Any], np.ndarray | None, tuple[Any, ...]]) -> Any:
    """A function of the table that a block is."""
    function, weights, arguments = given
    return function(DenseTable(block, weights), *arguments)


def _numbered(rows: AssociatedRows, numbers: np.ndarray) -> AssociatedRows:
    return rows.numbered(numbers)


def _whole_ranks(table: Table) -> np.ndarray:
    return table.whole_ranks()[0]


def _squared_norms(rows: np.ndarray) -> np.ndarray:
    """In double precision, which holds those of whole ranks."""
    return np.asarray(np.square(rows, dtype=np.float64).sum(axis=1))


def _bits(block: np.ndarray) -> np.ndarray:
    return _contents.bits_of(np.ascontiguousarray(block.T))


def _are_same(block: np.ndarray, one: np.ndarray, other: np.ndarray) -> bool:
    return bool((block[one] == block[other]).all())


def _columns(block: np.ndarray, index: np.ndarray) -> np.ndarray:
    return block[:, index]
