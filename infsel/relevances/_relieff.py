"""Relevance by margins: how much farther a feature sees a sample from other classes than from its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any, ClassVar

import numpy as np
from scipy.spatial.distance import pdist, squareform

from infsel._columns import varying
from infsel._kernels import add_weighted_distances
from infsel._threads import in_threads
from infsel.relevances._base import Relevance
from infsel.relevances._labels import classes_of

_COLUMNS = 256  # that a thread compares before it asks for more


@dataclass
class ReliefF(Relevance):
    """Mean margin of each feature to the nearest samples of each class, in [-1, 1]; 0 for a constant column.

    W_f = mean_i [ sum_{c != c_i} pi_c / (1 - pi_{c_i}) mean_{m in M_c(i)} |x_if - x_mf| - mean_{h in H(i)} |x_if -
    x_hf| ] on columns scaled to [0, 1]. H(i) holds the `n_neighbors` nearest samples of the class of i, M_c(i) those of
    class c, by the sum of the distances along all columns; a class with fewer samples gives all it has.

    Parameters
    ----------
    n_neighbors : int >= 1, default=10
        Samples of each class that a sample is compared with.

    References
    ----------
    Kononenko (1994). Estimating Attributes: Analysis and Extensions of RELIEF. ECML.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[0.0, 3.0, 1.0], [1.0, 1.0, 1.0], [9.0, 2.0, 1.0], [10.0, 2.0, 1.0]])
    >>> ReliefF(n_neighbors=1)(X, ["a", "a", "b", "b"]).round(3).tolist()
    [0.75, 0.0, 0.0]
    """

    separable: ClassVar[bool] = False
    cancels: ClassVar[float] = 1.0
    weighted: ClassVar[bool] = True
    classes_only: ClassVar[bool] = True
    n_neighbors: int = 10

    def __call__(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        k = self.n_neighbors
        if not isinstance(k, Integral) or isinstance(k, bool) or k < 1:
            raise ValueError(f"n_neighbors={k!r}: choose a whole number from 1 up.")
        scaled, alive, codes, weights = _prepared(X, y, sample_weight)
        D = squareform(pdist(scaled, "cityblock"))
        attention = np.zeros_like(D)
        for members, multiplicity, share in _comparisons(codes, weights):
            attention[:, members] += share[:, np.newaxis] * _nearest(D[:, members], multiplicity, int(k))
        return _spread(_margins(scaled, attention, weights), alive)


@dataclass
class IteratedRelief(Relevance):
    """Margins to softly chosen neighbors, in distances weighted by the margins of the round before.

    As `ReliefF`, but every sample of a class is a neighbor, with a weight proportional to exp(-d / sigma), where d is
    the distance with feature f weighted by W_f and sigma the temperature times the standard deviation of these
    distances; negative margins weigh 0 there. Rounds end when the weights settle.

    Parameters
    ----------
    temperature : float > 0, default=0.5
        Width of the kernel in standard deviations of the distances: low values look at the nearest samples only.
    max_iter : int >= 1, default=10
        Most rounds; one is soft Relief.
    tol : float >= 0, default=0.001
        Change of the weights, relative to their norm, at which the rounds end.

    References
    ----------
    Sun (2007). Iterative RELIEF for Feature Weighting: Algorithms, Theories, and Applications. IEEE TPAMI 29.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[0.0, 3.0, 1.0], [1.0, 1.0, 1.0], [9.0, 2.0, 1.0], [10.0, 2.0, 1.0]])
    >>> IteratedRelief()(X, ["a", "a", "b", "b"]).round(3).tolist()
    [0.787, 0.0, 0.0]
    """

    separable: ClassVar[bool] = False
    cancels: ClassVar[float] = 1.0
    weighted: ClassVar[bool] = True
    classes_only: ClassVar[bool] = True
    temperature: float = 0.5
    max_iter: int = 10
    tol: float = 1e-3

    def __call__(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        if not isinstance(self.temperature, Real) or not 0 < self.temperature < np.inf:
            raise ValueError(f"temperature={self.temperature!r}: choose a finite number above 0.")
        if not isinstance(self.max_iter, Integral) or self.max_iter < 1:
            raise ValueError(f"max_iter={self.max_iter!r}: choose a whole number from 1 up.")
        scaled, alive, codes, weights = _prepared(X, y, sample_weight)
        importance = np.full(scaled.shape[1], scaled.shape[1] ** -0.5)
        for _ in range(self.max_iter):
            margins = self._round(scaled, codes, weights, importance)
            norm = np.linalg.norm(np.maximum(margins, 0))
            before, importance = importance, np.maximum(margins, 0) / (norm or 1)
            if norm == 0 or np.linalg.norm(importance - before) <= self.tol:
                break
        return _spread(margins, alive)

    def _round(self, scaled: np.ndarray, codes: np.ndarray, weights: np.ndarray, importance: np.ndarray) -> np.ndarray:
        used = importance > 0
        table = scaled[:, used] * importance[used]
        D = squareform(pdist(table, "cityblock"))
        width = self.temperature * _deviation(D, weights)
        attention = np.zeros_like(D)
        for members, multiplicity, share in _comparisons(codes, weights):
            attention[:, members] += share[:, np.newaxis] * _softmax(-D[:, members] / width, multiplicity)
        return _margins(scaled, attention, weights)


def _prepared(X: np.ndarray, y: Any, sample_weight: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The varying columns scaled to [0, 1], which columns those are, the class codes and the weights."""
    codes = classes_of(y)[1]
    alive = varying(X)
    scaled = X[:, alive].astype(np.float64) / 2  # halves, because high - low of the largest numbers overflows
    scaled -= scaled.min(axis=0)
    scaled /= scaled.max(axis=0)
    return scaled, alive, codes, np.ones(len(X)) if sample_weight is None else np.asarray(sample_weight, np.float64)


