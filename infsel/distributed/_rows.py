"""Rows that stand for features, in blocks on a cluster."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from infsel._runtime.memory import allocate
from infsel.distributed._landmarks import bring, diagonal
from infsel.distributed._parts import pieces_of
from infsel.distributed._scheduler import Runner, Task, added
from infsel.distributed._tiles import DistributedTiles
from infsel.embeddings import project
from infsel.operators._blocks import Blocks
from infsel.operators._tiles import Tiles

Index = slice | np.ndarray
_REMEDY = "compute it on one machine that can have it, or use an affinity that needs products alone"


class DistributedRows:
    """Rows in blocks, each of which one worker has, with the products that operators need: vectors travel, rows do not.

    Parameters
    ----------
    runner : Runner
    parts : list of Task
        Arrays of consecutive rows.
    bounds : ndarray of int of shape (n_parts + 1,)
        The first row of each part, and the number of rows.
    n_samples : int
    dtype : dtype
    """

    __array_ufunc__ = None  # a NumPy number times these rows is for __rmul__ to answer

    def __init__(self, runner: Runner, parts: list[Task], bounds: np.ndarray, n_samples: int, dtype: Any) -> None:
        self.runner, self.parts, self.bounds = runner, parts, bounds
        self.shape, self.dtype = (int(bounds[-1]), int(n_samples)), np.dtype(dtype)

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, index: Any) -> Any:
        """Some rows, which stay where they are; of ``[rows[:, None], samples]``, both numbers, the entries come.

        Returns
        -------
        DistributedRows, or ndarray of shape (n_rows, n_samples)
        """
        if isinstance(index, tuple):
            return self[np.ravel(index[0])]._samples(index[1])
        numbers = np.arange(len(self))[index]
        if len(numbers) == len(self) and (numbers == np.arange(len(self))).all():
            return self
        pieces, bounds = pieces_of(numbers, self.bounds)
        parts = [self.parts[k] if own is None else self._some(k, own) for k, own in pieces]
        return DistributedRows(self.runner, parts, bounds, self.shape[1], self.dtype)

    def _samples(self, samples: np.ndarray) -> np.ndarray:
        where = self.runner.share(samples)
        return self._joined([self.runner.call("samples", _columns, part, where) for part in self.parts])

    def _some(self, part: int, local: np.ndarray) -> Task:
        return self.runner.call("rows", operator.getitem, self.parts[part], local)

    def __mul__(self, factor: float) -> DistributedRows:
        factor = self.dtype.type(factor)
        parts = [self.runner.call("scaled", operator.mul, part, factor) for part in self.parts]
        return DistributedRows(self.runner, parts, self.bounds, self.shape[1], self.dtype)

    __rmul__ = __mul__

    def toarray(self) -> np.ndarray:
        """The rows in this process."""
        result = allocate(self.shape, self.dtype, "rows of a cluster in one process", _REMEDY)
        parts = self.runner.fetch(self.parts)
        return np.concatenate(parts, out=result) if parts else result

    def gram(self, other: Any) -> np.ndarray:
        """Products of all rows with all rows of `other`."""
        return np.concatenate([np.concatenate(products, axis=1) for products in self.pairs(_products, other)])

    def pairs(self, function: Callable[..., Any], other: DistributedRows, *arguments: Any) -> list[list[Any]]:
        """What a function makes of each part and each part of others, in this process: a list for each of the first.

        It gets the parts, the number of the first row of either, and the arguments.
        """
        others, given = self.runner.hold(other.parts), self.runner.share(arguments)  # some are yet to be taken
        ours, theirs = (
            zip(self.parts, self.bounds[:-1].tolist(), strict=True),
            list(zip(others, other.bounds[:-1].tolist(), strict=True)),
        )
        call = partial(self.runner.call, "products", _of_pair, function, given)
        tasks = (call(P, Q, first, second) for P, first in ours for Q, second in theirs)
        found, width = self.runner.fetch(tasks), len(others)
        return [found[k : k + width] for k in range(0, len(found), width)]

    def inner(self) -> np.ndarray:
        """Z^T Z: products of all samples with each other, in double precision."""
        tasks = (self.runner.call("inner", _inner, part) for part in self.parts)
        return np.asarray(self.runner.total(tasks, added))

    def map(self, function: Callable[..., np.ndarray], *arguments: Any, width: int | None = None) -> DistributedRows:
        """Rows, of this width or as long as before, that a function makes of those of each part, where they are."""
        given = self.runner.share(arguments)
        made = self.runner.hold(self.runner.call("rows", _applied, function, part, given) for part in self.parts)
        return DistributedRows(self.runner, made, self.bounds, width or self.shape[1], self.dtype)

    def lift(self, v: np.ndarray) -> np.ndarray:
        """Z v, for v of shape (T,) or (T, k)."""
        v = self.runner.share(v)
        return self._joined([self.runner.call("lift", operator.matmul, part, v) for part in self.parts])

    def project(self, x: np.ndarray) -> np.ndarray:
        """Z^T x, for x of shape (n,) or (n, k)."""
        pieces = np.split(x, self.bounds[1:-1])
        tasks = (self.runner.call("project", project, part, x) for part, x in zip(self.parts, pieces, strict=True))
        return np.asarray(self.runner.total(tasks, added))

    def joined(self, function: Callable[..., np.ndarray], *arguments: Any) -> np.ndarray:
        """One entry a row that a function makes of each part."""
        given = self.runner.share(arguments)
        return self._joined([self.runner.call("statistics", _applied, function, part, given) for part in self.parts])

    def sums(self, function: Callable[..., np.ndarray], *arguments: Any) -> np.ndarray:
        """The sum of what a function makes of each part and of the numbers of its rows."""
        numbers = [np.arange(*pair) for pair in zip(self.bounds[:-1], self.bounds[1:], strict=True)]
        given = self.runner.share(arguments)
        parts = zip(self.parts, numbers, strict=True)
        tasks = [self.runner.call("sums", _summed, function, *each, given) for each in parts]
        return np.asarray(self.runner.total(tasks, added))

    def each(self, function: Callable[..., Any], *arguments: Any) -> Objects:
        """What the function makes of each part, which stays where it is."""
        given = self.runner.share(arguments)
        made = (self.runner.call("objects", _applied, function, part, given) for part in self.parts)
        return Objects(self.runner, self.runner.hold(made), self.bounds)

    def spread(self, tiles: Tiles) -> DistributedTiles:
        """The same tiles, run where the rows are."""
        return DistributedTiles(tiles)

    def bring(self, from_others: Callable[..., np.ndarray], *arguments: Any) -> np.ndarray:
        """Products with landmarks, `from_others` being how one process has them."""
        return bring(from_others, *arguments)

    def diagonal(self, blocks: Blocks) -> np.ndarray:
        """What each feature gives to itself in these blocks."""
        return diagonal(blocks)

    def squared_norms(self) -> np.ndarray:
        """|z_i|^2 for each row."""
        return self._joined([self.runner.call("norms", _squared_norms, part) for part in self.parts])

    def own_products(self, other: DistributedRows) -> np.ndarray:
        """z_i . w_i for each row and that of others in parts of the same bounds."""
        parts = zip(self.parts, other.parts, strict=True)
        return self._joined([self.runner.call("norms", _own_products, *pair) for pair in parts])

    def _joined(self, tasks: list[Task]) -> np.ndarray:
        return np.concatenate(self.runner.fetch(tasks))


def _products(P: np.ndarray, Q: np.ndarray, *_: int) -> np.ndarray:
    return P @ Q.T


def _columns(P: np.ndarray, index: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(P[:, index])


def _inner(P: np.ndarray) -> np.ndarray:
    double = P.astype(np.float64, copy=False)
    return double.T @ double


def _own_products(P: np.ndarray, Q: np.ndarray) -> np.ndarray:
    return np.asarray(np.einsum("ij,ij->i", P, Q))


def _squared_norms(P: np.ndarray) -> np.ndarray:
    return np.asarray(np.einsum("ij,ij->i", P, P))


class Objects:
    """What was made of each part of distributed rows, where it was made.

    Parameters
    ----------
    runner, parts, bounds
        As for `DistributedRows`, of any objects.
    """

    def __init__(self, runner: Runner, parts: list[Task], bounds: np.ndarray) -> None:
        self._runner, self._parts, self._bounds = runner, parts, bounds

    def joined(self, function: Callable[..., np.ndarray], *arguments: Any) -> np.ndarray:
        """What a function makes of each of them, one after the other."""
        given = self._runner.share(arguments)
        return np.concatenate(
            self._runner.fetch(self._runner.call("round", _applied, function, part, given) for part in self._parts)
        )

    def of(self, row: int, function: Callable[..., Any]) -> Any:
        """What a function makes of the one that has a row, and of its number there."""
        part = int(np.searchsorted(self._bounds, row, side="right")) - 1
        task = self._runner.call("one", function, self._parts[part], row - int(self._bounds[part]))
        return self._runner.fetch([task])[0]


def _summed(function: Callable[..., Any], part: Any, numbers: np.ndarray, arguments: tuple[Any, ...]) -> Any:
    return function(part, numbers, *arguments)


def _of_pair(function: Callable[..., Any], arguments: tuple[Any, ...], *parts: Any) -> Any:
    return function(*parts, *arguments)


def _applied(function: Callable[..., Any], part: Any, arguments: tuple[Any, ...]) -> Any:
    return function(part, *arguments)
