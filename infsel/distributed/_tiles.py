"""Tiles of Gram matrices as tasks between blocks of rows, each where one of both is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from infsel._runtime.progress import stage
from infsel.distributed._numbered import NumberedRows
from infsel.distributed._scheduler import Runner, Task
from infsel.operators._tiles import Tiles

Sums = dict[int, np.ndarray]  # by the first row of each block that has a part in a product
Pair = tuple[int, int]


class DistributedTiles:
    """`Tiles` that run where their rows are.

    A task has two blocks of rows, of a symmetric matrix each pair of blocks once. What it brings to a product goes
    into a sum that is a tree of the order of the pairs, so that it does not depend on who is done first. Some pairs
    keep their tiles, as many as fit in the memory that each worker may use for it.

    Parameters
    ----------
    tiles : Tiles
        All of them, between distributed rows.
    """

    def __init__(self, tiles: Tiles) -> None:
        Q: Any = tiles.blocks.Q
        K: Any = tiles.blocks.K
        self._Q, self._K = Q, Q if K is None else K
        self._runner: Runner = Q.runner
        self._symmetric, self._itemsize = tiles.symmetric, Q.dtype.itemsize
        self._about = self._runner.share(tiles.between(range(0), range(0), None, None))
        self._pairs = [
            (i, j) for i in range(len(self._Q.parts)) for j in range(i if K is None else 0, len(self._K.parts))
        ]
        self.kept: dict[Pair, Task] = {}
        self._n_kept = 0

    @property
    def keepable_bytes(self) -> int:
        """The size of all tiles."""
        return sum(map(self._bytes, self._pairs))

    def _bytes(self, pair: Pair) -> int:
        i, j = (np.diff(Z.bounds)[k] for Z, k in zip((self._Q, self._K), pair, strict=True))
        return int(i * j * self._itemsize)

    def keep(self, n_bytes: int) -> None:
        """Keep tiles between products as long as they fit in so many bytes of each worker: those of whole pairs."""
        sizes = np.cumsum(list(map(self._bytes, self._pairs)))
        self._n_kept = int(np.searchsorted(sizes, n_bytes * self._runner.n_workers, side="right"))

    def release(self) -> None:
        """Give back the memory of the tiles that are kept for the next product."""
        self.kept = {}

    def product(self, X: np.ndarray, transposed: bool) -> np.ndarray:
        """A X, or A^T X."""
        new = [pair for pair in self._pairs[: self._n_kept] if pair not in self.kept]
        with stage("product", len(new) + len(self._pairs)) as advance:
            made = self._runner.hold((self._task("tiles", _fill, pair) for pair in new), advance)
            self.kept.update(zip(new, made, strict=True))
            x = self._runner.share(X)
            tasks = (self._task("product", _product, pair, self.kept.get(pair), x, transposed) for pair in self._pairs)
            sums = self._runner.total(tasks, _merged, advance)
        return np.concatenate([sums[start] for start in sorted(sums)])

    def _task(self, name: str, function: Any, pair: Pair, kept: Task | None = None, *arguments: Any) -> Task:
        i, j = pair
        places = tuple(range(*Z.bounds[k : k + 2].tolist()) for Z, k in zip((self._Q, self._K), pair, strict=True))
        rows = (None, None) if kept is not None else (self._Q.parts[i], self._K.parts[j])
        return self._runner.call(name, function, self._about, places, kept, *rows, *arguments)


def _here(about: Tiles, places: tuple[range, range], P: np.ndarray | None, R: np.ndarray | None) -> Tiles:
    """The tiles between two blocks."""
    rows, columns = places
    if P is None or R is None:
        return about.between(rows, columns, None, None)
    if not about.symmetric:
        return about.between(rows, columns, NumberedRows([(np.array(rows), P)]), NumberedRows([(np.array(columns), R)]))
    sets = [(np.array(rows), P)] if rows == columns else [(np.array(rows), P), (np.array(columns), R)]
    return about.between(rows, columns, NumberedRows(sets), None)


def _fill(about: Tiles, places: tuple[range, range], _: None, P: np.ndarray, R: np.ndarray) -> Any:
    return _here(about, places, P, R).fill()


def _product(
    about: Tiles, places: tuple[range, range], kept: Any, P: Any, R: Any, x: np.ndarray, transposed: bool
) -> Sums:
    """What the tiles between two blocks bring to a product."""
    tiles = _here(about, places, P, R)
    tiles.kept = {} if kept is None else kept
    y = tiles.share(tiles.strips, x, transposed, _nobody)
    rows, columns = places
    both = tiles.symmetric
    written = {rows, columns} if both else {columns if transposed else rows}
    return {where.start: y[where.start : where.stop] for where in written}


def _merged(results: Sequence[Sums]) -> Sums:
    """The sums of what several bring, in their order."""
    total = dict(results[0])
    for sums in results[1:]:
        for start, values in sums.items():
            total[start] = total[start] + values if start in total else values
    return total


def _nobody(_: float) -> None:
    """Nobody watches a task."""