def _comparisons(codes: np.ndarray, weights: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """For each class its members, how often each sample meets each of them, and the sign and share of the class."""
    shares = np.bincount(codes, weights) / weights.sum()
    for k in range(len(shares)):
        members = np.flatnonzero(codes == k)
        multiplicity = np.tile(weights[members], (len(codes), 1))
        multiplicity[members, np.arange(len(members))] = np.maximum(weights[members] - 1, 0)  # not with itself
        yield members, multiplicity, np.where(codes == k, -1, shares[k] / (1 - shares[codes]))


def _nearest(D: np.ndarray, multiplicity: np.ndarray, k: int) -> np.ndarray:
    """Equal weights for the k nearest, which sum to 1; 0 where there is nobody to meet."""
    order = np.argsort(D, axis=1, kind="stable")
    met = np.take_along_axis(multiplicity, order, axis=1)
    taken = np.empty_like(met)
    np.put_along_axis(taken, order, np.clip(k - (met.cumsum(axis=1) - met), 0, met), axis=1)
    return _distribution(taken)


def _softmax(logits: np.ndarray, multiplicity: np.ndarray) -> np.ndarray:
    met = np.where(multiplicity > 0, logits, -np.inf)
    highest = met.max(axis=1, keepdims=True)
    return _distribution(multiplicity * np.exp(met - np.where(np.isfinite(highest), highest, 0)))


def _distribution(rows: np.ndarray) -> np.ndarray:
    totals = rows.sum(axis=1, keepdims=True)
    return np.divide(rows, totals, out=np.zeros_like(rows), where=totals > 0)


def _deviation(D: np.ndarray, weights: np.ndarray) -> float:
    """Standard deviation of the distances between different samples."""
    pairs = np.outer(weights, weights)
    np.fill_diagonal(pairs, weights * np.maximum(weights - 1, 0))
    mean = np.average(D, weights=pairs)
    return max(float(np.sqrt(np.average(np.square(D - mean), weights=pairs))), np.finfo(np.float64).tiny)


def _margins(scaled: np.ndarray, attention: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Mean over the samples of the distances along each feature that they attend to."""
    A = attention * (weights / weights.sum())[:, np.newaxis]
    A += A.T.copy()  # a distance is the same both ways
    margins = np.zeros(scaled.shape[1])

    def share(starts: Iterable[int]) -> None:
        for start in starts:
            where = slice(start, start + _COLUMNS)
            add_weighted_distances(np.ascontiguousarray(scaled[:, where]), A, margins[where])

    in_threads(share, range(0, scaled.shape[1], _COLUMNS), 4)
    return margins


def _spread(margins: np.ndarray, alive: np.ndarray) -> np.ndarray:
    result = np.zeros(len(alive))
    result[alive] = margins
    return result
