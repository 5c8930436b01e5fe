"""What an affinity is, and how affinities add and scale."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from infsel import operators
from infsel._configurable import Configurable
from infsel.operators import FeatureOperator


@dataclass
class Affinity(Configurable, ABC):
    """A rule that reads a table and says how its features relate.

    A subclass writes ``__call__(X, y)``, with X of shape (n_samples, n_features) and no constant column, and returns a
    `FeatureOperator` of shape (n_features, n_features). Affinities add and scale like the formulas they stand for:
    ``0.3 * Dispersion() + 0.7 * Redundancy("pearson")``.
    """

    @property
    def reads(self) -> frozenset[str]:
        """What of a table it needs: "samples", or moments alone, of "pairs" of columns or within "classes"."""
        return frozenset({"samples"})

    @abstractmethod
    def __call__(self, X: np.ndarray, y: Any = None) -> FeatureOperator:
        """Relate the columns of X."""

    def among(self, columns: np.ndarray, X: np.ndarray, y: Any = None) -> FeatureOperator:
        """Relate only the columns that `columns`, increasing integers, names: the others stand outside the graph."""
        return self(X if len(columns) == X.shape[1] else X[:, columns], y)

    def terms(self) -> list[tuple[float, Affinity]]:
        """The weighted affinities that this one is the sum of, so that formulas can share what they have in common."""
        return [(1.0, self)]

    def __add__(self, other: object) -> Sum:
        return Sum(self, other) if isinstance(other, Affinity) else NotImplemented

    def __rmul__(self, weight: object) -> Weighted:
        return Weighted(float(weight), self) if isinstance(weight, Real) else NotImplemented


@dataclass
class Weighted(Affinity):
    """A multiple of an affinity.

    Parameters
    ----------
    weight : float
        With weight 0 the affinity is not computed where it is part of a sum.
    affinity : Affinity
    """

    weight: float
    affinity: Affinity

    @property
    def reads(self) -> frozenset[str]:
        return self.affinity.reads if self.weight else frozenset()

    def __call__(self, X: np.ndarray, y: Any = None) -> FeatureOperator:
        return self.among(np.arange(X.shape[1]), X, y)

    def among(self, columns: np.ndarray, X: np.ndarray, y: Any = None) -> FeatureOperator:
        return operators.Scaled(self.weight, self.affinity.among(columns, X, y))

    def terms(self) -> list[tuple[float, Affinity]]:
        return [(self.weight * weight, affinity) for weight, affinity in self.affinity.terms()]

    def __repr__(self) -> str:
        inner = f"({self.affinity!r})" if isinstance(self.affinity, Sum) else repr(self.affinity)
        return f"{self.weight:g} * {inner}"


@dataclass
class Sum(Affinity):
    """Two affinities added.

    Parameters
    ----------
    first, second : Affinity
    """

    first: Affinity
    second: Affinity

    @property
    def reads(self) -> frozenset[str]:
        return self.first.reads | self.second.reads

    def __call__(self, X: np.ndarray, y: Any = None) -> FeatureOperator:
        return self.among(np.arange(X.shape[1]), X, y)

    def among(self, columns: np.ndarray, X: np.ndarray, y: Any = None) -> FeatureOperator:
        # each term by itself: a given matrix covers all columns, also those that stand outside
        terms = [term for term in (self.first, self.second) if not _vanishes(term)] or [self.first]
        operands = [term.among(columns, X, y) for term in terms]
        return operators.Sum(*operands) if len(operands) == 2 else operands[0]

    def terms(self) -> list[tuple[float, Affinity]]:
        return self.first.terms() + self.second.terms()

    def __repr__(self) -> str:
        return f"{self.first!r} + {self.second!r}"


def _vanishes(term: Affinity) -> bool:
    return isinstance(term, Weighted) and term.weight == 0
