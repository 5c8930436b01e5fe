"""Relevance by margins: how much farther a feature sees a sample from other classes than from its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from infsel._runtime.ranges import Count, Number, parameter
from infsel.relevances._differences import ByDifferences, Parts, in_order
from infsel.relevances._rrelieff import RReliefF
from infsel.statistics import ClassNeighbors, counts_of, nearest_samples, sample_distances, soft_margins
from infsel.targets import classes_of, output_of


@dataclass
class ReliefF(ByDifferences):
    """Mean margin of each feature to the nearest samples of each class, in [-1, 1]; 0 for a constant column.

    W_f = mean_i [ sum_{c != c_i} pi_c / (1 - pi_{c_i}) mean_{m in M_c(i)} |x_if - x_mf| - mean_{h in H(i)} |x_if -
    x_hf| ] on columns scaled to [0, 1]. H(i) holds the `n_neighbors` nearest samples of the class of i, M_c(i) those of
    class c, by the sum of the distances along all columns; a class with fewer samples gives all it has. Samples as far
    as the last of them share the places that nearer ones leave, which is the mean over the orders of the samples.

    Of a target of numbers it is `RReliefF`. Two labels of a column differ by 1; a gap lies at the mean of its column,
    and so differs from a label by how likely another one has.

    Time O(n_samples^2 n_features); memory grows with n_samples, not with its square.

    Parameters
    ----------
    n_neighbors : int >= 1, default=10
        Samples of each class that a sample is compared with, or of all where the target holds numbers.

    References
    ----------
    Kononenko (1994). Estimating Attributes: Analysis and Extensions of RELIEF. ECML.
    Robnik-Sikonja, Kononenko (2003). Theoretical and empirical analysis of ReliefF and RReliefF. Machine Learning 53.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[0.0, 3.0, 1.0], [1.0, 1.0, 1.0], [9.0, 2.0, 1.0], [10.0, 2.0, 1.0]])
    >>> ReliefF(n_neighbors=1)(X, ["a", "a", "b", "b"]).round(3).tolist()
    [0.75, 0.0, 0.0]
    """

    n_neighbors: int = parameter(Count(), 10)

    def _differ(self, X: Any, y: Any, sample_weight: Any, parts: Parts) -> np.ndarray:
        output = output_of(y, sample_weight)
        if output.dtype.kind == "f":
            return RReliefF(self.n_neighbors)._differ(X, y, sample_weight, parts)
        codes, weights, order = _sorted(output, sample_weight)
        neighbors = ClassNeighbors(codes, weights, balanced=False)
        nearest = nearest_samples(in_order(X, order), weights, self.n_neighbors, parts.ranges)
        misses, hits = nearest.differences(neighbors.classes, codes)[0]
        return misses + hits


@dataclass
class IteratedRelief(ByDifferences):
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

    classes_only: ClassVar[bool] = True
    temperature: float = parameter(Number(low=0), 0.5)
    max_iter: int = parameter(Count(), 10)
    tol: float = parameter(Number(low=0, closed=True), 1e-3)

    def _differ(self, X: Any, y: Any, sample_weight: Any, parts: Parts) -> np.ndarray:
        codes, weights, order = _sorted(classes_of(y, sample_weight)[1], sample_weight)
        distances = sample_distances(in_order(X, order), weights, parts.ranges)
        neighbors = ClassNeighbors(codes, weights, balanced=False)
        alive, owner = np.unique(parts.of[distances.alive], return_inverse=True)
        importance = _unit(np.ones(len(alive)))
        for _ in range(self.max_iter):
            margins = soft_margins(distances.weighed(importance[owner]), [neighbors], self.temperature)
            together = np.bincount(parts.of, margins)[alive]
            before, importance = importance, _unit(np.maximum(together, 0))
            if not importance.any() or np.linalg.norm(importance - before) <= self.tol:
                break
        return margins


def _sorted(codes: np.ndarray, sample_weight: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Class codes and weights in the order of the classes, each of which is then a slice, and that order."""
    order = np.argsort(codes, kind="stable")
    return codes[order], counts_of(sample_weight, len(codes))[order], order


def _unit(importance: np.ndarray) -> np.ndarray:
    """The vector of norm 1, or of zeros."""
    return importance / (np.linalg.norm(importance) or 1)
