"""Affinity by similarity of tokens: the logits of self-attention."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel._columns import unit_columns
from infsel.affinities._base import Affinity
from infsel.operators import FeatureOperator, LowRank


@dataclass
class Attention(Affinity):
    """Q K^T / (sqrt(d) * temperature), where features are tokens and queries and keys are their standardized columns.

    A token's embedding is its column, centered and divided by its standard deviation (ddof 0), so d is the number of
    samples and an entry equals sqrt(d) / temperature times a Pearson correlation. The softmax that turns these logits
    into attention weights is a normalization, ``normalization="softmax"``.

    Parameters
    ----------
    temperature : float > 0, default=1.0
        High temperatures spread attention evenly, low ones focus it on the most similar feature.

    References
    ----------
    Vaswani et al. (2017). Attention Is All You Need. NeurIPS.
    Roffo (2025). The Origin of Self-Attention: From Pairwise Affinity Matrices to Transformers. arXiv:2507.14560.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0, -1.0], [2.0, -2.0], [2.0, -2.0], [1.0, -1.0]])
    >>> Attention()(X).to_dense().round(12)
    array([[ 2., -2.],
           [-2.,  2.]])
    """

    temperature: float = 1.0

    def __call__(self, X: np.ndarray, y: Any = None) -> FeatureOperator:
        if not 0 < self.temperature < np.inf:
            raise ValueError(f"temperature={self.temperature!r}: it must be a finite number above 0.")
        K = unit_columns(X)
        return LowRank(K * (np.sqrt(len(X)) / self.temperature).astype(K.dtype), K)
