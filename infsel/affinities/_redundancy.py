"""Affinity by independence: two features relate when neither repeats the other."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from infsel._runtime.ranges import Choice, Flag, parameter
from infsel.affinities._base import Affinity
from infsel.embeddings import ImplicitRows, are_associated, are_known, gram, squared_norms
from infsel.operators import (
    Complement,
    DiagonalScaled,
    FeatureOperator,
    Gram,
    HalfSquaredDistance,
    Independence,
    MaxOuter,
    Unlikeness,
)
from infsel.tables import Table


@dataclass
class Redundancy(Affinity):
    """1 - |correlation|: 0 between copies, 1 between unrelated features, 0 on the diagonal.

    A constant column, where one is in the graph, is unrelated to every feature and to itself: 1 throughout, as in the
    programs released with the papers, which therefore rank it first. Signed, it counts as a copy of every feature: 0.

    Parameters
    ----------
    correlation : {"spearman", "pearson", "mutual-information"}, default="spearman"
        Spearman's rank correlation (ties share their mean rank), Pearson's, or normalized mutual information.
    signed : bool, default=False
        1 - correlation instead: mirror images count as unrelated, up to 2.

    References
    ----------
    Roffo, Melzi, Cristani (2015). Infinite Feature Selection. ICCV.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0, 2.0, 1.0], [2.0, 4.0, 3.0], [3.0, 9.0, 2.0]])
    >>> Redundancy()(X).to_dense().round(12)
    array([[0. , 0. , 0.5],
           [0. , 0. , 0.5],
           [0.5, 0.5, 0. ]])
    """

    correlation: Literal["spearman", "pearson", "mutual-information"] = parameter(
        Choice(("spearman", "pearson", "mutual-information")), "spearman"
    )
    signed: bool = parameter(Flag(), False)

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({"pairs"}) if self.correlation == "pearson" else super().reads

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        inside = table.varying()
        if not self.signed and self.correlation == "spearman" and table.has_whole_ranks:
            return Complement(*table.whole_ranks(), table.dtype)
        Z: Any = table.correlating(self.correlation)
        if are_associated(Z):
            Z = Z.presuming(1.0)  # of what nobody knows it is not said that it adds something
        roundoff = _roundoff(Z, self.correlation) if are_known(Z) else Z.roundoff
        if not self.signed:
            return Gram(Z, Independence(roundoff, are_known(Z)), nonnegative=True, diagonal=~inside)
        if are_associated(Z):
            A = Gram(Z, Unlikeness(roundoff), nonnegative=True, diagonal=0.0)
            return A if inside.all() else DiagonalScaled(1.0 * inside, A, 1.0 * inside)
        return (_apart if isinstance(Z, np.ndarray) else _apart_by_products)(Z, inside, roundoff)


def _roundoff(Z: Any, correlation: str) -> np.ndarray:
    """Up to which 1 - |r| says nothing but round-off, for each row.

    Numbers are given to a relative eps, which turns copies by an angle of about eps times mean over deviation, and 1 -
    |r| is half its square: up to a mean of 10^8 deviations it stays below 4 eps. Ranks are exact; only their norm is
    rounded.
    """
    eps = float(np.finfo(Z.dtype).eps)
    return np.full(len(Z), 32 * eps**2 if correlation == "spearman" else 4 * eps)


def _apart(Z: np.ndarray, inside: np.ndarray, roundoff: np.ndarray) -> FeatureOperator:
    """1 - r, which is half the squared distance between rows of norm 1, seen from the mean of those inside."""
    U = Z - Z[int(np.argmax(inside))]
    U[~inside | (squared_norms(U) / 2 <= roundoff)] = 0
    U[inside] -= U[inside].mean(axis=0)
    return HalfSquaredDistance(U, inside)


def _apart_by_products(Z: ImplicitRows, inside: np.ndarray, roundoff: np.ndarray) -> FeatureOperator:
    """The same of rows that cannot be moved: where all are copies of one of them nothing is left but round-off."""
    first = int(np.argmax(inside))
    beside = 1 - np.ravel(gram(Z, Z[first : first + 1]))[inside]
    copies = (beside <= np.maximum(roundoff[inside], Z.shape[1] * np.finfo(Z.dtype).eps)).all()
    return MaxOuter(np.zeros(len(Z), Z.dtype)) if copies else HalfSquaredDistance(Z, inside)
