"""What an affinity is, and how affinities add and scale."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from infsel.operators import FeatureOperator, Scaled, Sum


class Affinity(ABC):
    """A rule that reads a table and says how its features relate.

    A subclass writes ``__call__(X, y)``, with X of shape (n_samples, n_features) and no constant column, and returns a
    `FeatureOperator` of shape (n_features, n_features). Affinities add and scale like the formulas they stand for:
    ``0.3 * Dispersion() + 0.7 * Redundancy("pearson")``.
    """

    @abstractmethod
    def __call__(self, X: np.ndarray, y: Any = None) -> FeatureOperator:
        """Relate the columns of X."""

    def among(self, columns: np.ndarray, X: np.ndarray, y: Any = None) -> FeatureOperator:
        """Relate only the columns that `columns`, increasing integers, names: the others stand outside the graph."""
        return self(X if len(columns) == X.shape[1] else X[:, columns], y)

    def __add__(self, other: object) -> Mixture:
        return Mixture(_terms(self) + _terms(other)) if isinstance(other, Affinity) else NotImplemented

    def __rmul__(self, weight: object) -> Mixture:
        if not isinstance(weight, Real):
            return NotImplemented
        return Mixture(tuple((float(weight) * w, term) for w, term in _terms(self)))


@dataclass(frozen=True)
class Mixture(Affinity):
    """A weighted sum of affinities.

    Parameters
    ----------
    terms : tuple of (float, Affinity)
        Terms of weight 0 are not computed.
    """

    terms: tuple[tuple[float, Affinity], ...]

    def __call__(self, X: np.ndarray, y: Any = None) -> FeatureOperator:
        used = [term for term in self.terms if term[0] != 0] or self.terms[:1]
        return Sum(*(Scaled(weight, affinity(X, y)) for weight, affinity in used))

    def __repr__(self) -> str:
        return " + ".join(f"{weight:g} * {affinity!r}" for weight, affinity in self.terms)


def _terms(affinity: Affinity) -> tuple[tuple[float, Affinity], ...]:
    return affinity.terms if isinstance(affinity, Mixture) else ((1.0, affinity),)
