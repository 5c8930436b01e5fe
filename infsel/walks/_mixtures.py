"""Walks along a path of mixtures and rules: what the mixtures have in common is computed once, for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel.affinities import Affinity
from infsel.normalizations import Normalization
from infsel.operators import FeatureOperator, Scaled, Sum
from infsel.propagations import Flow, Propagation, Propagator


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


def mixtures_of(affinities: Sequence[Affinity], columns: np.ndarray, X: np.ndarray, y: Any = None) -> Mixtures:
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
    return Mixtures(tuple(term.among(columns, X, y) for term in distinct), weights)


def _same(first: Affinity, second: Affinity) -> bool:
    try:
        return bool(first == second)
    except ValueError:  # arrays among their parameters, which have no single truth
        return False


def walk(
    mixtures: Mixtures,
    normalization: Normalization,
    rules: Sequence[Propagation],
    start: np.ndarray,
    directions: Sequence[bool],
    *,
    tol: float = 1e-11,
    max_iter: int = 100,
) -> Iterator[tuple[int, int, FeatureOperator, list[Flow]]]:
    """Let relevance flow through every mixture by every rule, with one Krylov basis for each mixture and direction.

    Parameters
    ----------
    mixtures : Mixtures
    normalization : Normalization
        What every mixture is normalized by.
    rules : sequence of Propagation
    start : ndarray of shape (n,)
        Where the walks start, not zero.
    directions : sequence of bool
        Whether to walk against the direction of the graph; each direction is walked by itself.
    tol, max_iter : float, int
        As for `Propagator`.

    Yields
    ------
    mixture, rule : int
        Numbers of the mixture and of the rule, rule by rule.
    A : FeatureOperator
        The normalized mixture.
    flows : list of Flow
        One for each direction.

    Raises
    ------
    ValueError
        If a rule has no value on a mixture.
    """
    sums = [mixtures[number] for number in range(len(mixtures))]
    graphs = [normalization.apply(A) for A in sums]
    units = [normalization.unit(A) for A in graphs]
    unchanged = all(A is G for A, G in zip(sums, graphs, strict=True))
    walks = {
        transposed: [
            Propagator(A, start, transposed=transposed, unit=unit, in_radii=in_radii, tol=tol, max_iter=max_iter)
            for A, (unit, in_radii) in zip(graphs, units, strict=True)
        ]
        for transposed in directions
    }
    for j, rule in enumerate(rules):
        flows = [_flows(rule, walks[t], mixtures if unchanged else None, t) for t in directions]
        for i, of_mixture in enumerate(zip(*flows, strict=True)):
            yield i, j, graphs[i], list(of_mixture)


def _flows(rule: Propagation, walks: list[Propagator], mixtures: Mixtures | None, transposed: bool) -> list[Flow]:
    """The flow of one rule through each mixture; `mixtures` takes their products together."""
    answers = [walk.answer(rule) for walk in walks]
    while waiting := [i for i, answer in enumerate(answers) if answer is None]:
        if mixtures is None or len(waiting) == 1:
            for i in waiting:
                walks[i].grow()
        else:
            newest = np.column_stack([walks[i].basis.newest for i in waiting])
            for i, product in zip(waiting, mixtures.product(waiting, newest, transposed).T, strict=True):
                walks[i].basis.extend(product)
        for i in waiting:
            answers[i] = walks[i].answer(rule)
    return [answer for answer in answers if answer is not None]
