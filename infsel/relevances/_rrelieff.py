"""Relevance to numbers by how much a feature differs between near samples that differ in the target."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel._runtime.ranges import Count, parameter
from infsel.relevances._differences import ByDifferences, Parts
from infsel.statistics import counts_of, nearest_samples, unit_range
from infsel.targets import Read, numbers_of


@dataclass
class RReliefF(ByDifferences):
    """ReliefF for numbers: how much a feature differs between near samples that differ in the target, in [-1, 1].

    W_f = sum_ij d_ij |x_if - x_jf| / sum_ij d_ij - sum_ij (1 - d_ij) |x_if - x_jf| / sum_ij (1 - d_ij) on columns
    scaled to [0, 1], over the `n_neighbors` nearest samples j of each i by the sum of the distances along all columns,
    with d_ij = |y_i - y_j| on the target scaled to [0, 1]. The first quotient estimates how likely a near sample
    differs in the feature if it differs in the target, the second how likely if it does not; one is 0 where no near
    samples differ at all, or all do by the whole range. Near samples count alike, the constant influence of the paper.
    Those as far as the last of them share the places that nearer ones leave. A constant column gets 0.

    Time O(n_samples^2 n_features); memory grows with n_samples, not with its square.

    Parameters
    ----------
    n_neighbors : int >= 1, default=10
        Samples that a sample is compared with.

    References
    ----------
    Robnik-Sikonja, Kononenko (2003). Theoretical and empirical analysis of ReliefF and RReliefF. Machine Learning 53.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[0.0, 3.0, 1.0], [1.0, 1.0, 1.0], [9.0, 2.0, 1.0], [10.0, 2.0, 1.0]])
    >>> RReliefF(n_neighbors=2)(X, [0.0, 0.5, 4.0, 4.5]).round(3).tolist()
    [0.549, 0.0, 0.0]
    """

    n_neighbors: int = parameter(Count(), 10)

    def _differ(self, X: Any, y: Any, sample_weight: Any, parts: Parts) -> np.ndarray:
        if isinstance(y, Read) and y.dtype.kind != "f":
            raise ValueError(
                f"{self!r} compares numbers and y holds classes: use ReliefF, which takes both, or pass "
                "task='regression' if they are numbers."
            )
        target = unit_range(numbers_of(y, sample_weight)[:, np.newaxis])[:, 0]
        weights = counts_of(sample_weight, len(X))
        shares, everyone = weights / weights.sum(), slice(0, len(X))
        nearest = nearest_samples(X, weights, self.n_neighbors, parts.ranges)
        sums, totals = nearest.differences(lambda start, n: [(everyone, shares[start : start + n])], target)
        misses, hits = sums / np.where(totals > 0, totals, 1)[:, np.newaxis]
        return misses - hits
