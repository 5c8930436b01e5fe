"""Rows of columns of numbers and of labels, of which those of labels are not written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from infsel._kernels import add_by_label, add_label_norms, add_of_labels, write_indicators, write_label_products
from infsel.embeddings._gaps import WIDTH

_LINES, _MOST, _BYTES = 1280, 128, 2**26  # labels that are counted at once, of columns, in so much memory


@dataclass(frozen=True, eq=False)
class MixedRows:
    """Rows of numbers, and w_l (1[x_t = l] - p_l) r_t for the labels l of columns x, 0 in gaps.

    What products with indicators come to is sums over the samples of each label.

    Attributes
    ----------
    numbers : ndarray of shape (n_numbers, T)
    codes : ndarray of int32 of shape (n_columns, T)
        The labels 1, 2, ... of each column and 0 in gaps.
    sizes : ndarray of int of shape (n_columns,)
        How many labels each column has.
    shares, factors : ndarray of shape (n_labels,)
        p and w, column after column.
    root : ndarray of shape (T,)
        r.
    labeled : ndarray of bool of shape (n_numbers + n_labels,)
        Which rows are those of labels; the rows of a column stand together.
    """

    numbers: np.ndarray
    codes: np.ndarray
    sizes: np.ndarray
    shares: np.ndarray
    factors: np.ndarray
    root: np.ndarray
    labeled: np.ndarray

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows there are, and samples."""
        return len(self.labeled), len(self.root)

    @property
    def dtype(self) -> np.dtype:
        """That of the numbers."""
        return self.numbers.dtype

    def astype(self, dtype: type[np.floating]) -> MixedRows:
        """The rows in another precision."""
        return replace(self, numbers=self.numbers.astype(dtype, copy=False))

    def __len__(self) -> int:
        return len(self.labeled)

    def __getitem__(self, stays: np.ndarray) -> MixedRows:
        """The rows that a mask keeps, all of a column of labels or none."""
        labels = stays[self.labeled]
        columns = labels[self._first + self.sizes - 1] if len(self.sizes) else np.zeros(0, dtype=bool)
        return replace(
            self,
            numbers=self.numbers[stays[~self.labeled]],
            codes=self.codes[columns],
            sizes=self.sizes[columns],
            shares=self.shares[labels],
            factors=self.factors[labels],
            labeled=self.labeled[stays],
        )

    def by_sample(self, factors: np.ndarray) -> MixedRows:
        """The rows with what stands under each sample times its factor."""
        return replace(self, numbers=self.numbers * factors, root=self.root * factors)

    def toarray(self) -> np.ndarray:
        """The rows written down."""
        rows = np.zeros(self.shape, self.dtype)
        rows[~self.labeled] = self.numbers
        places, first = np.flatnonzero(self.labeled), self._first
        for codes, start, size in zip(self.codes, first, self.sizes, strict=True):
            own = slice(start, start + size)
            indicators = (codes == np.arange(1, size + 1)[:, np.newaxis]) - self.shares[own, np.newaxis] * (codes > 0)
            rows[places[own]] = self.factors[own, np.newaxis] * indicators * self.root
        return rows

    def outer(self, other: MixedRows) -> np.ndarray:
        """Products of all rows with all rows of another group of the same samples."""
        products = np.empty((len(self), len(other)), self.dtype)
        ours, theirs = (np.flatnonzero(rows.labeled) for rows in (self, other))
        numbers, others = (np.flatnonzero(~rows.labeled) for rows in (self, other))
        products[np.ix_(numbers, others)] = self.numbers @ other.numbers.T
        products[np.ix_(ours, others)] = self._lift(other.numbers.T)
        products[np.ix_(numbers, theirs)] = other._lift(self.numbers.T).T
        found = np.empty((len(self.shares), len(other.shares)))
        for _, lines, there, X, room in self._against(other):
            block = np.empty((len(found), *lines.shape))
            write_label_products(*self._labels, X, other.shares[lines], *room, block)
            found[:, lines[there]] = block[:, there]
        found *= self.factors[:, np.newaxis]
        found *= other.factors
        products[np.ix_(ours, theirs)] = found
        return products

    def block_norms(self, other: MixedRows) -> np.ndarray:
        """Sums of the squared products of all rows of one column with all of another: first numbers, then labels.

        Of labels they are summed up as they come, without being written down.
        """
        n, m = len(self.numbers), len(other.numbers)
        norms = np.zeros((n + len(self.sizes), m + len(other.sizes)))
        norms[:n, :m] = np.square(self.numbers @ other.numbers.T)
        norms[n:, :m] = self._of_columns(np.square(self._lift(other.numbers.T)))
        norms[:n, m:] = other._of_columns(np.square(other._lift(self.numbers.T))).T
        scales, theirs = np.square(self.factors), np.square(other.factors)
        for some, lines, there, X, room in self._against(other):
            block = np.zeros((len(self.sizes), len(some)))
            their_scales = np.where(there, theirs[lines], 0)
            add_label_norms(*self._labels, scales, X, other.shares[lines], their_scales, *room, block)
            norms[n:, m + some] = block
        return norms

    def inner(self) -> np.ndarray:
        """Z^T Z, from rows that are written down."""
        Z = self.toarray()
        return np.asarray(Z.T @ Z)

    def lift(self, v: np.ndarray) -> np.ndarray:
        """Z v, for v of shape (T,) or (T, k)."""
        several = v.reshape(len(v), -1)
        result = np.empty((len(self), several.shape[1]), np.result_type(self.dtype, v))
        result[~self.labeled], result[self.labeled] = self.numbers @ several, self._lift(several)
        return result.reshape(len(self), *v.shape[1:])

    def project(self, x: np.ndarray) -> np.ndarray:
        """Z^T x, for x of shape (n,) or (n, k)."""
        several = x.reshape(len(x), -1)
        sums = np.ascontiguousarray(self.numbers.T @ several[~self.labeled], dtype=np.float64)
        own = self.factors[:, np.newaxis] * several[self.labeled]
        values = np.zeros((len(own) + len(self.sizes), own.shape[1]))
        values[self._behind_gaps] = own - self._there(self.shares[:, np.newaxis] * own)
        add_of_labels(values, self.codes, self._first + np.arange(len(self.sizes)), self.root, sums)
        return sums.astype(np.result_type(self.dtype, x), copy=False).reshape(-1, *x.shape[1:])

    def squared_norms(self) -> np.ndarray:
        """|z_i|^2 for each row."""
        result, p = np.empty(len(self), self.dtype), self.shares
        result[~self.labeled] = np.einsum("ij,ij->i", self.numbers, self.numbers)
        counts = self._sums(np.square(self.root)[:, np.newaxis], np.ones(len(self.root)))[:, 0]
        result[self.labeled] = np.square(self.factors) * (counts * (1 - 2 * p) + self._there(counts) * np.square(p))
        return result

    @cached_property
    def _first(self) -> np.ndarray:
        """Where the labels of each column begin."""
        return (np.cumsum(self.sizes) - self.sizes).astype(np.intp)

    @cached_property
    def _behind_gaps(self) -> np.ndarray:
        """Where each label is if the gaps of each column stand before its labels."""
        return np.arange(len(self.shares)) + np.repeat(np.arange(1, len(self.sizes) + 1), self.sizes)

    def _of_columns(self, sums: np.ndarray) -> np.ndarray:
        """Sums over the labels of each column."""
        return np.asarray(np.add.reduceat(sums, self._first, axis=0)) if len(sums) else sums

    def _there(self, sums: np.ndarray) -> np.ndarray:
        """For each label the sum over all labels of its column."""
        return np.repeat(self._of_columns(sums), self.sizes, axis=0)

    def _lift(self, v: np.ndarray) -> np.ndarray:
        """Products of the rows of labels with v, of shape (T, k)."""
        sums = self._sums(v, self.root)
        return self.factors[:, np.newaxis] * (sums - self.shares[:, np.newaxis] * self._there(sums))

    def _sums(self, v: np.ndarray, root: np.ndarray) -> np.ndarray:
        """Sums of root times v over the samples of each label."""
        sums = np.zeros((len(self.shares) + len(self.sizes), v.shape[1]))
        first, root = self._first + np.arange(len(self.sizes)), root.astype(np.float64)
        for start in range(0, v.shape[1], WIDTH):
            some = np.ascontiguousarray(v[:, start : start + WIDTH], dtype=np.float64)
            add_by_label(some, root, self.codes, first, sums, start)
        return sums[self._behind_gaps]

    @property
    def _labels(self) -> tuple[np.ndarray, ...]:
        return self.codes, self.sizes, self._first, self.shares

    def _against(self, other: MixedRows) -> Iterator[tuple[Any, ...]]:
        """Columns of labels of another group some at a time, which labels they have, what samples count, and room."""
        order, weights = np.argsort(other.sizes, kind="stable"), self.root * other.root
        n_lines = min(_LINES, _BYTES // max(1, len(weights)))
        while len(order):  # columns with about as many labels, the most first
            some = order[-max(1, min(_MOST, n_lines // max(1, int(other.sizes[order[-1]])))) :]
            order = order[: len(order) - len(some)]
            lines = other._first[some] + np.arange(int(other.sizes[some].max()))[:, np.newaxis]
            there = lines < (other._first + other.sizes)[some]
            X = np.zeros((len(weights), *lines.shape), np.uint8)
            write_indicators(other.codes[some], X)
            if not (weights == 1).all():
                X = X * weights[:, np.newaxis, np.newaxis].astype(np.float64)
            shape = (1 + int(self.sizes.max(initial=0)), *lines.shape)
            yield some, np.where(there, lines, 0), there, X, (np.empty(shape, X.dtype), np.empty(shape))
