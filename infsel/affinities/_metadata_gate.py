"""A gate made of what is known about columns, with weights that the target teaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel._runtime.ranges import Count, Number, Object, Part, parameter, required
from infsel.affinities._ascent import ascend
from infsel.affinities._base import Affinity, Learned
from infsel.affinities._metadata import Weights, checked_weights, metadata_of, shown
from infsel.affinities._rows import require_nonnegative
from infsel.operators import DiagonalScaled, FeatureOperator
from infsel.relevances import CrossFitted, cross_fitted
from infsel.tables import Table

_DIGITS = 3
_LEAST = -300.0  # logits, below which 1 / (A g) could overflow


@dataclass(eq=False)
class MetadataGate(Learned):
    """A_ij exp(h_j . v): neighbors of which the metadata h promise little get little attention.

    With ``normalization="row"`` it is the part of a graph attention network that changes a ranking: logits that add a
    query's and a key's share rank all keys alike for every query, so that only the key's counts. The weights v are
    learned as those of a `Mixture`: what one hop gathers of the relevance on one half of the rows, s = D^-1 A_v r,
    correlates as well as possible with the relevance on the other half, less l2 |v|^2. It sees y.

    Parameters
    ----------
    affinity : Affinity
        Without negative entries, such as a graph of neighbors.
    metadata : array-like of shape (n_features,) or (n_features, d), data frame, or callable
        Numbers in the order of the columns, a frame with their names as its index, or a callable that makes either from
        (X, y), such as the share of missing
        values or the reliability of a sensor. Standardized over the features.
    weights : "learned" or array-like of shape (d,), default="learned"
        v, one number for each column of the standardized metadata.
    relevance : str, relevance or callable, default="pearson"
        What each feature is worth to the target, as the ``start`` of `InfFS`.
    n_splits : int, default=8
        How many splits of the rows into halves.
    l2 : float >= 0, default=1e-2
        Penalty on v.
    random_state : int, default=0
        Draws the splits.

    References
    ----------
    Velickovic et al. (2018). Graph Attention Networks. ICLR.
    Brody, Alon, Yahav (2022). How Attentive are Graph Attention Networks? ICLR.

    Examples
    --------
    >>> import numpy as np
    >>> from infsel.affinities import Given
    >>> noise = np.array([0.0, 2.0, 1.0])  # of three sensors, standardized to -1.22, 1.22 and 0
    >>> MetadataGate(Given(np.ones((3, 3))), noise, weights=[-1.0])(np.eye(3)).rows(slice(0, 1)).round(2)
    array([[3.4 , 0.29, 1.  ]])
    """

    affinity: Affinity = required(Part(Affinity))
    metadata: Any = required(Object("pass one row of numbers for each column of X"))
    weights: Any = parameter(Weights(), "learned")
    relevance: Any = "pearson"
    n_splits: int = parameter(Count(), 8)
    l2: float = parameter(Number(low=0, closed=True), 1e-2)
    random_state: int = parameter(Count(least=0), 0)

    @property
    def placed(self) -> bool:
        return True

    @property
    def reads(self) -> frozenset[str]:
        fixed = not (isinstance(self.weights, str) or callable(self.metadata))
        return self.affinity.reads if fixed else super().reads

    def __repr__(self) -> str:
        weights = "" if isinstance(self.weights, str) else f", weights={np.asarray(self.weights).tolist()}"
        return f"MetadataGate({self.affinity!r}, {shown(self.metadata)}{weights})"

    def resolve(self, columns: np.ndarray, table: Table, y: Any = None) -> Affinity:
        """The gate with its weights.

        Raises
        ------
        ValueError
            If the affinity has negative entries, there is no target, or there are too few rows for halves.
        """
        affinity = self.affinity.resolve(columns, table, y)
        weights = self.weights
        if isinstance(weights, str):
            H = metadata_of(self.metadata, columns, table, y, "MetadataGate.metadata")
            A = affinity.among(columns, table, y)
            require_nonnegative(A, affinity, "learned gates")
            part = table.columns(columns)
            rated = cross_fitted(
                self.relevance, part, y, n_splits=self.n_splits, random_state=self.random_state, name="relevance"
            ).by_precision()
            v = ascend(lambda v: gathered(v, A, H, rated, self.l2), np.zeros(H.shape[1]), "a gate")
            weights = tuple(np.round(v, _DIGITS).tolist())
        return MetadataGate(affinity, self.metadata, weights, self.relevance, self.n_splits, self.l2, self.random_state)

    def among(self, columns: np.ndarray, table: Table, y: Any = None) -> FeatureOperator:
        if isinstance(self.weights, str):
            return super().among(columns, table, y)
        H = metadata_of(self.metadata, columns, table, y, "MetadataGate.metadata")
        v = checked_weights(self.weights, H.shape[1], "MetadataGate.weights")
        return DiagonalScaled(None, self.affinity.among(columns, table, y), np.exp(H @ v))


def gathered(
    v: np.ndarray, A: FeatureOperator, H: np.ndarray, rated: CrossFitted, l2: float
) -> tuple[float, np.ndarray]:
    """Agreement of s = A (g r) / A g, g = exp(H v), with the relevance held out, less l2 |v|^2; and its gradient."""
    logits = H @ v
    g = np.exp(np.maximum(logits - logits.max(), _LEAST))  # a factor cancels
    products = A.times(np.column_stack([g, g[:, np.newaxis] * rated.given]))
    sums = products[:, :1]
    inverse = np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0)
    scores = products[:, 1:] * inverse
    value, slope = rated.agreement(scores)
    by_sum = -(slope * scores).sum(axis=1, keepdims=True) * inverse
    returned = A.times(np.hstack([by_sum, slope * inverse]), transposed=True)
    by_gate = returned[:, 0] + (returned[:, 1:] * rated.given).sum(axis=1)
    return value - l2 * float(v @ v), H.T @ (g * by_gate) - 2 * l2 * v
