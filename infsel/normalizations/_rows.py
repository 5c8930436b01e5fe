"""Normalizations that make every row a distribution over features."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np
from scipy.special import softmax

from infsel._runtime.ranges import Flag, parameter
from infsel.embeddings import squared_norms
from infsel.normalizations._base import Normalization, require_nonnegative
from infsel.operators import (
    DiagonalScaled,
    FeatureOperator,
    LowRank,
    RowMap,
    Scaled,
    Similarity,
    exponential,
    stochastic,
)


@dataclass
class Row(Normalization):
    """D^-1 A: each row divided by its sum, the step of a random walk. A zero row stays zero."""

    flattens: ClassVar[frozenset[str]] = frozenset({"sent"})

    def normalize(self, A: FeatureOperator) -> FeatureOperator:
        """Divide every row by its sum.

        Raises
        ------
        ValueError
            If A has a negative entry, or may have one.
        """
        require_nonnegative(A, "row")
        return stochastic(A)


@dataclass
class Softmax(Normalization):
    """exp(A_ij) / sum_k exp(A_ik): the attention that feature i pays to feature j.

    Parameters
    ----------
    exclude_self : bool, default=False
        Whether a feature pays no attention to itself, A_ii = -inf before the softmax.

    References
    ----------
    Vaswani et al. (2017). Attention Is All You Need. NeurIPS.
    """

    exclude_self: bool = parameter(Flag(), False)

    flattens: ClassVar[frozenset[str]] = frozenset({"sent"})

    def normalize(self, A: FeatureOperator) -> FeatureOperator:
        """Turn rows of logits into rows of attention weights."""
        if A.shape[0] == 1 and self.exclude_self:
            return Scaled(0.0, A)  # a single feature has nobody else to attend to
        if isinstance(A, Similarity | LowRank):
            largest, least = self._bounds(A)
            safe = 0.4 * float(np.log(np.finfo(A.dtype).max))
            if largest <= safe or least >= largest - safe:
                return self._by_tiles(A, 0.0 if largest <= safe else largest)
        return RowMap(self._attention, A, nonnegative=True)

    def _bounds(self, A: Similarity | LowRank) -> tuple[float, float]:
        """What no logit exceeds, by Cauchy-Schwarz, and what the largest logit of each row is at least."""
        if isinstance(A, LowRank):
            largest = float(np.sqrt(squared_norms(A.Q).max() * squared_norms(A.K).max()))
            return largest, -largest
        own = A.scale * squared_norms(A.Z)
        return float(own.max()), -float(own.max()) if self.exclude_self else float(own.min())

    def _by_tiles(self, A: Similarity | LowRank, shift: float) -> FeatureOperator:
        """D^-1 E with E = exp(A - shift), tile by tile."""
        diagonal = 0.0 if self.exclude_self else None
        E = A.map(partial(exponential, shift=shift), nonnegative=True, diagonal=diagonal)
        return DiagonalScaled(1 / E.matvec(np.ones(A.shape[0])), E)

    def _attention(self, logits: np.ndarray, numbers: np.ndarray) -> np.ndarray:
        if self.exclude_self:
            logits = logits.copy()
            logits[np.arange(len(numbers)), numbers] = -np.inf
        return softmax(logits, axis=1)
