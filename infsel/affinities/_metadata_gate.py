"""A gate made of what is known about columns, with weights that the target teaches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from infsel._runtime.ranges import Count, Number, Object, Part, parameter, required
from infsel.affinities._ascent import ascend
from infsel.affinities._base import Affinity
from infsel.affinities._metadata import Weights
from infsel.affinities._rows import require_nonnegative
from infsel.affinities._with_metadata import WithMetadata
from infsel.operators import DiagonalScaled, FeatureOperator
from infsel.relevances import CrossFitted
from infsel.tables import Table

_LEAST = -300.0  # logits, below which 1 / (A g) could overflow


@dataclass(eq=False)
class MetadataGate(WithMetadata):
    """A_ij exp(h_j^T v): neighbors of which the metadata h promise little get little attention.

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
    def reads(self) -> frozenset[str]:
        return super().reads if self.is_computed else self.affinity.reads

    def __repr__(self) -> str:
        return f"MetadataGate({self.affinity!r}, {self.told()})"

    def resolve(self, columns: np.ndarray, table: Table, y: Any = None) -> Affinity:
        """The gate with its weights.

        Raises
        ------
        ValueError
            If the affinity has negative entries, there is no target, or there are too few rows for halves.
        """
        gate = replace(self, affinity=self.affinity.resolve(columns, table, y))
        if not self.is_open:
            return gate
        H, A = self.rows(columns, table, y), gate.affinity.among(columns, table, y)
        require_nonnegative(A, gate.affinity, "learned gates")
        rated = self.rated(columns, table, y).by_precision()
        return gate.closed(ascend(lambda v: gathered(v, A, H, rated, self.l2), np.zeros(H.shape[1]), "a gate"))

    def among(self, columns: np.ndarray, table: Table, y: Any = None) -> FeatureOperator:
        if self.is_open:
            return super().among(columns, table, y)
        H, v = self.weighed(columns, table, y)
        with np.errstate(over="ignore"):
            gate = np.exp(H @ v)
        if not np.isfinite(gate).all():
            raise ValueError(
                f"MetadataGate.weights={self.weights!r} open a gate beyond the range of numbers: divide them."
            )
        return DiagonalScaled(None, self.affinity.among(columns, table, y), gate)


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
