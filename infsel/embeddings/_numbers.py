"""Columns of numbers with gaps, and how far they correlate."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from infsel._kernels import correlate, correlate_blocks
from infsel.embeddings._gaps import Gaps, consecutive
from infsel.embeddings._pairs import FEWEST, Pairs, lost


@dataclass(frozen=True, eq=False)
class Numbers(ABC):
    """Columns of numbers, of which some samples have none.

    Attributes
    ----------
    rows : ndarray of shape (n, T)
        Values less the mean of their column, times the roots of the weights, at norm 1, with 0 in gaps.
    gaps : Gaps
    spread : ndarray of bool of shape (n,)
        Which columns hold more than one number: the other rows are zero.
    """

    rows: np.ndarray
    gaps: Gaps
    spread: np.ndarray

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, index: np.ndarray) -> Self:
        """Some of the columns."""
        return type(self)(self.rows[consecutive(index)], self.gaps.take(index), self.spread[index])

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """The columns of several groups, one group after the other."""
        rows, spread = (
            np.concatenate(each) for each in zip(*((part.rows, part.spread) for part in parts), strict=True)
        )
        return cls(rows, Gaps.joined([part.gaps for part in parts]), spread)

    @property
    def total(self) -> float:
        """What all samples weigh."""
        return float(self.gaps.weights.sum())

    @property
    @abstractmethod
    def varying(self) -> np.ndarray:
        """Which columns vary, as a mask of shape (n,)."""

    @abstractmethod
    def pairs(self, other: Self) -> Pairs:
        """How far each column is associated with each of another group."""

    def _beside(self, other: Self) -> tuple[np.ndarray, ...]:
        """Products with another group, where the gappy columns of either stand, and what is known of these.

        That is what samples weigh that have both, and the sums of the rows over those that have the other column.
        """
        (of_rows, A), (of_columns, B) = self.gaps.gappy, other.gaps.gappy
        common = np.full((1 + len(A), 1 + len(B)), self.total)
        common[1:, 0], common[0, 1:], common[1:, 1:] = A.present, B.present, A.common(B)
        theirs = A.sums(other.rows, other.spread)
        ours = theirs if self is other else B.sums(self.rows, self.spread)
        places = _behind_first(of_rows, len(self)), _behind_first(of_columns, len(other))
        return self.rows @ other.rows.T, *places, common, ours, theirs


class PairwiseNumbers(Numbers):
    """Numbers of which two columns are compared where both have one.

    With values x that are 0 in gaps, masks m and weights w, over all samples,

        n_ij = sum w m_i m_j,  s_ij = sum w x_i m_j,  q_ij = sum w x_i^2 m_j,  p_ij = sum w x_i x_j,
        r_ij = (p_ij - s_ij s_ji / n_ij) / sqrt((q_ij - s_ij^2 / n_ij) (q_ji - s_ji^2 / n_ij)),

    where s and q are sums over the samples that one column has and the other lacks, or over those that have both where
    these are fewer: gaps cost as much as there are, and nothing where there are none.
    """

    @property
    def varying(self) -> np.ndarray:
        """Which columns vary, as a mask of shape (n,)."""
        return self.spread

    def pairs(self, other: Self) -> Pairs:
        """Pearson's correlations among the samples that have both columns."""
        found, known = np.empty((4, len(self), len(other))), ~np.logical_and.outer(self.varying, other.varying)
        correlate(*self._beside(other), min(FEWEST, self.total), lost(self.rows.shape[1]), found, known)
        squares, signs, n, chance = found
        return Pairs(squares, signs, n, chance, known, squares, np.broadcast_to(1.0, squares.shape))


def _behind_first(columns: np.ndarray, n: int) -> np.ndarray:
    """Where each of n columns stands behind one that stands for all others."""
    places = np.zeros(n, dtype=np.intp)
    places[columns] = np.arange(1, len(columns) + 1)
    return places


class InformedNumbers(Numbers):
    """Numbers whose gaps are values: a column with gaps has a second dimension, which says where they are.

    The mean of what is there stands in a gap, so that both dimensions are orthogonal. The values have norm 1 and the
    second dimension, of a column of which a share g is gaps, 2 sqrt(g (1 - g)): a few gaps change little, and those of
    half of the samples say as much as all values. For the scatter matrices S = B B' of these blocks B the squared
    association is tr(S_i S_j) / sqrt(tr(S_i^2) tr(S_j^2)), the RV coefficient, which is r^2 for one dimension each. It
    is signed like the correlation of the values where that says more than the gaps do.

    References
    ----------
    Robert, Escoufier (1976). A unifying tool for linear multivariate statistical methods: the RV-coefficient. Applied
    Statistics 25.
    """

    @property
    def varying(self) -> np.ndarray:
        """Which columns vary, gaps included, as a mask of shape (n,)."""
        return self.moments(1) > 0

    @property
    def weights(self) -> np.ndarray:
        """The squared norm of the second dimension of each column, shape (n,)."""
        shares = self.gaps.present / self.total
        return 4 * shares * (1 - shares)

    def moments(self, power: int) -> np.ndarray:
        """Sums of the squared norms of the dimensions of each column, to this power, shape (n,)."""
        return np.asarray(self.spread + self.weights**power)

    def pairs(self, other: Self) -> Pairs:
        """The RV coefficients of their blocks."""
        moments, theirs = (np.stack([group.moments(1), group.moments(2)]) for group in (self, other))
        squares, signs, chance = found = np.empty((3, len(self), len(other)))
        correlate_blocks(*self._beside(other), moments, theirs, lost(self.rows.shape[1]), found)
        everywhere = np.broadcast_to(1.0, squares.shape)
        return Pairs(squares, signs, self.total * everywhere, chance, everywhere > 0, squares, everywhere)
