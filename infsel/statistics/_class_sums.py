"""Sums of squares between and within classes, as exact as the columns themselves."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp

from infsel._kernels import add_class_sums, add_present_sums
from infsel._runtime.threads import in_threads
from infsel.tables import as_table

_ROWS, _COLUMNS = 256, 128  # of a piece, which fits the cache beside the sums of a few classes
_SHARE = 2**18  # numbers that are worth a thread


class ClassSums(NamedTuple):
    """What a column deviates from an origin in each class, all of shape (n_classes, n_features).

    The origin is a value that the column takes in the class. So a column that is constant there deviates by exactly 0,
    and the sum of squares about the mean is all but a share of 1 / n_samples of a sum of squares at least: little
    cancels, however far from zero a column lies.
    """

    origins: np.ndarray
    sums: np.ndarray
    squares: np.ndarray

    def between_and_within(self, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The sums of squares of the means of the classes, and of the samples about these, shape (n_features,).

        `counts` is what the samples of each class weigh, shape (n_classes,), or that of those which have each column.
        """
        each = counts[:, np.newaxis] if counts.ndim == 1 else counts
        shifts = self.sums / np.where(each > 0, each, 1)
        means = self.origins - self.origins[0] + shifts
        total = np.where(each.any(axis=0), each.sum(axis=0), 1)
        between = _weigh(counts, np.square(means - _weigh(counts, means) / total))
        return between, np.maximum(self.squares - self.sums * shifts, 0).sum(axis=0)

    def moments(self, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Means and variances with ddof 1 of classes that weigh so much for each column, (n_classes, n_features)."""
        shifts = self.sums / np.where(counts > 0, counts, 1)
        squares = np.maximum(self.squares - self.sums * shifts, 0)
        return self.origins + shifts, np.where(counts > 1, squares / np.where(counts > 1, counts - 1, 1), 0)


def class_sums(X: Any, codes: np.ndarray, weights: np.ndarray, exponents: np.ndarray) -> ClassSums:
    """The sums of the columns of an array or table over 2^exponents, by classes counted from 0 that all occur."""
    table = as_table(X)
    return (_of_dense if table.is_dense else _of_sparse)(table.array, codes, weights, exponents)


def class_sums_of_present(
    X: np.ndarray, codes: np.ndarray, weights: np.ndarray, exponents: np.ndarray
) -> tuple[ClassSums, np.ndarray]:
    """The same of columns with NaN where they have no sample, and what the others weigh, (n_classes, n_features)."""
    units = np.ldexp(1.0, -exponents)
    counts, origins, sums, squares = np.zeros((4, int(codes.max()) + 1, X.shape[1]))

    def share(starts: Iterable[int]) -> None:
        for start in starts:
            where = slice(start, start + _COLUMNS)
            parts = [np.ascontiguousarray(each[:, where]) for each in (counts, origins, sums, squares)]
            add_present_sums(X[:, where], units[where], codes, weights, *parts)
            counts[:, where], origins[:, where], sums[:, where], squares[:, where] = parts

    in_threads(share, range(0, X.shape[1], _COLUMNS), max(1, _SHARE // (_COLUMNS * len(X))))
    return ClassSums(origins, sums, squares), counts


def _weigh(counts: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The sum over the classes of what is counted, shape (n_features,)."""
    return np.asarray(counts @ values if counts.ndim == 1 else (counts * values).sum(axis=0))


def _of_dense(X: np.ndarray, codes: np.ndarray, weights: np.ndarray, exponents: np.ndarray) -> ClassSums:
    units = np.ldexp(1.0, -exponents)
    first = np.unique(codes, return_index=True)[1]
    origins = X[first] * units
    sums, squares = np.zeros((2, *origins.shape))

    def share(starts: Iterable[int]) -> None:
        piece = np.empty((_ROWS, min(_COLUMNS, X.shape[1])))
        for start in starts:
            where = slice(start, start + _COLUMNS)
            own = np.ascontiguousarray(origins[:, where])
            part = np.empty((2, *own.shape))
            for top in range(0, len(X), _ROWS):
                rows = slice(top, top + _ROWS)
                block = piece[: len(codes[rows]), : own.shape[1]]
                np.multiply(X[rows, where], units[where], out=block)
                part[:] = 0
                add_class_sums(block, codes[rows], weights[rows], own, part[0], part[1])
                sums[:, where] += part[0]
                squares[:, where] += part[1]

    in_threads(share, range(0, X.shape[1], _COLUMNS), max(1, _SHARE // (_COLUMNS * len(X))))
    return ClassSums(origins, sums, squares)


def _of_sparse(X: sp.csc_array, codes: np.ndarray, weights: np.ndarray, exponents: np.ndarray) -> ClassSums:
    """The origin is 0 wherever a class has a zero that is not stored, which then adds nothing."""
    counts = np.bincount(codes)
    shape = len(counts), X.shape[1]
    column = np.repeat(np.arange(X.shape[1]), np.diff(X.indptr))
    cell = codes[X.indices] * X.shape[1] + column
    data = np.ldexp(X.data.astype(np.float64), -exponents[column])
    origins = np.zeros(shape)
    origins.flat[cell[::-1]] = data[::-1]  # the first entry of each cell is written last
    origins[np.bincount(cell, minlength=origins.size).reshape(shape) < counts[:, np.newaxis]] = 0
    d, w = data - origins.flat[cell], weights[X.indices]
    sums, squares = (np.bincount(cell, w * term, minlength=origins.size).reshape(shape) for term in (d, d * d))
    return ClassSums(origins, sums, squares)
