"""Columns of numbers with gaps, and how far they correlate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from infsel.embeddings._pairs import FEWEST, Pairs, left_of, ratio, some_rows


@dataclass(frozen=True, eq=False)
class PairwiseNumbers:
    """Numbers of which two columns are compared where both have one.

    With values x that are 0 in gaps, masks m and weights w, over all samples,

        n_ij = sum w m_i m_j,  s_ij = sum w x_i m_j,  q_ij = sum w x_i^2 m_j,  p_ij = sum w x_i x_j,
        r_ij = (p_ij - s_ij s_ji / n_ij) / sqrt((q_ij - s_ij^2 / n_ij) (q_ji - s_ji^2 / n_ij)),

    so that all pairs take five more matrix products, and those of columns without gaps none.

    Attributes
    ----------
    rows : ndarray of shape (n, T)
        Values less the mean of their column, times the roots of the weights, at norm 1, with 0 in gaps.
    there : ndarray of bool of shape (n, T)
    root : ndarray of shape (T,)
        The root of the weight of each sample.
    own : ndarray of shape (n,)
        What the samples weigh that have the column.
    """

    rows: np.ndarray
    there: np.ndarray
    root: np.ndarray
    own: np.ndarray

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, index: np.ndarray) -> PairwiseNumbers:
        """Some of the columns."""
        return PairwiseNumbers(some_rows(self.rows, index), some_rows(self.there, index), self.root, self.own[index])

    @property
    def total(self) -> float:
        """What all samples weigh."""
        return float(self.root @ self.root)

    @property
    def varying(self) -> np.ndarray:
        """Which columns vary, as a mask of shape (n,)."""
        return self.rows.any(axis=1)

    def gappy(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Which columns have gaps, and of these where there are none: as 0 and 1, and times the roots of the weights."""
        columns = np.flatnonzero(~self.there.all(axis=1))
        there = self.there[columns].astype(np.float64)
        return columns, there, there * self.root

    def pairs(self, other: PairwiseNumbers) -> Pairs:
        """How far each column correlates with each of another group."""
        (a, of_a, A), (b, of_b, B) = self.gappy(), other.gappy()
        n_rows, n_columns, total = len(self), len(other), self.total
        products = np.concatenate([self.rows, A]) @ np.concatenate([other.rows, B]).T
        n, s, t = np.full((n_rows, n_columns), total), np.zeros((n_rows, n_columns)), np.zeros((n_rows, n_columns))
        n[a], n[:, b] = self.own[a, np.newaxis], other.own[b]
        n[np.ix_(a, b)] = np.maximum(products[n_rows:, n_columns:], 1e-300)
        s[:, b], t[a] = products[:n_rows, n_columns:], products[n_rows:, :n_columns]
        q, u = np.ones_like(s), np.ones_like(s)
        q[:, b], u[a] = np.square(self.rows) @ of_b.T, of_a @ np.square(other.rows).T
        q, u = left_of(q, s, n, len(self.root)), left_of(u, t, n, len(self.root))
        r = np.clip(ratio(products[:n_rows, :n_columns] - s * t / n, np.sqrt(q * u)), -1, 1)
        known = (n >= min(FEWEST, total)) & (q > 0) & (u > 0)
        flat = ~np.logical_and.outer(self.varying, other.varying)
        return Pairs(r * r, np.where(r < 0, -1, 1), n, 1 / np.maximum(n - 1, 1), known | flat)


@dataclass(frozen=True, eq=False)
class InformedNumbers:
    """Numbers whose gaps are values: a column with gaps has a second dimension, which says where they are.

    The mean of what is there stands in a gap, so that both dimensions are orthogonal. The values have norm 1 and the
    second dimension, of a column of which a share g is gaps, 2 sqrt(g (1 - g)): a few gaps change little, and those of
    half of the samples say as much as all values. For the scatter matrices S = B B' of these blocks B the squared
    association is tr(S_i S_j) / sqrt(tr(S_i^2) tr(S_j^2)), the RV coefficient, which is r^2 for one dimension each. It
    is signed like the correlation of the values where that says more than the gaps do.

    Attributes
    ----------
    rows : ndarray of shape (n, T)
        Values as for `PairwiseNumbers`.
    gaps : ndarray of shape (n_gappy, T)
        The second dimensions, times the roots of the weights.
    places : ndarray of int of shape (n,)
        The row of `gaps` that each column has, -1 for none.
    root : ndarray of shape (T,)

    References
    ----------
    Robert, Escoufier (1976). A unifying tool for linear multivariate statistical methods: the RV-coefficient. Applied
    Statistics 25.
    """

    rows: np.ndarray
    gaps: np.ndarray
    places: np.ndarray
    root: np.ndarray

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, index: np.ndarray) -> InformedNumbers:
        """Some of the columns."""
        return InformedNumbers(some_rows(self.rows, index), self.gaps, self.places[index], self.root)

    @property
    def total(self) -> float:
        """What all samples weigh."""
        return float(self.root @ self.root)

    @property
    def varying(self) -> np.ndarray:
        """Which columns vary, gaps included, as a mask of shape (n,)."""
        return self.moments(1) > 0

    def moments(self, power: int) -> np.ndarray:
        """Sums of the squared norms of the dimensions of each column, to this power, shape (n,)."""
        columns, gaps = self.gappy()
        moments = self.rows.any(axis=1) * 1.0
        moments[columns] += np.square(gaps).sum(axis=1) ** power
        return moments

    def gappy(self) -> tuple[np.ndarray, np.ndarray]:
        """Which columns have gaps, and their rows of `gaps`."""
        columns = np.flatnonzero(self.places >= 0)
        return columns, self.gaps[self.places[columns]]

    def pairs(self, other: InformedNumbers) -> Pairs:
        """How far each column is associated with each of another group."""
        (a, A), (b, B) = self.gappy(), other.gappy()
        n_rows, n_columns = len(self), len(other)
        products = np.concatenate([self.rows, A]) @ np.concatenate([other.rows, B]).T
        squares = np.square(products)
        rest = np.zeros((n_rows, n_columns))
        rest[a] += squares[n_rows:, :n_columns]
        rest[:, b] += squares[:n_rows, n_columns:]
        rest[np.ix_(a, b)] += squares[n_rows:, n_columns:]
        values = products[:n_rows, :n_columns]
        norms = np.sqrt(np.outer(self.moments(2), other.moments(2)))
        return Pairs(
            ratio(squares[:n_rows, :n_columns] + rest, norms),
            np.where(values * np.abs(values) + rest < 0, -1, 1),
            np.full(rest.shape, self.total),
            ratio(np.outer(self.moments(1), other.moments(1)), norms) / max(self.total - 1, 1),
            np.ones(rest.shape, dtype=bool),
        )


Numbers = PairwiseNumbers | InformedNumbers
