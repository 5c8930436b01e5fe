"""Relevance by what transport between classes moves beyond what single columns explain."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any, ClassVar

import numpy as np

from infsel._runtime.memory import allocate
from infsel._runtime.ranges import Count, Number, parameter
from infsel.relevances._base import Relevance
from infsel.tables import as_table, differ
from infsel.targets import classes_of


@dataclass
class MongeGap(Relevance):
    """How much farther transport between classes moves a column than the column by itself would have to.

    An entropic plan T moves the samples of one class to those of another, by squared distances over all columns in
    units of their standard deviations. It moves column f by D_f = sum_ij T_ij (x_if - x'_jf)^2. Less what plans inside
    each class move it on the mean, and less what its own values need at least, the squared Wasserstein distance of
    order 2, there remains what only other columns explain: an interaction. The largest number over the pairs of classes
    counts. It is about 0 for noise and may be negative, also for a column that acts by itself: this is no relevance of
    single columns. The plan looks at all columns, so that many that say nothing drown an interaction: 60 columns of 200
    samples are fine, a thousand are not.

    Memory is n_samples^2, time O(n_samples^2 n_features).

    Parameters
    ----------
    temperature : float > 0, default=0.05
        Strength of the entropy, in units of the median cost.
    n_passes : int >= 1, default=1
        How often rows and columns of the plan are scaled to their shares. A single pass leaves some samples to be the
        target of more than their share, as attention does; more passes were no better.

    References
    ----------
    Cuturi (2013). Sinkhorn distances: lightspeed computation of optimal transport. NeurIPS.
    Uscidda, Cuturi (2023). The Monge gap: a regularizer to learn all transport maps. ICML.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.random.default_rng(0).standard_normal((200, 5))
    >>> sorted(MongeGap()(X, X[:, 1] * X[:, 3] > 0).argsort()[-2:].tolist())
    [1, 3]
    """

    separable: ClassVar[bool] = False
    cancels: ClassVar[float] = 4.0
    classes_only: ClassVar[bool] = True

    temperature: float = parameter(Number(low=0), 0.05)
    n_passes: int = parameter(Count(), 1)

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        classes, codes = classes_of(y)
        varies = differ(X.min(axis=0), X.max(axis=0), X.dtype)
        Z = X.astype(np.float64)[:, varies]
        Z -= Z.mean(axis=0)
        Z /= np.asarray(as_table(Z).standard_deviation())
        parts = [Z[codes == k] for k in range(len(classes))]
        gaps = [self._gap(first, second) for first, second in combinations(parts, 2)]
        result = np.zeros(X.shape[1])
        result[varies] = np.max(gaps, axis=0)
        return result

    def _gap(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        cost = _costs(first, second)
        width = self.temperature * max(float(np.median(cost)), np.finfo(np.float64).tiny)
        between = self._moved(first, second, cost, width)
        alone = [self._moved(part, part, _apart(part), width) for part in (first, second) if len(part) > 1]
        within = np.mean(alone, axis=0) if alone else 0.0
        return np.asarray(between - within - squared_distances_of_order_2(first, second))

    def _moved(self, first: np.ndarray, second: np.ndarray, cost: np.ndarray, width: float) -> np.ndarray:
        """How far the plan moves each column."""
        T = cost / -width
        T -= T.max(axis=1, keepdims=True)
        np.exp(T, out=T)
        for _ in range(self.n_passes):
            T /= np.maximum(T.sum(axis=0), np.finfo(np.float64).tiny) * T.shape[1]
            T /= T.sum(axis=1, keepdims=True) * T.shape[0]
        arrives = T.sum(axis=0) @ np.square(second)
        leaves = T.sum(axis=1) @ np.square(first)
        return np.asarray(leaves + arrives - 2 * np.einsum("ij,ij->j", first, T @ second))


def squared_distances_of_order_2(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The squared Wasserstein distance of order 2 between two samples of each column: quantile against quantile."""
    n, m = len(first), len(second)
    levels = np.union1d(np.arange(1, n + 1) * m, np.arange(1, m + 1) * n)  # times n m, so that they are whole
    widths = np.diff(levels, prepend=0) / (n * m)
    one, other = np.sort(first, axis=0)[(levels - 1) // m], np.sort(second, axis=0)[(levels - 1) // n]
    return np.asarray(widths @ np.square(one - other))


def _costs(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Squared distances between rows."""
    remedy = "pass fewer rows, or use 'wasserstein', which looks at one column after the other"
    cost = allocate((len(first), len(second)), np.dtype(np.float64), "the plan between two classes", remedy)
    np.matmul(first, second.T, out=cost)
    cost *= -2
    cost += np.square(first).sum(axis=1)[:, np.newaxis]
    cost += np.square(second).sum(axis=1)
    return np.maximum(cost, 0, out=cost)


def _apart(part: np.ndarray) -> np.ndarray:
    """The same within a class, where no sample stays where it is."""
    cost = _costs(part, part)
    np.fill_diagonal(cost, np.inf)
    return cost
