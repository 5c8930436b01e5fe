"""Attention of the target to the features."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.special import softmax

from infsel._runtime.ranges import Number, Or, parameter
from infsel.affinities._base import Affinity
from infsel.embeddings import Embedding, lift
from infsel.operators import FeatureOperator, LowRank
from infsel.tables import Table, as_table
from infsel.targets import output_of, unit_vectors


@dataclass
class AttentionToTarget(Affinity):
    """Cross-attention: the target joins as a token, like the class token of a Transformer, and asks the features.

    A continuous target is one token, standardized like a column, and of several classes each is one, its indicator. A
    feature offers two keys, itself and its mirror image, so that neither sign of a correlation is favored, and gets the
    attention paid to both. Every row of A is the mean over the target's tokens, divided by the number of features, so
    that ``readout="received"`` returns that mean: a distribution over the features.

    Parameters
    ----------
    temperature : float > 0 or "auto", default=1.0
        As in `Attention`, with "auto" for the logits between target and features.

    Examples
    --------
    >>> import numpy as np
    >>> X, y = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 0.0], [1.0, 1.0]]), np.array(["a", "b", "a", "b"])
    >>> A = AttentionToTarget()(X, y)
    >>> (A.T @ np.ones(2)).round(3).tolist()
    [0.79, 0.21]
    """

    temperature: float | Literal["auto"] = parameter(Or("auto", Number(low=0)), 1.0)

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        K = table.unit_columns()
        asked = _cross_logits(as_table(_asking(y, table), table.weights).unit_columns(), K, table, self.temperature)
        attention = softmax(np.logaddexp(asked, -asked), axis=1).mean(axis=0)
        n = len(K)
        return LowRank(np.full((n, 1), 1 / n, table.dtype), attention[:, None], nonnegative=True)


def _cross_logits(Q: Any, K: Embedding, table: Table, temperature: float | str) -> np.ndarray:
    raw = np.stack([lift(K, q) for q in Q]) * Q.dtype.type(np.sqrt(table.total_weight))
    scale = raw.std() or 1.0 if isinstance(temperature, str) else temperature
    return raw / raw.dtype.type(scale)


def _asking(y: Any, table: Table) -> np.ndarray:
    """One column per token of the target, shape (n_samples, n_tokens)."""
    return unit_vectors(output_of(y, table.weights), table.counts).astype(table.dtype)
