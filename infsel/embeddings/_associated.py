"""Columns with gaps and labels, of which only how far any two are associated is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from typing import NamedTuple

import numpy as np
from scipy.special import chdtrc, ndtri

from infsel.embeddings._labels import Labels
from infsel.embeddings._numbers import Numbers
from infsel.embeddings._pairs import EPS, Pairs
from infsel.embeddings._protocol import Index

_WIDTH = 256  # columns that meet all others at once

Reading = Callable[[Pairs], np.ndarray]


class Columns(NamedTuple):
    """Columns of either kind.

    Attributes
    ----------
    numbers : Numbers
    labels : Labels
    nominal : ndarray of bool of shape (n,)
        Which columns hold labels.
    """

    numbers: Numbers
    labels: Labels
    nominal: np.ndarray

    @property
    def places(self) -> np.ndarray:
        """Where each column stands among those of its kind, shape (n,)."""
        return np.where(self.nominal, np.cumsum(self.nominal), np.cumsum(~self.nominal)) - 1

    @property
    def varying(self) -> np.ndarray:
        """Which columns vary, as a mask of shape (n,)."""
        varying = np.empty(len(self.nominal), dtype=bool)
        varying[self.nominal], varying[~self.nominal] = self.labels.varying, self.numbers.varying
        return varying

    def take(self, index: np.ndarray) -> Columns:
        """Some of the columns."""
        nominal, places = self.nominal[index], self.places[index]
        return Columns(self.numbers.take(places[~nominal]), self.labels.take(places[nominal]), nominal)

    @classmethod
    def joined(cls, parts: Sequence[Columns]) -> Columns:
        """The columns of several tables of the same samples, one table after the other."""
        numbers, labels, nominal = zip(*parts, strict=True)
        return cls(numbers[0].joined(numbers), labels[0].joined(labels), np.concatenate(nominal))


def association(pairs: Pairs) -> np.ndarray:
    """The association of each pair, in [-1, 1]."""
    return pairs.signs * np.sqrt(np.clip(pairs.squares, 0, 1))


def squares(pairs: Pairs) -> np.ndarray:
    """Its square."""
    return np.clip(pairs.squares, 0, 1)


def debiased_squares(pairs: Pairs) -> np.ndarray:
    """Its square less what chance makes of it, so that the mean over independent columns is 0."""
    return pairs.squares - pairs.chance


def standard_errors(pairs: Pairs) -> np.ndarray:
    """How many standard errors a correlation of independent columns would have to be off to be as unlikely.

    Of numbers they are sqrt(n) |r| for the n samples that have both columns; what labels explain has the p-value of a
    chi squared test. Never negative.
    """
    statistic = np.maximum(pairs.n * pairs.explained, 0)
    several = pairs.freedom > 1
    errors = np.sqrt(statistic)
    errors[several] = -ndtri(chdtrc(pairs.freedom[several], statistic[several]) / 2)
    return errors


class AssociatedRows:
    """Rows z_i of which nothing is known but z_i . z_j, the association of columns i and j; 1 with itself.

    Between numbers it is their correlation, between a number and a label the correlation ratio, between labels Cramer's
    V, the latter two corrected for the bias that many labels have. The products are no Gram matrix: they may have
    negative eigenvalues. Of two columns that fewer than `FEWEST` samples have in common, or one of which does not vary
    there, nothing is known.

    Parameters
    ----------
    columns : Columns
        All of them.
    dtype : dtype
        Precision of the products, which are computed in double precision.
    reading : callable, default=association
        What of a pair the product is.
    unknown : float, default=0.0
        The product of a pair of which nothing is known.
    """

    def __init__(self, columns: Columns, dtype: np.dtype, reading: Reading = association, unknown: float = 0.0) -> None:
        self.columns, self.dtype, self.reading, self.unknown = columns, np.dtype(dtype), reading, unknown
        self.factor, self._numbers = 1.0, np.arange(len(columns.nominal))
        self._places, self._varying = columns.places, columns.varying
        self._choose(np.arange(len(columns.nominal)))

    __array_ufunc__ = None  # a NumPy number times these rows is for __rmul__ to answer

    def _choose(self, index: np.ndarray) -> None:
        self.index, self.shape = index, (len(index), self.columns.labels.codes.shape[1])

    def __len__(self) -> int:
        return int(self.shape[0])

    def __getitem__(self, index: Index) -> AssociatedRows:
        other = copy(self)
        other._choose(self.index[index])
        return other

    def __mul__(self, factor: float) -> AssociatedRows:
        other = copy(self)
        other.factor = self.factor * float(factor)
        return other

    __rmul__ = __mul__

    def read_as(self, reading: Reading) -> AssociatedRows:
        """The same with another product."""
        other = copy(self)
        other.reading = reading
        return other

    def presuming(self, unknown: float) -> AssociatedRows:
        """The same with another product where nothing is known."""
        other = copy(self)
        other.unknown = unknown
        return other

    def numbered(self, numbers: np.ndarray) -> AssociatedRows:
        """The same where the columns have other numbers, by which those of several parts of a table are told apart."""
        other = copy(self)
        other._numbers = numbers
        return other

    @property
    def numbers(self) -> np.ndarray:
        """The number of the column that each row is, shape (n_rows,)."""
        return self._numbers[self.index]

    @classmethod
    def joined(cls, parts: Sequence[AssociatedRows]) -> AssociatedRows:
        """The rows of several parts of a table, and no others of their columns."""
        columns = Columns.joined([part.columns.take(part.index) for part in parts])
        rows = cls(columns, parts[0].dtype, parts[0].reading, parts[0].unknown) * parts[0].factor
        return rows.numbered(np.concatenate([part.numbers for part in parts]))

    @property
    def roundoff(self) -> np.ndarray:
        """Bound on the error of a product, shape (n_rows,)."""
        return np.full(len(self), max(EPS * (self.shape[1] + 64), 4 * float(np.finfo(self.dtype).eps)))

    def gram(self, other: AssociatedRows) -> np.ndarray:
        """Products of all rows with all rows of `other`."""
        products, ours = np.empty((len(self), len(other)), self.dtype), self._kinds()
        same = np.array_equal(self.numbers, other.numbers)  # then a pair is seen from one of its ends
        for i, of_rows in ours:
            for j, of_columns in ours if same else other._kinds():
                if len(i) and len(j) and not (same and isinstance(of_rows, Labels) and of_rows is not of_columns):
                    pairs = _between(of_rows, of_columns)
                    products[np.ix_(i, j)] = np.where(pairs.known, self.reading(pairs), self.unknown)
        if same:
            (numbers, _), (labels, _) = ours
            products[np.ix_(labels, numbers)] = products[np.ix_(numbers, labels)].T
        own, itself = np.nonzero(np.equal.outer(self.numbers, other.numbers))
        products[own, itself] = self._varying[self.index[own]]
        products *= self.dtype.type(self.factor * other.factor)
        return products

    def project(self, x: np.ndarray) -> np.ndarray:
        """What `lift` needs of x, shape (n,)."""
        weights = np.zeros(len(self.columns.nominal))
        weights[self.index] = self.factor * x
        return weights

    def lift(self, v: np.ndarray) -> np.ndarray:
        """Z Z^T x, where v is the projection of x."""
        total, others = np.zeros(len(self)), np.flatnonzero(v)
        whole = copy(self)
        for start in range(0, len(others), _WIDTH):
            some = others[start : start + _WIDTH]
            whole._choose(some)
            total += self.gram(whole) @ v[some] / self.factor
        return total

    def squared_norms(self) -> np.ndarray:
        """|z_i|^2 for each row."""
        return (self.factor**2 * self._varying[self.index]).astype(self.dtype)

    def _kinds(self) -> list[tuple[np.ndarray, Numbers | Labels]]:
        """Which rows hold numbers, and these; which hold labels, and these."""
        nominal = self.columns.nominal[self.index]
        numbers, labels = np.flatnonzero(~nominal), np.flatnonzero(nominal)
        return [
            (numbers, self.columns.numbers.take(self._places[self.index[numbers]])),
            (labels, self.columns.labels.take(self._places[self.index[labels]])),
        ]


def _between(P: Numbers | Labels, Q: Numbers | Labels) -> Pairs:
    """How far each column of P is associated with each of Q."""
    if isinstance(P, Labels):
        return P.pairs(Q) if isinstance(Q, Labels) else P.ratios(Q)
    return Q.ratios(P).T if isinstance(Q, Labels) else P.pairs(Q)
