"""Where columns have gaps, and what others hold there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from infsel._kernels import count_labels, write_listed
from infsel.embeddings._pairs import EPS

WIDTH = 128  # columns whose sums are added up at once
_NARROWEST, _CACHED = 32, 2**16  # columns, and numbers that stay in cache
_WHOLE = 2**24  # up to which single precision holds every whole number


@dataclass(frozen=True, eq=False)
class Gaps:
    """The gaps of some columns, as lists of the samples that have them, or that have none where these are fewer.

    Attributes
    ----------
    there : ndarray of bool of shape (n, T)
        Which samples have which column.
    samples : ndarray of int
        Those that are listed, list after list, and maybe those of other columns.
    starts, stops : ndarray of int of shape (n,)
        Where the list of each column begins and ends among them.
    listed : ndarray of bool of shape (n,)
        Whether a column is listed by the samples that have it.
    weights : ndarray of shape (T,)
        What each sample weighs.
    """

    there: np.ndarray
    samples: np.ndarray
    starts: np.ndarray
    stops: np.ndarray
    listed: np.ndarray
    weights: np.ndarray

    @classmethod
    def of(cls, there: np.ndarray, weights: np.ndarray) -> Gaps:
        """Those of these masks."""
        listed = np.count_nonzero(there, axis=1) * 2 < there.shape[1]
        of, samples = np.nonzero(there == listed[:, np.newaxis])
        ends = np.concatenate([[0], np.cumsum(np.bincount(of, minlength=len(there)))])
        return cls(there, samples, ends[:-1], ends[1:], listed, weights)

    def __len__(self) -> int:
        return len(self.there)

    def take(self, index: np.ndarray) -> Gaps:
        """Those of some of the columns."""
        where = consecutive(index)
        starts, stops, listed = self.starts[where], self.stops[where], self.listed[where]
        return Gaps(self.there[where], self.samples, starts, stops, listed, self.weights)

    @classmethod
    def joined(cls, parts: Sequence[Gaps]) -> Gaps:
        """Those of several groups of columns, one group after the other."""
        return cls.of(np.concatenate([part.there for part in parts]), parts[0].weights)

    @cached_property
    def present(self) -> np.ndarray:
        """What the samples weigh that have each column, shape (n,)."""
        if (self.weights == 1).all():
            return np.count_nonzero(self.there, axis=1).astype(np.float64)
        return np.asarray(self.there @ self.weights)

    @cached_property
    def gappy(self) -> tuple[np.ndarray, Gaps]:
        """Which columns have gaps, and these alone."""
        columns = np.flatnonzero(self.listed | (self.stops > self.starts))
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

    def sums(self, rows: np.ndarray, norms: np.ndarray) -> np.ndarray:
        """Sums of numbers and of their squares where each of these columns is there.

        Parameters
        ----------
        rows : ndarray of shape (m, T)
            Numbers of mean 0 times the roots of the weights.
        norms : ndarray of shape (m,)
            The sums of their squares over all samples.

        Returns
        -------
        ndarray of shape (2, 1 + n, m)
            The first line is for a column that all samples have: of rows with norm 1.
        """
        found, norms = np.empty((2, 1 + len(self), len(rows))), 1.0 * norms
        found[0, 0], found[1, 0] = 0, 1
        root, lists = np.sqrt(self.weights), (self.samples, self.starts, self.stops, self.listed)
        for start in range(0, len(rows), width := _width_of(rows)):
            X = np.ascontiguousarray(rows[start : start + width].T)
            write_listed(X, root, *lists, norms, start, found)
        return found

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
        count_labels(self.weights, self.samples, self.starts, self.stops, codes, first, counts)
        left = whole - counts
        left[left <= len(self.weights) * EPS * whole] = 0  # round-off is no sample
        return np.where(self.listed[:, np.newaxis], counts, left)


def _width_of(rows: np.ndarray) -> int:
    """How many columns stay in cache with all their samples."""
    return max(_NARROWEST, _CACHED // max(1, rows.shape[1]))


def consecutive(index: np.ndarray) -> slice | np.ndarray:
    """A slice where numbers follow each other, so that arrays are not copied."""
    if len(index) and index[-1] - index[0] == len(index) - 1 and (index[1:] > index[:-1]).all():
        return slice(int(index[0]), int(index[-1]) + 1)
    return index
