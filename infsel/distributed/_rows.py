"""Rows that stand for features, in blocks on a cluster."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from infsel._runtime.memory import allocate
from infsel.distributed._parted import PartedRows, applied
from infsel.distributed._scheduler import added
from infsel.embeddings import project

Index = slice | np.ndarray
_REMEDY = "compute it on one machine that can have it, or use an affinity that needs products alone"


class DistributedRows(PartedRows):
    """Rows that are written down, in blocks, each of which one worker has: vectors travel, rows do not.

    Parameters
    ----------
    runner, parts, bounds, n_samples, dtype
        As for `PartedRows`, whose parts are arrays.
    """

    def __getitem__(self, index: Any) -> Any:
        """Some rows, which stay where they are; of ``[rows[:, None], samples]``, both numbers, the entries come.

        Returns
        -------
        DistributedRows, or ndarray of shape (n_rows, n_samples)
        """
        if isinstance(index, tuple):
            return self[np.ravel(index[0])]._samples(index[1])
        return super().__getitem__(index)

    def _samples(self, samples: np.ndarray) -> np.ndarray:
        where = self.runner.share(samples)
        return self._joined([self.runner.call("samples", _columns, part, where) for part in self.parts])

    def toarray(self) -> np.ndarray:
        """The rows in this process."""
        result = allocate(self.shape, self.dtype, "rows of a cluster in one process", _REMEDY)
        parts = self.runner.fetch(self.parts)
        return np.concatenate(parts, out=result) if parts else result

    def here(self) -> np.ndarray:
        """The same in this process."""
        return self.toarray()

    def inner(self) -> np.ndarray:
        """Z^T Z: products of all samples with each other, in double precision."""
        tasks = (self.runner.call("inner", _inner, part) for part in self.parts)
        return np.asarray(self.runner.total(tasks, added))

    def map(self, function: Callable[..., np.ndarray], *arguments: Any, width: int | None = None) -> DistributedRows:
        """Rows, of this width or as long as before, that a function makes of those of each part, where they are."""
        given = self.runner.share(arguments)
        made = self.runner.hold(self.runner.call("rows", applied, function, part, given) for part in self.parts)
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
        return self._joined([self.runner.call("statistics", applied, function, part, given) for part in self.parts])

    def sums(self, function: Callable[..., np.ndarray], *arguments: Any) -> np.ndarray:
        """The sum of what a function makes of each part and of the numbers of its rows."""
        numbers = [np.arange(*pair) for pair in zip(self.bounds[:-1], self.bounds[1:], strict=True)]
        given = self.runner.share(arguments)
        parts = zip(self.parts, numbers, strict=True)
        tasks = [self.runner.call("sums", _summed, function, *each, given) for each in parts]
        return np.asarray(self.runner.total(tasks, added))

    def own_products(self, other: DistributedRows) -> np.ndarray:
        """z_i . w_i for each row and that of others in parts of the same bounds."""
        parts = zip(self.parts, other.parts, strict=True)
        return self._joined([self.runner.call("norms", _own_products, *pair) for pair in parts])


def _columns(P: np.ndarray, index: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(P[:, index])


def _inner(P: np.ndarray) -> np.ndarray:
    double = P.astype(np.float64, copy=False)
    return double.T @ double


def _own_products(P: np.ndarray, Q: np.ndarray) -> np.ndarray:
    return np.asarray(np.einsum("ij,ij->i", P, Q))


def _summed(function: Callable[..., Any], part: Any, numbers: np.ndarray, arguments: tuple[Any, ...]) -> Any:
    return function(part, numbers, *arguments)
