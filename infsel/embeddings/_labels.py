"""Columns of labels, and how far they are associated with each other and with numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from infsel._kernels import (
    add_by_label,
    count_labels,
    explain,
    write_contingency,
    write_indicators,
    write_shared,
    write_together,
)
from infsel.embeddings._gaps import WIDTH, Gaps, consecutive
from infsel.embeddings._numbers import InformedNumbers, Numbers
from infsel.embeddings._pairs import FEWEST, Pairs, corrected_information, corrected_v, epsilon_squared, left_of, ratio

_ENTRIES = 2**22  # sums of numbers over the samples of labels that are in memory at a time
_FEW, _TOGETHER, _BYTES = 32, 128, 2**25  # labels, of columns that are counted at once, in so much memory
_CELLS = 2**16  # of a table of counts that is quicker cleared than the samples are gone through in order


@dataclass(frozen=True, eq=False)
class Labels:
    """Columns of labels, which have no order.

    Attributes
    ----------
    codes : ndarray of int32 of shape (n, T)
        The labels 1, 2, ... of each column, all of which occur, and 0 in gaps.
    sizes : ndarray of int of shape (n,)
        How many labels each column has.
    order : ndarray of int32 of shape (n, T)
        What sorts the codes of columns with many labels.
    gaps : Gaps
    """

    codes: np.ndarray
    sizes: np.ndarray
    order: np.ndarray
    gaps: Gaps

    @classmethod
    def of(cls, codes: np.ndarray, weights: np.ndarray) -> Self:
        """Those with these codes."""
        sizes = codes.max(axis=1, initial=0).astype(np.intp)
        order, many = np.zeros_like(codes), sizes**2 >= _CELLS // 4
        order[many] = np.argsort(codes[many], axis=1, kind="stable")
        return cls(codes, sizes, order, Gaps.of(codes > 0, weights))

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, index: np.ndarray) -> Self:
        """Some of the columns."""
        where = consecutive(index)
        return type(self)(self.codes[where], self.sizes[where], self.order[where], self.gaps.take(index))

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """The columns of several groups, one group after the other."""
        return cls.of(np.concatenate([part.codes for part in parts]), parts[0].gaps.weights)

    @property
    def total(self) -> float:
        """What all samples weigh."""
        return float(self.gaps.weights.sum())

    @property
    def varying(self) -> np.ndarray:
        """Which columns vary, as a mask of shape (n,)."""
        return self.sizes > 1

    def pairs(self, other: Labels) -> Pairs:
        """Squares of Cramer's V with each column of another group, less what chance makes of them (Bergsma)."""
        share, n, k, m, *_ = self._tables(other)
        n = np.maximum(n, 1e-300)
        squares = corrected_v(share - 1, n, k, m)
        known = (n >= min(FEWEST, self.total)) & (np.minimum(k, m) > 1) & (np.maximum(k, m) < n)
        flat = ~np.logical_and.outer(self.varying, other.varying)
        freedom = np.maximum((k - 1) * (m - 1), 1)
        return Pairs(squares, np.ones(n.shape), n, np.zeros(n.shape), known | flat, share - 1, freedom)

    def _tables(self, other: Labels, informed: bool = False) -> np.ndarray:
        """What the table of counts of each pair says, see `write_contingency`: shape (6, n, m)."""
        found, order = np.empty((6, len(self), len(other))), np.argsort(other.sizes, kind="stable")
        width = other._at_once
        for stop in range(width, len(order) + width, width):  # columns with about as many labels
            some = order[stop - width : stop]
            rows = order[:stop] if self is other else np.arange(len(self))
            P, Q = self.take(rows), other.take(some)
            together = Q._counted_in_bytes and not informed
            found[:, rows[:, np.newaxis], some] = P._together(Q) if together else P._by_label(Q, informed)
        if self is other:  # a pair is seen from both of its ends
            one, above = (order[place] for place in np.triu_indices(len(order), 1))
            found[:, above, one] = found[:, one, above][[0, 1, 3, 2, 5, 4]]
        return found

    def _by_label(self, other: Labels, informed: bool) -> np.ndarray:
        found = np.empty((6, len(self), len(other)))
        work = np.zeros(max(_CELLS, 3 * int(max(self.sizes.max(), other.sizes.max())) + 3))
        write_contingency(self.codes, other.codes, self.order, self.gaps.weights, informed, work, found)
        return found

    def _together(self, other: Labels) -> np.ndarray:
        """The same but for entropies, which stay 0."""
        found, X = np.zeros((6, len(self), len(other))), other.indicators()
        shape = (int(self.sizes.max()) + 1, *X.shape[1:])
        write_together(self.codes, self.sizes, X, np.empty(shape, np.uint8), np.empty(shape), found[:4])
        return found

    @property
    def _counted_in_bytes(self) -> bool:
        """Whether bytes can count what the samples weigh, and are quicker."""
        return bool(self.sizes.max(initial=0) <= _FEW and (self.gaps.weights == 1).all())

    @property
    def _at_once(self) -> int:
        """Of how many columns there are indicators at a time."""
        return max(1, min(_TOGETHER, _BYTES // max(1, self.codes.shape[1] * min(_FEW, int(self.sizes.max(initial=1))))))

    def indicators(self) -> np.ndarray:
        """Which label of each column a sample has, as bytes of shape (T, n_labels, n)."""
        X = np.zeros((self.codes.shape[1], int(self.sizes.max()), len(self)), np.uint8)
        write_indicators(self.codes, X)
        return X

    def ratios(self, numbers: Numbers) -> Pairs:
        """Squared correlation ratios with each column of numbers, less what chance makes of them (epsilon squared)."""
        n_entries = int((self.sizes + 1).sum()) * len(numbers)
        if n_entries > _ENTRIES and max(len(self), len(numbers)) > 1:
            return self._in_halves(numbers)
        counts, first = self._counts()
        sums, shared = self._sums(numbers.rows, first), np.repeat(counts[:, np.newaxis], len(numbers), axis=1)
        gappy, gaps = numbers.gaps.gappy
        if len(gappy) and self._counted_in_bytes:
            listed = gaps.samples, gaps.starts, gaps.stops, gaps.listed
            for start in range(0, len(self), width := self._at_once):
                some = self.take(np.arange(start, min(start + width, len(self))))
                write_shared(some.indicators(), some.sizes, *listed, gappy, first[start:] + 1, shared)
        elif len(gappy):
            shared[:, gappy] = gaps.counts(self.codes, first, counts).T
        if isinstance(numbers, InformedNumbers):
            return self._with_dimensions(numbers, sums, shared, first)
        return self._ratios(numbers, sums, shared, first)

    def _in_halves(self, numbers: Numbers) -> Pairs:
        """The same with less in memory at a time."""
        axis = 0 if len(self) > 1 else 1
        parts = np.array_split(np.arange(len((self, numbers)[axis])), 2)
        halves = [self.ratios(numbers.take(part)) if axis else self.take(part).ratios(numbers) for part in parts]
        return Pairs(*(np.concatenate(both, axis=axis) for both in zip(*halves, strict=True)))

    def _ratios(self, numbers: Numbers, sums: np.ndarray, counts: np.ndarray, first: np.ndarray) -> Pairs:
        """The ratios, from the sums of numbers and what the samples weigh that have them and each label."""
        n, s, between, k = found = np.empty((4, len(self), len(numbers)))
        explain(sums, counts, first, found)
        n = np.maximum(n, 1e-300)
        q = np.repeat(numbers.spread[np.newaxis] * 1.0, len(self), axis=0)
        columns, gaps = self.gaps.gappy
        q[columns] = gaps.sums(numbers.rows, numbers.spread)[1, 1:]
        left = left_of(q, s, n, numbers.rows.shape[1])
        explained = np.minimum(ratio(between - s * s / n, left), 1)
        known = (n >= min(FEWEST, self.total)) & (left > 0) & (k > 1) & (k < n)
        flat = ~np.logical_and.outer(self.varying, numbers.varying)
        squares = np.where(known, epsilon_squared(explained, n, k), 0)
        freedom = np.maximum(k - 1, 1)
        return Pairs(squares, np.ones(n.shape), n, np.zeros(n.shape), known | flat, explained, freedom)

    def _with_dimensions(
        self, numbers: InformedNumbers, sums: np.ndarray, counts: np.ndarray, first: np.ndarray
    ) -> Pairs:
        """The same of numbers whose gaps are a dimension of their own, each by its weight; no label has gaps then."""
        own, k, n = (
            np.repeat(self._counts()[0][:, np.newaxis], len(numbers), axis=1),
            self.sizes[:, np.newaxis],
            self.total,
        )
        apart, found = (
            2 * (counts - own * numbers.gaps.present / n) / np.sqrt(n),
            np.empty((4, len(self), len(numbers))),
        )
        squares, weights = np.zeros((len(self), len(numbers))), numbers.weights
        for dimension, norms in ((sums, 1.0 * numbers.spread), (apart, weights)):
            explain(dimension, own, first, found)
            squares += norms * epsilon_squared(np.minimum(ratio(found[2], norms), 1), n, k)
        squares = np.where(k < n, ratio(squares, np.minimum(numbers.moments(1), k - 1)), 0)
        everywhere = np.ones(squares.shape)
        known = (everywhere * k < n) | ~np.logical_and.outer(self.varying, numbers.varying)
        return Pairs(squares, everywhere, n * everywhere, 0 * everywhere, known, np.maximum(squares, 0), everywhere)

    def _counts(self) -> tuple[np.ndarray, np.ndarray]:
        """What the samples weigh that have each label, gaps of a column first, and where each column begins."""
        sizes = self.sizes + 1
        first = (np.cumsum(sizes) - sizes).astype(np.intp)
        counts, weights = np.zeros((1, int(sizes.sum()))), self.gaps.weights
        everyone = np.arange(len(weights)), np.array([0]), np.array([len(weights)])
        count_labels(weights, *everyone, self.codes, first, counts)
        return counts[0], first

    def _sums(self, rows: np.ndarray, first: np.ndarray) -> np.ndarray:
        """Sums of rows over the samples of each label, shape (n_labels, len(rows))."""
        sums = np.zeros((int((self.sizes + 1).sum()), len(rows)))
        root = np.sqrt(self.gaps.weights)
        for start in range(0, len(rows), WIDTH):
            some = np.ascontiguousarray(rows[start : start + WIDTH].T)
            add_by_label(some, root, self.codes, first, sums, start)
        return sums


class Bins(Labels):
    """Columns cut into bins, or of labels, compared by the information that one has about the other."""

    def pairs(self, other: Labels) -> Pairs:
        """Normalized mutual information, less what chance makes of it (Miller), as a square that has it for a root."""
        information, n, k, m, first, second = self._tables(other, informed=True)
        n = np.maximum(n, 1e-300)
        found = corrected_information(information, (first, second), n, k, m)
        enough = np.minimum(first - np.square(k - 1) / (2 * n), second - np.square(m - 1) / (2 * n)) > 0
        known = (n >= min(FEWEST, self.total)) & (np.minimum(k, m) > 1) & enough
        flat = ~np.logical_and.outer(self.varying, other.varying)
        freedom, zeros = np.maximum((k - 1) * (m - 1), 1), np.zeros(n.shape)
        return Pairs(found * np.abs(found), np.ones(n.shape), n, zeros, known | flat, 2 * information, freedom)
