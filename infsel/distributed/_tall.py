"""Tables of more samples than fit: what is a sum over samples is read a chunk of samples at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from math import ceil, isqrt
from typing import Any

import numpy as np

from infsel._runtime.memory import allocate, machine
from infsel._runtime.progress import stage
from infsel.distributed._scheduler import Task, added
from infsel.distributed._table import BLOCK_BYTES, DaskTable
from infsel.embeddings import Embedding
from infsel.tables import DenseTable, Group, Moments
from infsel.tables._table import by_column

_SHARE = 16  # what a thread has of memory is so many times the products that one task brings
_FEW = 4  # of such results that one task adds
_OF_CLIENT = 0.25  # of the memory of this machine, for the products of all pairs
_WHAT, _REMEDY = "the products of all pairs of columns", "select among fewer columns first"


def table_of(array: Any, weights: np.ndarray | None = None, names: np.ndarray | None = None) -> DaskTable:
    """The table that an array of Dask is, read by samples where these are more than columns and than fits.

    Parameters
    ----------
    array, weights, names
        As for `DaskTable`.
    """
    table = DaskTable(array, weights, names)
    (n_samples, n_features), size = table.shape, np.dtype(np.float64).itemsize
    tall = 0 < n_features <= n_samples and n_features**2 * size <= _OF_CLIENT * machine()
    return TallTable(table) if tall and not table.fits else table


class TallTable(DaskTable):
    """A table of more samples than columns, which the workers cannot hold.

    Extremes, means and deviations take one pass through its samples, and correlations another, in which each chunk of
    samples brings the products of all pairs of its columns, and nothing else stays of it. Ranks take every column as a
    whole, from which chunks are made again: twice through the disks of the workers.

    Parameters
    ----------
    table : DaskTable
        Of which no block was asked for.
    """

    has_whole_ranks = False  # of more samples than single precision could tell apart
    _samples: Any  # the array, which is read in chunks

    def __init__(self, table: DaskTable) -> None:
        self.__setstate__({**table.__getstate__(), "_samples": table._array})

    def take(self, index: np.ndarray) -> DaskTable:  # type: ignore[override]
        return table_of(self._samples[:, index])

    def rows(self, index: np.ndarray) -> DaskTable:
        """The table of some samples, in the order of their numbers."""
        numbers = np.arange(len(self))[index]
        return table_of(self._samples[numbers], None if self.weights is None else self.weights[numbers], self.names)

    def read(self, start: int, stop: int) -> np.ndarray:
        """Columns in this process."""
        whole = self._samples[:, start:stop].rechunk(-1)
        return np.asarray(self._runner.fetch(list(whole.to_delayed().ravel()))[0])

    @by_column
    def extremes(self) -> tuple[np.ndarray, np.ndarray]:
        """The lowest and the highest number of each column, NaN where it holds one."""
        low, high, *_ = self._sums()
        return low, high

    @by_column
    def standard_deviation(self) -> np.ndarray:
        """Standard deviation of each column with ddof 0, shape (n_features,), in the precision of the table."""
        return self._moments().standard_deviation()

    def correlating(self, correlation: str) -> Embedding:
        """Rows of norm 1 of which the products are known, and of bins the rows; `Table.correlating` says which."""
        if self._checked(correlation) == "mutual-information":
            return super().correlating(correlation)
        return self._products(correlation)

    @by_column
    def _products(self, correlation: str) -> Embedding:
        about = self._moments()
        if correlation == "pearson":
            group = about.total
            read = partial(_deviations, exponents=group.exponents, mean=group.mean, rest=group.rest)
            return about.with_scatter(self._scatter(self._samples, read, self.weights)).unit_columns()
        ranks = self._samples.rechunk({0: -1, 1: self._widths}).map_blocks(_unit_ranks, self.weights, dtype=self.dtype)
        return about.centered().with_scatter(self._scatter(ranks, _themselves, None)).unit_columns()

    def _moments(self) -> Moments:
        """Those that need no products."""
        return Moments.of(Group(len(self), self.total_weight, *self._sums()), self.dtype)

    @by_column
    def _sums(self) -> tuple[np.ndarray, ...]:
        """Extremes, units, means and squared deviations of all columns."""
        chunks = _chunks(self._samples, self.dtype)
        tasks = (self._runner.call("statistics", _group, *each) for each in _weighted(chunks, self.weights))
        with stage("statistics", chunks.numblocks[0]) as advance:
            group = self._runner.total(tasks, _joined, advance, at_once=True)
        squares = np.where(group.low == group.high, 0, group.scatter)  # whatever the round-off of means
        return group.low, group.high, group.exponents, group.mean, group.rest, squares

    def _scatter(self, array: Any, read: Callable[..., np.ndarray], weights: np.ndarray | None) -> np.ndarray:
        """Products of all columns with each other, of some of them at a time, so that a worker can hold the sums."""
        n_features = self.shape[1]
        scatter = allocate((n_features, n_features), np.dtype(np.float64), _WHAT, _REMEDY)
        chunks = _chunks(array, self.dtype)
        most = isqrt(int(self._runner.memory / self._runner.n_threads / _SHARE / scatter.itemsize))
        parts = np.array_split(np.arange(n_features), ceil(n_features / min(max(most, 1), n_features)))
        pairs = [(parts[i], parts[j]) for i in range(len(parts)) for j in range(i, len(parts))]
        with stage("products", len(pairs) * chunks.numblocks[0]) as advance:
            for i, j in pairs:
                given = self._runner.share((read, slice(i[0], i[-1] + 1), slice(j[0], j[-1] + 1)))
                tasks = (self._runner.call("products", _between, given, *each) for each in _weighted(chunks, weights))
                some = self._runner.total(tasks, added, advance, at_once=True, fan=_FEW)
                scatter[np.ix_(i, j)], scatter[np.ix_(j, i)] = some, some.T
        return scatter


def _chunks(array: Any, dtype: np.dtype) -> Any:
    """The array in chunks of some samples with all columns, none of which is cut where it need not be."""
    most = max(1, BLOCK_BYTES // (array.shape[1] * dtype.itemsize))
    sizes = [_pieces(size, most) for size in array.chunks[0]]
    return array.rechunk({0: tuple(np.concatenate(sizes).tolist()), 1: -1})


def _pieces(size: int, most: int) -> np.ndarray:
    return np.diff(np.linspace(0, size, max(1, ceil(size / most)) + 1).astype(int))


def _weighted(chunks: Any, weights: np.ndarray | None) -> Iterator[tuple[Task, np.ndarray | None]]:
    """Each chunk, and the weights of its samples."""
    ends = np.cumsum(chunks.chunks[0])[:-1]
    of_chunks = [None] * chunks.numblocks[0] if weights is None else np.split(weights, ends)
    return zip(chunks.to_delayed().ravel(), of_chunks, strict=True)


def _group(block: np.ndarray, weights: np.ndarray | None) -> Group:
    """What there is to say of some samples; NaN of columns that hold one, which whoever asks refuses."""
    counts = np.ones(len(block)) if weights is None else weights
    with np.errstate(invalid="ignore", over="ignore"):
        return Group.empty(block.shape[1], scatter=False).merged(block.astype(np.float64), counts)


def _joined(groups: Any) -> Group:
    first, *others = groups
    for group in others:
        with np.errstate(invalid="ignore", over="ignore"):
            first = first.joined(group)
    return first


def _between(given: tuple[Any, slice, slice], block: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
    """What some samples bring to the products of some columns with others."""
    read, i, j = given
    P = read(block, i, weights)
    return np.asarray(P.T @ (P if i == j else read(block, j, weights)))


def _deviations(
    block: np.ndarray,
    which: slice,
    weights: np.ndarray | None,
    exponents: np.ndarray,
    mean: np.ndarray,
    rest: np.ndarray,
) -> np.ndarray:
    """Columns less their mean, in units of two to a power each, times the roots of the weights."""
    D = np.ldexp(block[:, which].astype(np.float64), -exponents[which])
    D -= mean[which]
    D -= rest[which]
    if weights is not None:
        D *= np.sqrt(weights)[:, np.newaxis]
    return D


def _themselves(block: np.ndarray, which: slice, _: None) -> np.ndarray:
    return block[:, which].astype(np.float64, copy=False)


def _unit_ranks(block: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
    """The ranks of whole columns, centered and of norm 1."""
    return np.asarray(DenseTable(block, weights).unit_ranks()).T
