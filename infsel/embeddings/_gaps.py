"""Where columns have gaps, and what others hold there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from infsel._kernels import add_listed, count_labels
from infsel.embeddings._pairs import EPS

WIDTH = 32  # columns that stay in cache with all their samples
_WHOLE = 2**24  # up to which single precision holds every whole number


@dataclass(frozen=True, eq=False)
class Gaps:
    """The gaps of some columns, as lists of the samples that have them, or that have none where these are fewer.

    Attributes
    ----------
    there : ndarray of bool of shape (n, T)
        Which samples have which column.
    lists : CSR array of shape (n, T)
        With an entry for each sample that is listed.
    listed : ndarray of bool of shape (n,)
        Whether a column is listed by the samples that have it.
    weights : ndarray of shape (T,)
        What each sample weighs.
    """

    there: np.ndarray
    lists: sp.csr_array
    listed: np.ndarray
    weights: np.ndarray

    @classmethod
    def of(cls, there: np.ndarray, weights: np.ndarray) -> Gaps:
        """Those of these masks."""
        listed = np.count_nonzero(there, axis=1) * 2 < there.shape[1]
        return cls(there, sp.csr_array((there == listed[:, np.newaxis]).astype(np.int8)), listed, weights)

    def __len__(self) -> int:
        return len(self.there)

    def take(self, index: np.ndarray) -> Gaps:
        """Those of some of the columns."""
        where = consecutive(index)
        return Gaps(self.there[where], self.lists[where], self.listed[where], self.weights)

    @cached_property
    def present(self) -> np.ndarray:
        """What the samples weigh that have each column, shape (n,)."""
        if (self.weights == 1).all():
            return np.count_nonzero(self.there, axis=1).astype(np.float64)
        return np.asarray(self.there @ self.weights)

    @cached_property
    def gappy(self) -> tuple[np.ndarray, Gaps]:
        """Which columns have gaps, and these alone."""
        columns = np.flatnonzero(self.listed | (np.diff(self.lists.indptr) > 0))
        return columns, (self if len(columns) == len(self) else self.take(columns))

    def common(self, other: Gaps) -> np.ndarray:
        """What the samples weigh that have a column and one of another group, shape (n, m)."""
        even = bool((self.weights == 1).all())
        whole = even or bool((self.weights == np.rint(self.weights)).all())
        precision = np.float32 if whole and self.weights.sum() < _WHOLE else np.float64
        P: np.ndarray = self.there.astype(precision)
        Q: np.ndarray = P if self is other else other.there.astype(precision)
        common: np.ndarray = (P if even else P * self.weights.astype(precision)) @ Q.T
        return common.astype(np.float64, copy=False)

    def sums(self, rows: np.ndarray, norms: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Sums of numbers and of their squares where each of these columns is there.

        Parameters
        ----------
        rows : ndarray of shape (m, T)
            Numbers of mean 0 times the roots of the weights.
        norms : ndarray of shape (m,)
            The sums of their squares over all samples.

        Returns
        -------
        sums, squares : ndarray of shape (m, n)
        """
        sums, squares = np.zeros((2, len(rows), len(self)))
        samples, ends, root = self.lists.indices, self.lists.indptr, np.sqrt(self.weights)
        for start in range(0, len(rows), WIDTH):
            X = np.ascontiguousarray(rows[start : start + WIDTH].T)
            s, q = np.zeros((2, len(self), X.shape[1]))
            add_listed(X, root, samples, ends, s, q)
            sums[start : start + WIDTH], squares[start : start + WIDTH] = s.T, q.T
        sums[:, ~self.listed] *= -1
        squares[:, ~self.listed] = 1.0 * norms[:, np.newaxis] - squares[:, ~self.listed]
        return sums, squares

    def counts(self, codes: np.ndarray, first: np.ndarray, whole: np.ndarray) -> np.ndarray:
        """What the samples weigh that have each of these columns and each label of others, shape (n, n_labels).

        Parameters
        ----------
        codes : ndarray of int of shape (m, T)
        first : ndarray of int of shape (m,)
            The place of label 0 of each.
        whole : ndarray of shape (n_labels,)
            What the samples weigh that have the label.
        """
        counts = np.zeros((len(self), len(whole)))
        count_labels(self.weights, self.lists.indices, self.lists.indptr, codes, first, counts)
        left = whole - counts
        left[left <= len(self.weights) * EPS * whole] = 0  # round-off is no sample
        return np.where(self.listed[:, np.newaxis], counts, left)


def consecutive(index: np.ndarray) -> slice | np.ndarray:
    """A slice where numbers follow each other, so that arrays are not copied."""
    if len(index) and (np.diff(index) == 1).all():
        return slice(int(index[0]), int(index[-1]) + 1)
    return index
