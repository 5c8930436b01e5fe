"""Rows in parts on a cluster, whatever is known of them: products of any two parts are."""

from __future__ import annotations

import operator
from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Any, Self

import numpy as np

from infsel.distributed._landmarks import bring, diagonal
from infsel.distributed._parts import pieces_of
from infsel.distributed._scheduler import Runner, Task, added
from infsel.distributed._tiles import DistributedTiles
from infsel.embeddings import gram, squared_norms
from infsel.operators._blocks import Blocks
from infsel.operators._tiles import Tiles


class PartedRows:
    """Rows in blocks, each of which one worker has, with the products that operators need.

    Parameters
    ----------
    runner : Runner
    parts : list of Task
        Consecutive rows: arrays, or what is known by its products.
    bounds : ndarray of int of shape (n_parts + 1,)
        The first row of each part, and the number of rows.
    n_samples : int
    dtype : dtype
    """

    __array_ufunc__ = None  # a NumPy number times these rows is for __rmul__ to answer

    def __init__(self, runner: Runner, parts: list[Task], bounds: np.ndarray, n_samples: int, dtype: Any) -> None:
        self.runner, self.parts, self.bounds = runner, parts, bounds
        self.shape, self.dtype = (int(bounds[-1]), int(n_samples)), np.dtype(dtype)

    def _with(self, parts: list[Task], bounds: np.ndarray | None = None) -> Self:
        """The same of other parts."""
        other = copy(self)
        other.parts, other.bounds = parts, self.bounds if bounds is None else bounds
        other.shape = int(other.bounds[-1]), self.shape[1]
        return other

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, index: Any) -> Any:
        """Some rows, which stay where they are."""
        numbers = np.arange(len(self))[index]
        if len(numbers) == len(self) and (numbers == np.arange(len(self))).all():
            return self
        pieces, bounds = pieces_of(numbers, self.bounds)
        return self._with([self.parts[k] if own is None else self._some(k, own) for k, own in pieces], bounds)

    def _some(self, part: int, local: np.ndarray) -> Task:
        return self.runner.call("rows", operator.getitem, self.parts[part], local)

    def __mul__(self, factor: float) -> Self:
        factor = self.dtype.type(factor)
        return self._with([self.runner.call("scaled", operator.mul, part, factor) for part in self.parts])

    __rmul__ = __mul__

    def gram(self, other: Any) -> np.ndarray:
        """Products of all rows with all rows of `other`."""
        return np.concatenate([np.concatenate(products, axis=1) for products in self.pairs(_products, other)])

    def pairs(self, function: Callable[..., Any], other: PartedRows, *arguments: Any) -> list[list[Any]]:
        """What a function makes of each part and each part of others, in this process: a list for each of the first.

        It gets the parts, the number of the first row of either, and the arguments.
        """
        others, given = self.runner.hold(other.parts), self.runner.share(arguments)  # some are yet to be taken
        ours = zip(self.parts, self.bounds[:-1].tolist(), strict=True)
        theirs = list(zip(others, other.bounds[:-1].tolist(), strict=True))
        call = partial(self.runner.call, "products", applied_to, function, given)
        found = self.runner.fetch(call(P, Q, first, second) for P, first in ours for Q, second in theirs)
        return [found[k : k + len(others)] for k in range(0, len(found), len(others))]

    def beside(self, function: Callable[..., np.ndarray], a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """What a function makes of rows a[i] and rows b[i], an entry each, on the worker of one of them."""
        parts = np.stack([np.searchsorted(self.bounds, each, side="right") - 1 for each in (a, b)])
        order = np.lexsort(parts)
        starts = np.flatnonzero(np.diff(parts[:, order], prepend=-1).any(axis=0))
        call = partial(self.runner.call, "pairs", _of_rows, function)
        tasks = []
        for group in np.split(order, starts[1:]):
            i, j = parts[:, group[0]]
            tasks.append(call(self.parts[i], a[group] - self.bounds[i], self.parts[j], b[group] - self.bounds[j]))
        found = self._joined(tasks)
        found[order] = found.copy()
        return found

    def each(self, function: Callable[..., Any], *arguments: Any, beside: PartedRows | None = None) -> Objects:
        """What the function makes of each part, and of that of other rows beside it; it stays where it is."""
        given = self.runner.share(arguments)
        parts = zip(self.parts, *([] if beside is None else [beside.parts]), strict=True)
        made = (self.runner.call("objects", applied_to, function, given, *each) for each in parts)
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
        return self._joined([self.runner.call("norms", squared_norms, part) for part in self.parts])

    def _joined(self, tasks: list[Task]) -> np.ndarray:
        return np.concatenate(self.runner.fetch(tasks))


def _of_rows(function: Callable[..., np.ndarray], P: Any, a: np.ndarray, Q: Any, b: np.ndarray) -> np.ndarray:
    return function(P[a], Q[b])


def _products(P: Any, Q: Any, *_: int) -> np.ndarray:
    return gram(P, Q)


class Objects:
    """What was made of each part of rows in parts, where it was made.

    Parameters
    ----------
    runner, parts, bounds
        As for `PartedRows`, of any objects.
    """

    def __init__(self, runner: Runner, parts: list[Task], bounds: np.ndarray) -> None:
        self._runner, self._parts, self._bounds = runner, parts, bounds

    def joined(self, function: Callable[..., np.ndarray], *arguments: Any) -> np.ndarray:
        """What a function makes of each of them, one after the other."""
        given = self._runner.share(arguments)
        return np.concatenate(
            self._runner.fetch(self._runner.call("round", applied, function, part, given) for part in self._parts)
        )

    def total(self, function: Callable[..., np.ndarray], *arguments: Any) -> np.ndarray:
        """The sum of what a function makes of each of them."""
        given = self._runner.share(arguments)
        tasks = [self._runner.call("sums", applied, function, part, given) for part in self._parts]
        return np.asarray(self._runner.total(tasks, added))

    def of(self, row: int, function: Callable[..., Any]) -> Any:
        """What a function makes of the one that has a row, and of its number there."""
        part = int(np.searchsorted(self._bounds, row, side="right")) - 1
        task = self._runner.call("one", function, self._parts[part], row - int(self._bounds[part]))
        return self._runner.fetch([task])[0]


def applied(function: Callable[..., Any], part: Any, arguments: tuple[Any, ...]) -> Any:
    """What a function makes of a part, as a task calls it."""
    return function(part, *arguments)


def applied_to(function: Callable[..., Any], arguments: tuple[Any, ...], *parts: Any) -> Any:
    """The same of parts that lie beside each other."""
    return function(*parts, *arguments)
