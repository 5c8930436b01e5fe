"""Attention weights with exact zeros."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np

from infsel._runtime.ranges import Flag, Number, parameter
from infsel.normalizations._base import Normalization
from infsel.operators import FeatureOperator, RowMap, Scaled

IN_CACHE = 2**17  # logits whose thresholds are searched together: each is read some fifty times


@dataclass
class Entmax(Normalization):
    """Attention that ignores weak logits: p_ij = [(alpha - 1) A_ij - tau_i]_+ ^ (1 / (alpha - 1)), rows sum to 1.

    Each row maximizes sum_j p_ij A_ij plus the Tsallis entropy of order alpha. The limit alpha = 1 is `Softmax`, which
    has no zeros; alpha = 2 is sparsemax, the nearest distribution to the logits. The thresholds tau are found once, by
    bisection, and n numbers are kept.

    Parameters
    ----------
    alpha : float > 1, default=1.5
        Larger values leave fewer features in a row. Up to 2 the relative precision is about 2e-16 / (alpha - 1); above
        2 a weight that starts at the threshold rises so steeply that round-off of a logit moves it by up to
        2e-16 ^ (1 / (alpha - 1)).
    exclude_self : bool, default=False
        Whether a feature pays no attention to itself, A_ii = -inf.

    References
    ----------
    Peters, Niculae, Martins (2019). Sparse Sequence-to-Sequence Models. ACL.
    Martins, Astudillo (2016). From Softmax to Sparsemax: A Sparse Model of Attention and Multi-Label Classification.
    ICML.

    Examples
    --------
    >>> from infsel.operators import Stored
    >>> logits = np.array([[0.5, 0.0, -1.0], [0.0, 0.0, -1.0], [0.0, 2.0, 0.0]])
    >>> Entmax(alpha=2)(Stored(logits)).to_dense()
    array([[0.75, 0.25, 0.  ],
           [0.5 , 0.5 , 0.  ],
           [0.  , 1.  , 0.  ]])
    """

    alpha: float = parameter(Number(low=1, hint=", such as 1.5; for alpha=1 use normalization='softmax'"), 1.5)
    exclude_self: bool = parameter(Flag(), False)

    flattens: ClassVar[frozenset[str]] = frozenset({"sent"})

    def normalize(self, A: FeatureOperator) -> FeatureOperator:
        """Turn rows of logits into sparse rows of attention weights, after one pass that finds their thresholds.

        Raises
        ------
        ValueError
            If alpha is not a finite number above 1.
        """
        if A.shape[0] == 1 and self.exclude_self:
            return Scaled(0.0, A)  # a single feature has nobody else to attend to
        order, n = float(self.alpha) - 1, A.shape[0]
        largest = np.empty(n)
        for block, rows in A.row_blocks(max(1, IN_CACHE // n)):
            largest[block] = _largest_weight(_below_top(rows, np.arange(n)[block], order, self.exclude_self), order)
        attention = partial(_attention, order=order, exclude_self=self.exclude_self, largest=largest)
        return RowMap(attention, A, nonnegative=True)


def _attention(
    logits: np.ndarray, numbers: np.ndarray, *, order: float, exclude_self: bool, largest: np.ndarray
) -> np.ndarray:
    weights = _weights(_below_top(logits, numbers, order, exclude_self), largest[numbers], order)
    weights /= weights.sum(axis=1, keepdims=True)
    return weights.astype(logits.dtype, copy=False)


def _below_top(logits: np.ndarray, numbers: np.ndarray, order: float, exclude_self: bool) -> np.ndarray:
    """(alpha - 1) times each logit less the largest of its row, so that huge logits keep their digits."""
    z = logits.astype(np.float64)
    if exclude_self:
        z[np.arange(len(numbers)), numbers] = -np.inf
    z -= z.max(axis=1, keepdims=True)
    z *= order
    return z


def _weights(z: np.ndarray, largest: np.ndarray, order: float) -> np.ndarray:
    """The weights of rows whose largest weights are given; minus tau is largest ** order, because z is 0 there."""
    weights = z + largest[:, None] ** order
    np.maximum(weights, 0, out=weights)
    return weights ** (1 / order)


def _largest_weight(z: np.ndarray, order: float) -> np.ndarray:
    """The largest weight of each row, between 1 / n and 1, with which its weights sum to 1."""
    low, high = np.full(len(z), 1 / z.shape[1]), np.ones(len(z))
    middle = (low + high) / 2
    while ((low < middle) & (middle < high)).any():
        enough = _weights(z, middle, order).sum(axis=1) >= 1
        high = np.where(enough, middle, high)
        low = np.where(enough, low, middle)
        middle = (low + high) / 2
    return high  # with the upper end no row of weights is empty, however large alpha is
