"""Recursive elimination from the table to the order of its columns."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from infsel._runtime.ties import settle_within
from infsel.eliminations import (
    AttentionRidge,
    LearnedAttention,
    LeftOut,
    LinearRidge,
    PooledRidge,
    RowModel,
    binned_information,
    deal,
    distinct,
    over_parts,
)
from infsel.greedy._eliminate import eliminate
from infsel.relevances import relief_margins
from infsel.selection import Choices
from infsel.tables import as_table, leaders, normal_scores, with_copies
from infsel.targets import Target

KERNELS = ("auto", "attention", "linear")
METRICS = ("sqeuclidean", "l1")
SCALINGS = ("normal-scores", "standard")
REGULARIZATIONS = {"attention": 3.0, "linear": 10.0, "linear, numbers": 3.0, "l1": 1e-3}
_MOSTLY = 0.9
_WIDE = 3  # columns a sample: among twice as many attention finds a product of two in 300 samples, among 3.3 not
_LOOKED_AT = 500
_DIGITS = 1e-12  # of the information, a difference of entropies
_MARGIN_ULPS = 64  # differences of means in [0, 1]: exchangeable columns of full factorial designs were up to 6 apart
_STORED_PRODUCTS = 2**25


@dataclass(frozen=True)
class Elimination:
    """Everything that turns a table and a target into an order of the columns; `RecursiveElimination` explains it."""

    kernel: str
    metric: str
    scaling: str
    regularization: float
    bandwidth: float
    drop: float
    n_screened: int
    bins: int
    information_power: float
    relief_power: float
    temperature: float
    part_size: int
    n_starts: int

    def __call__(self, X: np.ndarray, target: Target, weights: np.ndarray, among: Choices) -> np.ndarray:
        """The columns of X, none of them constant, from best to worst."""
        X, target, weights = _joined(X, target, weights)
        places = as_table(X, weights).positions()
        Z = normal_scores(places) if self.scaling == "normal-scores" else _standardized(X, weights)
        first = leaders(as_table(Z.T).originals(), among.precedence)
        distinct = np.flatnonzero(first == np.arange(len(first)))
        those = among.of(distinct)
        information = self._information(places[distinct], target, weights, those.n_groups)
        enters, order = self._screen(information, those)
        entered = distinct[enters]
        parts = self._parts(places, target)
        if self.metric == "l1":
            prior, model = np.ones(len(entered)), self._learned(Z[entered], target, weights, parts)
        else:
            prior = information[enters] ** self.information_power
            prior *= self._closeness(X[:, entered], target, weights, parts)
            model = self._ridge(Z[entered], target, weights, parts)
        best = eliminate(model, prior, self.drop, those.of(enters))
        return with_copies(np.concatenate([entered[best], distinct[order]]), first, among.group)

    def _information(self, places: np.ndarray, target: Target, weights: np.ndarray, n_groups: int) -> np.ndarray:
        """What each column says about the target by itself, none of it less than chance might."""
        if (self.information_power == 0 or self.metric == "l1") and self.n_screened >= n_groups:
            return np.ones(len(places))
        information, by_chance = binned_information(places, target.outputs, weights, self.bins)
        return np.maximum(settle_within(information, _DIGITS)[0], by_chance)

    def _screen(self, information: np.ndarray, among: Choices) -> tuple[np.ndarray, np.ndarray]:
        """The columns that enter, and the others from best to worst: groups go by the mean of their information."""
        everything, eps = np.ones(len(information), dtype=bool), float(np.finfo(np.float64).eps)
        passes = among.select(information, everything, eps, self.n_screened, None, automatic=False)
        order = np.argsort(among.rank(information, everything, eps))
        return np.flatnonzero(passes), order[~passes[order]]

    def _parts(self, places: np.ndarray, target: Target) -> list[np.ndarray]:
        """Samples of each part: all of them, or where there are twice as many or more at least `part_size`."""
        n_parts = max(1, places.shape[1] // self.part_size)
        return deal(places, target.outputs[0], n_parts) if n_parts > 1 else [np.arange(places.shape[1])]

    def _ridge(self, Z: np.ndarray, target: Target, weights: np.ndarray, parts: list[np.ndarray]) -> RowModel:
        if self.kernel == "linear":
            return LinearRidge(Z, target.values, weights, self.regularization)
        stored = sum(len(part) ** 2 for part in parts) <= _STORED_PRODUCTS

        def model(part: np.ndarray) -> RowModel:
            w, Y = weights[part], target.values[part]
            settings = (self.regularization, self.bandwidth, stored)
            return AttentionRidge(Z.take(part, axis=1), Y - w @ Y / w.sum(), w, *settings)

        return model(parts[0]) if len(parts) == 1 else PooledRidge([model(part) for part in parts])

    def _learned(self, Z: np.ndarray, target: Target, weights: np.ndarray, parts: list[np.ndarray]) -> RowModel:
        outputs = [_of_unit_variance(output, weights) for output in target.outputs]
        objective = LeftOut(Z.astype(np.float64), outputs, weights, parts)
        return LearnedAttention(objective, self.regularization, self.n_starts)

    def _closeness(self, X: np.ndarray, target: Target, weights: np.ndarray, parts: list[np.ndarray]) -> np.ndarray:
        """How much closer samples lie to their own class than to others, to the power."""
        if self.relief_power == 0:
            return np.ones(X.shape[1])

        def margins(part: np.ndarray) -> np.ndarray:
            outputs, w = [output[part] for output in target.outputs], weights[part]
            return relief_margins(X[part], outputs, w, self.temperature) * (w.sum() / weights.sum())

        resolution = _MARGIN_ULPS * len(target.outputs) * float(np.finfo(np.float64).eps)
        joined = settle_within(over_parts(margins, parts), resolution)[0]
        return np.asarray(np.maximum(joined, 0) ** self.relief_power)


def _joined(X: np.ndarray, target: Target, weights: np.ndarray) -> tuple[np.ndarray, Target, np.ndarray]:
    """The samples in an order that does not depend on where they stand, equal ones as one that counts more often."""
    order, starts = distinct(X, target.outputs)
    first = order[starts]
    counts = np.add.reduceat(weights[order], starts)
    joined = replace(target, outputs=[output[first] for output in target.outputs], weights=counts)
    return X[first], joined, counts


def _of_unit_variance(output: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Numbers with mean 0 and variance 1; class codes as they are."""
    return _standardized(output[:, np.newaxis], weights)[0] if output.dtype.kind == "f" else output


def _standardized(X: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Columns as rows with weighted mean 0 and variance 1."""
    shares = weights / weights.sum()
    Z = X.T.astype(np.float64)
    Z /= np.maximum(np.abs(Z).max(axis=1, keepdims=True), np.finfo(np.float64).tiny)  # squares of huge numbers overflow
    for _ in range(2):  # the first mean is round-off away from the true one
        Z -= (Z @ shares)[:, np.newaxis]
    Z /= np.sqrt(np.square(Z) @ shares)[:, np.newaxis]
    return Z.astype(X.dtype)


def holds_few(n_features: int, target: Target) -> bool:
    """Whether samples with numbers as targets are too few for distances: less than a third of the columns."""
    return target.is_numeric and n_features > _WIDE * float(target.weights.sum())


def holds_counts(X: np.ndarray, weights: np.ndarray) -> bool:
    """Whether most columns hold one value in most samples, as counts of words do: seen on up to 500 columns."""
    seen = X[:, np.linspace(0, X.shape[1] - 1, min(X.shape[1], _LOOKED_AT)).astype(np.intp)]
    commonest = [np.bincount(np.unique(column, return_inverse=True)[1], weights).max() for column in seen.T]
    return bool(np.median(commonest) > _MOSTLY * weights.sum())
