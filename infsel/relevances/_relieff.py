"""Relevance by margins: how much farther a feature sees a sample from other classes than from its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from infsel._kernels import keep_nearest
from infsel._runtime.ranges import Count, Number, parameter
from infsel.relevances._base import Relevance
from infsel.statistics import ClassNeighbors, SampleDistances, counts_of, soft_margins
from infsel.targets import classes_of

_ULPS = 16


@dataclass
class ReliefF(Relevance):
    """Mean margin of each feature to the nearest samples of each class, in [-1, 1]; 0 for a constant column.

    W_f = mean_i [ sum_{c != c_i} pi_c / (1 - pi_{c_i}) mean_{m in M_c(i)} |x_if - x_mf| - mean_{h in H(i)} |x_if -
    x_hf| ] on columns scaled to [0, 1]. H(i) holds the `n_neighbors` nearest samples of the class of i, M_c(i) those of
    class c, by the sum of the distances along all columns; a class with fewer samples gives all it has. Samples as far
    as the last of them share the places that nearer ones leave, which is the mean over the orders of the samples.

    Time O(n_samples^2 n_features); memory grows with n_samples, not with its square.

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
    n_neighbors: int = parameter(Count(), 10)

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        distances, neighbors = _by_class(X, y, sample_weight)
        n = np.count_nonzero(distances.alive)
        equal = _ULPS * np.finfo(np.float64).eps * np.array([n, n**0.5])  # of the terms, and of their sum
        round_off, k = (equal[0], equal[1]), float(self.n_neighbors)

        def attend(D: np.ndarray, start: int) -> None:
            for members, first, share in neighbors.classes(start, len(D)):
                keep_nearest(D[:, members], distances.weights[members], start - first, k, round_off, share)

        return distances.margins(attend, few=True)


@dataclass
class IteratedRelief(Relevance):
    """Margins to softly chosen neighbors, in distances weighted by the margins of the round before.

    As `ReliefF`, but every sample of a class is a neighbor, with a weight proportional to exp(-d / sigma), where d is
    the distance with feature f weighted by W_f and sigma the temperature times the standard deviation of these
    distances; negative margins weigh 0 there. Rounds end when the weights settle. One round is `SoftRelief`, but for
    the classes: here they count by their shares of the samples, as in ReliefF, and there alike.

    Parameters
    ----------
    temperature : float > 0, default=0.5
        Width of the kernel in standard deviations of the distances: low values look at the nearest samples only.
    max_iter : int >= 1, default=10
        Most rounds.
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
    temperature: float = parameter(Number(low=0), 0.5)
    max_iter: int = parameter(Count(), 10)
    tol: float = parameter(Number(low=0, closed=True), 1e-3)

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        distances, neighbors = _by_class(X, y, sample_weight)
        importance = _unit(distances.alive[distances.alive])
        for _ in range(self.max_iter):
            margins = soft_margins(distances.weighed(importance), [neighbors], self.temperature)
            before, importance = importance, _unit(np.maximum(margins[distances.alive], 0))
            if not importance.any() or np.linalg.norm(importance - before) <= self.tol:
                break
        return margins


def _by_class(X: np.ndarray, y: Any, sample_weight: Any) -> tuple[SampleDistances, ClassNeighbors]:
    """The samples in the order of their classes, each of which is then a slice."""
    codes, weights = classes_of(y)[1], counts_of(sample_weight, len(X))
    order = np.argsort(codes, kind="stable")
    return SampleDistances(X[order], weights[order]), ClassNeighbors(codes[order], weights[order], balanced=False)


def _unit(importance: np.ndarray) -> np.ndarray:
    """The vector of norm 1, or of zeros."""
    return importance / (np.linalg.norm(importance) or 1)
