"""The graphs that walks go through: one, found again where it is kept, or several that share what they can."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np

from infsel.affinities import Affinity
from infsel.normalizations import Normalization, Unit
from infsel.operators import FeatureOperator, Remembered, Scaled, Sum
from infsel.tables import Table

T = TypeVar("T")


class Store(Protocol):
    """What keeps a graph and its products from one fit to the next."""

    def key(self, *parts: Any) -> str:
        """What tells these parts from any others."""

    def recall(self, key: str, make: Callable[[], T]) -> T:
        """What is kept under the key, else what `make` returns."""


class Graph(NamedTuple):
    """A normalized affinity, and what damping is measured in."""

    A: FeatureOperator
    unit: Unit


@dataclass(frozen=True)
class Mixtures:
    """Weighted sums of the same operators.

    Attributes
    ----------
    parts : tuple of FeatureOperator
    weights : ndarray of shape (n_mixtures, n_parts)
    """

    parts: tuple[FeatureOperator, ...]
    weights: np.ndarray

    def __len__(self) -> int:
        return len(self.weights)

    def __getitem__(self, number: int) -> FeatureOperator:
        """One of the sums, as the operator that its affinity alone would make."""
        pairs = list(zip(self.weights[number], self.parts, strict=True))
        terms = [part if weight == 1 else Scaled(weight, part) for weight, part in pairs if weight]
        terms = terms or [Scaled(0.0, self.parts[0])]
        return Sum(*terms) if len(terms) > 1 else terms[0]

    def product(self, numbers: Sequence[int], X: np.ndarray, transposed: bool) -> np.ndarray:
        """Mixture ``numbers[k]`` times column k of X, for all k in one pass over each part."""
        total = np.zeros_like(X)
        for part, weights in zip(self.parts, self.weights[numbers].T, strict=True):
            used = np.flatnonzero(weights)
            if len(used):
                total[:, used] += (part.rmatmat if transposed else part.matmat)(X[:, used] * weights[used])
        return total


def mixtures_of(affinities: Sequence[Affinity], columns: np.ndarray, table: Table, y: Any = None) -> Mixtures:
    """Relate the given columns by each of the affinities, and compute no term twice that two of them share."""
    distinct: list[Affinity] = []
    entries = []
    for number, affinity in enumerate(affinities):
        terms = affinity.terms()
        for weight, term in [pair for pair in terms if pair[0]] or terms[:1]:
            part = next((k for k, known in enumerate(distinct) if _same(known, term)), len(distinct))
            distinct[part:] = distinct[part:] or [term]
            entries.append((number, part, weight))
    weights = np.zeros((len(affinities), len(distinct)))
    for number, part, weight in entries:
        weights[number, part] += weight
    return Mixtures(tuple(term.among(columns, table, y) for term in distinct), weights)


def _same(first: Affinity, second: Affinity) -> bool:
    try:
        return bool(first == second)
    except ValueError:  # arrays among their parameters, which have no single truth
        return False


def normalized(A: FeatureOperator, normalization: Normalization) -> Graph:
    """A as walks go through it."""
    A = normalization.apply(A)
    return Graph(A, normalization.unit(A))


def graph_of(
    affinity: Affinity,
    normalization: Normalization,
    columns: np.ndarray,
    table: Table,
    y: Any,
    *,
    kept_bytes: int,
    store: Store | None = None,
) -> Graph:
    """One graph among the given columns, from a store where it is there.

    It depends neither on hops, damping, readout nor the number of features to select. Products with it do not either,
    apart from the vectors, which a Krylov basis repeats from fit to fit: they are remembered too, so that a fit that
    differs in nothing else touches no tile.
    """
    if store is None:
        A = affinity.among(columns, table, y)
        A.keep(kept_bytes)
        return normalized(A, normalization)
    key = _key(store, affinity, normalization, table, y, columns)
    A, unit = store.recall(key, partial(_released, affinity, normalization, columns, table, y, kept_bytes))
    A.keep(kept_bytes)
    return Graph(Remembered(A, key, store), unit)


def _released(
    affinity: Affinity, normalization: Normalization, columns: np.ndarray, table: Table, y: Any, kept_bytes: int
) -> Graph:
    graph = graph_of(affinity, normalization, columns, table, y, kept_bytes=kept_bytes)
    graph.A.release()  # tiles are quicker computed than read back
    return graph


def _key(store: Store, affinity: Affinity, normalization: Normalization, *content: Any) -> str:
    try:
        return store.key(affinity, normalization, *content)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise ValueError(
            f"memory finds a graph by the content of X, y, affinity={affinity!r} and normalization={normalization!r}, "
            f"and one of them cannot be pickled ({error.args[0]}): write a callable as a function of a module, or "
            "pass memory=None."
        ) from error
