"""Attention between columns by what is known about them, with a learned diagonal projection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import softmax

from infsel._runtime.ranges import Count, Number, Object, parameter, required
from infsel.affinities._ascent import ascend
from infsel.affinities._base import Affinity
from infsel.affinities._metadata import Weights
from infsel.affinities._with_metadata import WithMetadata
from infsel.operators import FeatureOperator, Similarity
from infsel.relevances import CrossFitted
from infsel.tables import Table

_ENTRIES = 2**24  # of attention that are learned from


@dataclass(eq=False)
class MetadataAttention(WithMetadata):
    """(M W) (M W)^T / sqrt(d): logits of attention whose tokens are the metadata M of the columns, W diagonal.

    Columns attend to those that are described alike. Which columns of the metadata count, the weights on the diagonal
    of W say: they begin at 1 and are learned as those of a `Mixture`, so that one hop of attention, s = softmax(...) r,
    gathers from the relevance on one half of the rows what correlates best with that on the other half, less
    l2 |w - 1|^2. Use ``normalization=Softmax(exclude_self=True), n_hops=1, readout="attended"``. It sees y. Above 4,096
    columns the weights are learned from what a random part of them attends to.

    Parameters
    ----------
    metadata : array-like of shape (n_features,) or (n_features, d), data frame, or callable
        Numbers in the order of the columns, a frame with their names as its index, or a callable that makes either from
        (X, y). Standardized over the features.
    weights : "learned" or array-like of shape (d,), default="learned"
        The diagonal of W; ones leave attention untrained.
    relevance : str, relevance or callable, default="pearson"
        What each feature is worth to the target, as the ``start`` of `InfFS`.
    n_splits : int, default=8
        How many splits of the rows into halves.
    l2 : float >= 0, default=1e-3
        What draws the weights towards 1.
    random_state : int, default=0
        Draws the splits.

    References
    ----------
    Vaswani et al. (2017). Attention Is All You Need. NeurIPS.

    Examples
    --------
    >>> import numpy as np
    >>> wavelength = np.array([400.0, 410.0, 900.0])
    >>> MetadataAttention(wavelength, weights=[2.0])(np.eye(3)).to_dense().round(1)
    array([[ 2.1,  2. , -4.1],
           [ 2. ,  1.9, -3.9],
           [-4.1, -3.9,  8. ]])
    """

    metadata: Any = required(Object("pass one row of numbers for each column of X"))
    weights: Any = parameter(Weights(), "learned")
    relevance: Any = "pearson"
    n_splits: int = parameter(Count(), 8)
    l2: float = parameter(Number(low=0, closed=True), 1e-3)
    random_state: int = parameter(Count(least=0), 0)

    @property
    def reads(self) -> frozenset[str]:
        return super().reads if self.is_computed else frozenset()

    def __repr__(self) -> str:
        return f"MetadataAttention({self.told()})"

    def resolve(self, columns: np.ndarray, table: Table, y: Any = None) -> Affinity:
        """Attention with its weights.

        Raises
        ------
        ValueError
            If there is no target, or there are too few rows for halves.
        """
        if not self.is_open:
            return self
        M, rated = self.rows(columns, table, y), self.rated(columns, table, y)
        queries = np.arange(len(M))
        if len(M) ** 2 > _ENTRIES:
            rng = np.random.default_rng(self.random_state)
            queries = np.sort(rng.choice(len(M), max(2, _ENTRIES // len(M)), replace=False))
        w = ascend(lambda w: gathered(w, M, rated, queries, self.l2), np.ones(M.shape[1]), "attention")
        return self.closed(np.abs(w))

    def among(self, columns: np.ndarray, table: Table, y: Any = None) -> FeatureOperator:
        if self.is_open:
            return super().among(columns, table, y)
        M, w = self.weighed(columns, table, y)
        return Similarity(np.ascontiguousarray(M * w, dtype=table.dtype), 1 / np.sqrt(M.shape[1]))


def gathered(
    w: np.ndarray, M: np.ndarray, rated: CrossFitted, queries: np.ndarray, l2: float
) -> tuple[float, np.ndarray]:
    """Agreement of s = P r, P = softmax(M W^2 M^T / sqrt(d)) off the diagonal, with what is held out; and its gradient.

    With L the derivative by s, that by the logits is P (L r^T - rows of L s), and by w_k it is
    2 w_k / sqrt(d) sum_ij (...)_ij m_ik m_jk.
    """
    root, asked = np.sqrt(M.shape[1]), M[queries]
    logits = (asked * w**2) @ M.T / root
    logits[np.arange(len(queries)), queries] = -np.inf
    P = softmax(logits, axis=1)
    scores = P @ rated.given
    value, slope = rated.at(queries).agreement(scores)
    P *= slope @ rated.given.T - (slope * scores).sum(axis=1, keepdims=True)
    by_weight = 2 * w / root * (asked * (P @ M)).sum(axis=0)
    return value - l2 * float(np.square(w - 1).sum()), by_weight - 2 * l2 * (w - 1)
