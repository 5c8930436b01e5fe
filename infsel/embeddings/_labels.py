"""Columns of labels, and how far they are associated with each other and with numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from infsel._kernels import write_contingency
from infsel.embeddings._numbers import InformedNumbers, Numbers, PairwiseNumbers
from infsel.embeddings._pairs import FEWEST, Pairs, left_of, ratio, some_rows

_CELLS = 2**16  # of a table of counts that is quicker cleared than labels are sorted


@dataclass(frozen=True, eq=False)
class Labels:
    """Columns of labels, which have no order.

    Attributes
    ----------
    codes : ndarray of int32 of shape (n, T)
        The labels 1, 2, ... of each column, all of which occur, and 0 in gaps.
    order : ndarray of int of shape (n, T)
        What sorts the codes of each column.
    root : ndarray of shape (T,)
        The root of the weight of each sample.
    """

    codes: np.ndarray
    order: np.ndarray
    root: np.ndarray

    @classmethod
    def of(cls, codes: np.ndarray, root: np.ndarray) -> Labels:
        """Those with these codes."""
        codes = np.ascontiguousarray(codes, dtype=np.int32)
        return cls(codes, np.argsort(codes, axis=1, kind="stable").astype(np.int32), root)

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, index: np.ndarray) -> Labels:
        """Some of the columns."""
        return Labels(some_rows(self.codes, index), some_rows(self.order, index), self.root)

    @property
    def total(self) -> float:
        """What all samples weigh."""
        return float(self.root @ self.root)

    @property
    def sizes(self) -> np.ndarray:
        """How many labels each column has, shape (n,)."""
        return self.codes.max(axis=1, initial=0)

    @property
    def varying(self) -> np.ndarray:
        """Which columns vary, as a mask of shape (n,)."""
        return self.sizes > 1

    def pairs(self, other: Labels) -> Pairs:
        """Squares of Cramer's V with each column of another group, less what chance makes of them (Bergsma)."""
        found, most = np.empty((4, len(self), len(other))), int(max(self.sizes.max(), other.sizes.max())) + 1
        work = np.zeros(max(_CELLS, 3 * most))
        write_contingency(self.codes, other.codes, self.order, np.square(self.root), work, found)
        share, n, k, m = found
        freedom = np.maximum(n - 1, 1e-300)
        rows, columns = k - 1 - np.square(k - 1) / freedom, m - 1 - np.square(m - 1) / freedom
        squares = ratio(share - 1 - (k - 1) * (m - 1) / freedom, np.minimum(rows, columns))
        known = (n >= min(FEWEST, self.total)) & (rows > 0) & (columns > 0)
        flat = ~np.logical_and.outer(self.varying, other.varying)
        return Pairs(squares, np.ones(n.shape), n, np.zeros(n.shape), known | flat)

    def ratios(self, numbers: Numbers) -> Pairs:
        """Squared correlation ratios with each column of numbers, less what chance makes of them (epsilon squared)."""
        if isinstance(numbers, InformedNumbers):
            return self._with_dimensions(numbers)
        gappy, there, weighed = numbers.gappy()
        indicators, first = self._indicators()
        products = indicators @ np.ascontiguousarray(np.concatenate([numbers.rows, weighed]).T)
        sums = products[:, : len(numbers)]
        counts = np.repeat(indicators @ self.root[:, np.newaxis], len(numbers), axis=1)
        counts[:, gappy] = products[:, len(numbers) :]
        return self._ratios(numbers, sums, np.maximum(counts, 0), first)

    def _ratios(self, numbers: PairwiseNumbers, sums: np.ndarray, counts: np.ndarray, first: np.ndarray) -> Pairs:
        """The ratios, from the sums of numbers and what the samples weigh that have each label."""
        n, s, between, k = (
            np.add.reduceat(each, first, axis=0) for each in (counts, sums, ratio(sums * sums, counts), counts > 0)
        )
        n = np.maximum(n, 1e-300)
        q = np.repeat(numbers.varying[np.newaxis] * 1.0, len(self), axis=0)
        gaps = np.flatnonzero((self.codes == 0).any(axis=1))
        q[gaps] = (self.codes[gaps] > 0).astype(np.float64) @ np.square(numbers.rows).T
        left = left_of(q, s, n, len(self.root))
        explained = np.clip(ratio(between - s * s / n, left), 0, 1)
        known = (n >= min(FEWEST, self.total)) & (left > 0) & (k > 1) & (k < n)
        flat = ~np.logical_and.outer(self.varying, numbers.varying)
        squares = np.where(known, _corrected(explained, n, k), 0)
        return Pairs(squares, np.ones(n.shape), n, np.zeros(n.shape), known | flat)

    def _with_dimensions(self, numbers: InformedNumbers) -> Pairs:
        """The same of numbers whose gaps are a dimension of their own, each by its weight; no label has gaps then."""
        gappy, gaps = numbers.gappy()
        indicators, first = self._indicators()
        sums = indicators @ np.ascontiguousarray(np.concatenate([numbers.rows, gaps]).T)
        weights = np.concatenate([numbers.rows.any(axis=1), np.square(gaps).sum(axis=1)])
        counts = indicators @ self.root[:, np.newaxis]
        k, n = self.sizes[:, np.newaxis], self.total
        explained = ratio(np.add.reduceat(sums * sums / counts, first, axis=0), weights)
        squares = np.where(k < n, weights * _corrected(np.minimum(explained, 1), n, k), 0)
        squares[:, gappy] += squares[:, len(numbers) :]
        squares = ratio(squares[:, : len(numbers)], np.minimum(numbers.moments(1), k - 1))
        everywhere = np.ones(squares.shape)
        known = (everywhere * k < n) | ~np.logical_and.outer(self.varying, numbers.varying)
        return Pairs(squares, everywhere, n * everywhere, 0 * everywhere, known)

    def _indicators(self) -> tuple[sp.csr_array, np.ndarray]:
        """One row a label of each column, with the root of its weight for each sample that has it; and where each begins.

        A column that nobody has is a row without entries.
        """
        sizes = np.maximum(self.sizes, 1)
        first = np.cumsum(sizes) - sizes
        counts = np.zeros(int(sizes.sum()), dtype=np.intp)
        listed = []
        for codes, order, start in zip(self.codes, self.order, first, strict=True):
            own = np.bincount(codes)
            counts[start : start + len(own) - 1] = own[1:]
            listed.append(order[own[0] :])
        samples = np.concatenate(listed)
        ends = np.concatenate([[0], np.cumsum(counts)])
        return sp.csr_array((self.root[samples], samples, ends), shape=(len(counts), len(self.root))), first


def _corrected(explained: np.ndarray, n: np.ndarray | float, k: np.ndarray) -> np.ndarray:
    """Epsilon squared: what is left of eta squared without the part that k labels explain by chance, in the mean."""
    return np.asarray(1 - (1 - explained) * (n - 1) / np.maximum(n - k, 1e-300))
