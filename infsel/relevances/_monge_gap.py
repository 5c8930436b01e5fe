"""Relevance by what transport between classes moves beyond what single columns explain."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any, ClassVar

import numpy as np

from infsel._runtime.memory import allocate
from infsel._runtime.ranges import Count, Number, parameter
from infsel.embeddings import inner, joined
from infsel.relevances._base import Relevance
from infsel.tables import Table, as_table
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
        Strength of the entropy, in units of the median cost, or of the mean where that is 0.
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
    takes_tables: ClassVar[bool] = True
    classes_only: ClassVar[bool] = True

    temperature: float = parameter(Number(low=0), 0.05)
    n_passes: int = parameter(Count(), 1)

    def rate(self, X: Any, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        table, (classes, codes) = as_table(X), classes_of(y)
        Z, varies = table.rows_by_blocks(_standardized, np.float64), table.varying()
        cost, members = _costs(Z), [np.flatnonzero(codes == k) for k in range(len(classes))]
        gaps = [joined(_gaps, Z, *self._plans(cost, *pair)) for pair in combinations(members, 2)]
        return np.where(varies, np.max(gaps, axis=0), 0)

    def _plans(self, cost: np.ndarray, *members: np.ndarray) -> tuple[tuple[np.ndarray, np.ndarray], list[Any]]:
        """The samples of two classes, and where plans from one to the other and inside each of them move these."""
        first, second = members
        between = cost[np.ix_(first, second)]
        width = self.temperature * (float(np.median(between)) or float(between.mean()) or 1.0)
        alone = [(part, part, self._plan(_apart(cost, part), width)) for part in members if len(part) > 1]
        return (first, second), [(first, second, self._plan(between, width)), *alone]

    def _plan(self, cost: np.ndarray, width: float) -> np.ndarray:
        T = cost / -width
        T -= T.max(axis=1, keepdims=True)
        np.exp(T, out=T)
        for _ in range(self.n_passes):
            T /= np.maximum(T.sum(axis=0), np.finfo(np.float64).tiny) * T.shape[1]
            T /= T.sum(axis=1, keepdims=True) * T.shape[0]
        return np.asarray(T)


def _standardized(table: Table) -> np.ndarray:
    """Columns as rows of mean 0 and standard deviation 1 in double precision, of zeros if they do not vary."""
    varies, rows = table.varying(), np.zeros(table.shape[::-1])
    rows[varies] = as_table(table.to_dense()[:, varies].astype(np.float64)).standardized()
    return rows


def _gaps(Z: np.ndarray, members: tuple[np.ndarray, np.ndarray], plans: list[Any]) -> np.ndarray:
    """How much farther the first plan moves each column than those inside the classes do, and than it would have to."""
    between, *alone = (_moved(Z[:, first].T, Z[:, second].T, T) for first, second, T in plans)
    within = np.mean(alone, axis=0) if alone else 0.0
    first, second = (Z[:, part].T for part in members)
    return np.asarray(between - within - squared_distances_of_order_2(first, second))


def _moved(first: np.ndarray, second: np.ndarray, T: np.ndarray) -> np.ndarray:
    """How far the plan moves each column."""
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


def _costs(Z: Any) -> np.ndarray:
    """Squared distances between all samples."""
    remedy = "pass fewer rows, or use 'wasserstein', which looks at one column after the other"
    cost = allocate((Z.shape[1], Z.shape[1]), np.dtype(np.float64), "the plans between classes", remedy)
    cost[:] = inner(Z)
    squares = cost.diagonal().copy()
    cost *= -2
    cost += squares[:, np.newaxis]
    cost += squares
    return np.maximum(cost, 0, out=cost)


def _apart(cost: np.ndarray, part: np.ndarray) -> np.ndarray:
    """Those within a class, where no sample stays where it is."""
    within = cost[np.ix_(part, part)]
    np.fill_diagonal(within, np.inf)
    return within
