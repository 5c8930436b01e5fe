"""Recursive elimination from the table to the order of its columns."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel._columns import normal_scores, positions
from infsel.eliminations._attention import AttentionRidge
from infsel.eliminations._copies import first_copies
from infsel.eliminations._landmarks import LandmarkRidge, spread_rows
from infsel.eliminations._linear import LinearRidge
from infsel.eliminations._rounds import RowRidge, eliminate
from infsel.eliminations._screen import binned_information
from infsel.eliminations._targets import Target
from infsel.relevances import relief_margins

KERNELS = {"attention": 3.0, "linear": 10.0}  # and the regularization that serves each
SCALINGS = ("normal-scores", "standard")


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
    relief_power: float
    temperature: float
    n_landmarks: int

    def __call__(self, X: np.ndarray, target: Target, weights: np.ndarray) -> np.ndarray:
        """The columns of X, none of them constant, from best to worst."""
        places = positions(X, weights)
        first = first_copies(places - places.dtype.type(0.5))
        originals = np.flatnonzero(first == np.arange(len(first)))
        kept, rest = self._screen(originals, places, target, weights)
        order = kept[self._eliminated(X[:, kept], places[kept], target, weights)]
        distinct = np.concatenate([order, rest])
        rank = np.empty(len(first), dtype=np.intp)
        rank[distinct] = np.arange(len(distinct))
        copies = np.flatnonzero(first != np.arange(len(first)))
        return np.concatenate([distinct, copies[np.argsort(rank[first[copies]], kind="stable")]])

    def _screen(
        self, columns: np.ndarray, places: np.ndarray, target: Target, weights: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """The columns that say most about the target by themselves, in column order, and the others from the best."""
        if len(columns) <= self.n_screened:
            return columns, columns[:0]
        information = binned_information(places[columns], target.outputs, weights, self.bins)
        descending = np.argsort(-np.round(information, 12), kind="stable")
        return np.sort(columns[descending[: self.n_screened]]), columns[descending[self.n_screened :]]

    def _eliminated(self, X: np.ndarray, places: np.ndarray, target: Target, weights: np.ndarray) -> np.ndarray:
        landmarks = self._landmarks(target)
        Z = normal_scores(places) if self.scaling == "normal-scores" else _standardized(X, weights)
        return eliminate(
            self._ridge(Z, target, weights, landmarks), self._prior(X, target, weights, landmarks), self.drop
        )

    def _landmarks(self, target: Target) -> np.ndarray | None:
        """Some samples that stand for all, if there are more than twice as many."""
        n_samples = len(target.values)
        return spread_rows(target.outputs[0], self.n_landmarks) if n_samples > 2 * self.n_landmarks else None

    def _ridge(self, Z: np.ndarray, target: Target, weights: np.ndarray, landmarks: np.ndarray | None) -> RowRidge:
        if self.kernel == "linear":
            return LinearRidge(Z, target.values, weights, self.regularization)
        settings = (Z, target.values, weights, self.regularization, self.bandwidth)
        return AttentionRidge(*settings) if landmarks is None else LandmarkRidge(*settings, landmarks)

    def _prior(self, X: np.ndarray, target: Target, weights: np.ndarray, landmarks: Any) -> np.ndarray:
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
