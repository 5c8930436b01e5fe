"""Normalizations that make every row a distribution over features."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np
from scipy.special import softmax

from infsel._sparse_rows import squared_norms
from infsel.normalizations._base import Normalization, require_nonnegative
from infsel.operators import FeatureOperator, RowMap, RowScaled, Scaled, Similarity, exponential


@dataclass
class Row(Normalization):
    """D^-1 A: each row divided by its sum, the step of a random walk. A zero row stays zero."""

    flattens: ClassVar[frozenset[str]] = frozenset({"sent"})

    def __call__(self, A: FeatureOperator) -> FeatureOperator:
        """Divide every row by its sum.

        Raises
        ------
        ValueError
            If A has a negative entry.
        """
        require_nonnegative(A, "row")
        sums = A.matvec(np.ones(A.shape[0]))
        scaled = RowScaled(np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0), A)
        scaled.nonnegative = True
        return scaled


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

    exclude_self: bool = False

    flattens: ClassVar[frozenset[str]] = frozenset({"sent"})

    def __call__(self, A: FeatureOperator) -> FeatureOperator:
        """Turn rows of logits into rows of attention weights."""
        if A.shape[0] == 1 and self.exclude_self:
            return Scaled(0.0, A)  # a single feature has nobody else to attend to
        if isinstance(A, Similarity):
            symmetric = self._symmetric(A)
            if symmetric is not None:
                return symmetric
        attention = RowMap(self._attention, A)
        attention.nonnegative = True
        return attention

    def _symmetric(self, A: Similarity) -> FeatureOperator | None:
        """D^-1 E with E = exp(A - shift), whose tiles serve both halves; None where one shift cannot serve all rows."""
        own = A.scale * squared_norms(A.Z)
        largest = float(own.max())  # of all logits, by Cauchy-Schwarz; a row's largest is its own or more
        smallest = -largest if self.exclude_self else float(own.min())
        safe = 0.4 * float(np.log(np.finfo(A.dtype).max))
        if largest > safe and smallest < largest - safe:
            return None
        shift = 0.0 if largest <= safe else largest
        E = A.map(partial(exponential, shift=shift), nonnegative=True)
        if self.exclude_self:
            E.diagonal = np.broadcast_to(A.dtype.type(0), len(A.Z))
        weights = RowScaled(1 / E.matvec(np.ones(A.shape[0])), E)
        weights.nonnegative = True
        return weights

    def _attention(self, logits: np.ndarray, numbers: np.ndarray) -> np.ndarray:
        if self.exclude_self:
            logits = logits.copy()
            logits[np.arange(len(numbers)), numbers] = -np.inf
        return softmax(logits, axis=1)
