"""Recursive elimination from the table to the order of its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from infsel._columns import leaders, normal_scores, originals, positions, with_copies
from infsel.eliminations._attention import AttentionRidge
from infsel.eliminations._landmarks import LandmarkRidge, spread_rows
from infsel.eliminations._linear import LinearRidge
from infsel.eliminations._rounds import RowRidge, eliminate
from infsel.eliminations._screen import binned_information
from infsel.relevances import relief_margins
from infsel.targets import Target

if TYPE_CHECKING:
    from infsel.selection import Choices

KERNELS = ("auto", "attention", "linear")
SCALINGS = ("normal-scores", "standard")
REGULARIZATIONS = {"attention": 3.0, "linear": 10.0}
_MOSTLY = 0.9
_LOOKED_AT = 500


@dataclass(frozen=True)
class Elimination:
    """Everything that turns a table and a target into an order of the columns; `RecursiveElimination` explains it."""

    kernel: str
    scaling: str
    regularization: float
    bandwidth: float
    drop: float
    n_screened: int
    bins: int
    information_power: float
    relief_power: float
    temperature: float
    n_landmarks: int

    def __call__(self, X: np.ndarray, target: Target, weights: np.ndarray, among: Choices) -> np.ndarray:
        """The columns of X, none of them constant, from best to worst."""
        places = positions(X, weights)
        Z = normal_scores(places) if self.scaling == "normal-scores" else _standardized(X, weights)
        first = leaders(originals(Z.T), among.precedence)
        distinct = np.flatnonzero(first == np.arange(len(first)))
        those = among.of(distinct)
        information = self._information(places[distinct], target, weights, those.n_groups)
        enters, order = self._screen(information, those)
        entered = distinct[enters]
        best = self._eliminated(X[:, entered], Z[entered], information[enters], target, weights, those.of(enters))
        return with_copies(np.concatenate([entered[best], distinct[order]]), first, among.group)

    def _information(self, places: np.ndarray, target: Target, weights: np.ndarray, n_groups: int) -> np.ndarray:
        """What each column says about the target by itself, none of it less than chance might."""
        if self.information_power == 0 and self.n_screened >= n_groups:
            return np.ones(len(places))
        information, by_chance = binned_information(places, target.outputs, weights, self.bins)
        return np.maximum(np.round(information, 12), by_chance)

    def _screen(self, information: np.ndarray, among: Choices) -> tuple[np.ndarray, np.ndarray]:
        """The columns that enter, and the others from best to worst: groups go by the mean of their information."""
        everything, eps = np.ones(len(information), dtype=bool), float(np.finfo(np.float64).eps)
        passes = among.select(information, everything, eps, self.n_screened, None, automatic=False)
        order = np.argsort(among.rank(information, everything, eps))
        return np.flatnonzero(passes), order[~passes[order]]

    def _eliminated(
        self, X: np.ndarray, Z: np.ndarray, information: np.ndarray, target: Target, weights: np.ndarray, among: Choices
    ) -> np.ndarray:
        """The columns that entered, from best to worst."""
        landmarks = self._landmarks(target)
        prior = information**self.information_power * self._closeness(X, target, weights, landmarks)
        return eliminate(self._ridge(Z, target, weights, landmarks), prior, self.drop, among)

    def _landmarks(self, target: Target) -> np.ndarray | None:
        """Some samples that stand for all, if there are more than four times as many."""
        n_samples = len(target.values)
        return spread_rows(target.outputs[0], self.n_landmarks) if n_samples > 4 * self.n_landmarks else None

    def _ridge(self, Z: np.ndarray, target: Target, weights: np.ndarray, landmarks: np.ndarray | None) -> RowRidge:
        if self.kernel == "linear":
            return LinearRidge(Z, target.values, weights, self.regularization)
        settings = (Z, target.values, weights, self.regularization, self.bandwidth)
        return AttentionRidge(*settings) if landmarks is None else LandmarkRidge(*settings, landmarks)

    def _closeness(self, X: np.ndarray, target: Target, weights: np.ndarray, landmarks: Any) -> np.ndarray:
        """How much closer samples lie to their own class than to others, to the power."""
        if self.relief_power == 0:
            return np.ones(X.shape[1])
        some = slice(None) if landmarks is None else landmarks
        outputs = [output[some] for output in target.outputs]
        margins = relief_margins(X[some], outputs, weights[some], self.temperature)
        return np.maximum(margins, 0) ** self.relief_power


def _standardized(X: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Columns as rows with weighted mean 0 and variance 1."""
    shares = weights / weights.sum()
    Z = X.T.astype(np.float64)
    Z /= np.maximum(np.abs(Z).max(axis=1, keepdims=True), np.finfo(np.float64).tiny)  # squares of huge numbers overflow
    for _ in range(2):  # the first mean is round-off away from the true one
        Z -= (Z @ shares)[:, np.newaxis]
    Z /= np.sqrt(np.square(Z) @ shares)[:, np.newaxis]
    return Z.astype(X.dtype)


def holds_counts(X: np.ndarray, weights: np.ndarray) -> bool:
    """Whether most columns hold one value in most samples, as counts of words do: seen on up to 500 columns."""
    seen = X[:, np.linspace(0, X.shape[1] - 1, min(X.shape[1], _LOOKED_AT)).astype(np.intp)]
    commonest = [np.bincount(np.unique(column, return_inverse=True)[1], weights).max() for column in seen.T]
    return bool(np.median(commonest) > _MOSTLY * weights.sum())
