"""Attention of one pooled query: linear in the number of features."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel.affinities._base import Affinity
from infsel.embeddings import Embedding, lift, project, squared_norms
from infsel.operators import FeatureOperator, LowRank
from infsel.tables import Table

_EPS = 1e-6


@dataclass
class PooledAttention(Affinity):
    """The linear form of Infinite Self-Attention: queries are pooled by their energy, and the pooled one asks the keys.

    With tokens as queries and keys, every row of A is a / n, so that ``readout="received"`` returns a, see
    `pooled_attention`.

    References
    ----------
    Roffo (2026). Infinite Self-Attention.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0, 1.0, 0.0], [2.0, 2.0, 1.0], [3.0, 3.0, 0.0]])
    >>> (PooledAttention()(X).T @ np.ones(3)).round(5).tolist()
    [0.4, 0.4, 0.2]
    """

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({"pairs"})

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        Z = table.correlating("pearson")
        Z = Z * Z.dtype.type(np.sqrt(Z.shape[1]))  # any length of a token cancels
        a = pooled_attention(Z, Z)
        return LowRank(np.full((len(Z), 1), 1 / len(Z), table.dtype), a[:, None], nonnegative=True)


def pooled_attention(Q: Embedding, K: Embedding) -> np.ndarray:
    """relu(q^T k_t / d) scaled to sum 1, where q is the mean of the queries weighted by their norms.

    Parameters
    ----------
    Q, K : ndarray of shape (n, d)

    Returns
    -------
    ndarray of shape (n,)
    """
    root = np.sqrt(Q.shape[1])
    energy = np.sqrt(squared_norms(Q)) / root
    pooled = project(Q, energy / (energy.sum() + _EPS)) / root
    a = np.maximum(lift(K, pooled) / root, 0)
    return a / (a.sum() + _EPS)
