"""Positive logits measured by their Frobenius norm."""

import math
from dataclasses import dataclass

import numpy as np
import scipy.linalg

from infsel._runtime.ranges import Number, parameter
from infsel.normalizations._base import Normalization, Unit
from infsel.operators import FeatureOperator, LowRank, RowMap, Similarity, positive_part


@dataclass
class FrobeniusReLU(Normalization):
    """P = max(A, 0) entry by entry, with damping in units of 1 / (||P||_F + eps).

    The Frobenius norm bounds the spectral radius from above, so every damping below 1 converges at any number of hops.
    A single hop from a logit matrix A = Q K^T / d is the pure form of Infinite Self-Attention, rho P / (||P||_F + eps).

    Parameters
    ----------
    eps : float >= 0, default=1e-6
        Added to the norm. An affinity without positive entries and eps=0 have the unit 1.

    References
    ----------
    Roffo (2026). Infinite Self-Attention.

    Examples
    --------
    >>> import numpy as np
    >>> from infsel.operators import Stored
    >>> normalization = FrobeniusReLU(eps=0)
    >>> P = normalization(Stored(np.array([[3.0, -1.0], [-2.0, 4.0]])))
    >>> P.to_dense()
    array([[3., 0.],
           [0., 4.]])
    >>> normalization.unit(P)
    Unit(value=5.0, in_radii=False)
    """

    eps: float = parameter(Number(low=0, closed=True, hint=", such as 1e-6"), 1e-6)

    def normalize(self, A: FeatureOperator) -> FeatureOperator:
        """Set negative entries to zero; an affinity known to have none is returned as it is, with its own products.

        Raises
        ------
        ValueError
            If eps is not a finite number from 0 up.
        """
        if A.nonnegative:
            return A
        if isinstance(A, Similarity | LowRank):
            return A.map(positive_part, nonnegative=True)
        return RowMap(self._positive_part, A, nonnegative=True)

    def unit(self, A: FeatureOperator) -> Unit:
        """The Frobenius norm of the normalized A plus eps, from one pass over its rows.

        Raises
        ------
        ValueError
            If eps is not a finite number from 0 up.
        """
        norm = math.hypot(*(_norm(rows) for _, rows in A.row_blocks()))
        return Unit(norm + self.eps or 1.0, in_radii=False)  # a zero affinity has no walks in any unit

    def _positive_part(self, rows: np.ndarray, numbers: np.ndarray) -> np.ndarray:
        return np.maximum(rows, 0)


def _norm(rows: np.ndarray) -> float:
    # BLAS scales while it sums, so that large entries do not overflow when squared
    return float(scipy.linalg.norm(np.ravel(rows).astype(np.float64, copy=False), check_finite=False))
