"""Affinity by spread: two features relate when one of them varies much."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel._runtime.warning import warn
from infsel.affinities._base import Affinity
from infsel.operators import FeatureOperator, MaxOuter
from infsel.tables import Table

# Standard deviations that agree to this relative spread were made equal by scaling: the rest is round-off.
FLAT = 1e-6


@dataclass
class Dispersion(Affinity):
    """max(s_i, s_j), with s the standard deviations scaled so that the smallest is 0 and the largest 1.

    The raw scale of a column decides its s: a column in millimeters outranks the same column in meters. When all
    standard deviations agree to a relative 1e-6, as after a `StandardScaler`, nothing is left but round-off; then the
    affinity is zero and a warning says so.

    References
    ----------
    Roffo, Melzi, Cristani (2015). Infinite Feature Selection. ICCV.

    Examples
    --------
    >>> import numpy as np
    >>> Dispersion()(np.array([[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]])).to_dense()
    array([[0. , 0.5, 1. ],
           [0.5, 0.5, 1. ],
           [1. , 1. , 1. ]])
    """

    @property
    def reads(self) -> frozenset[str]:
        return frozenset()

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        s = table.standard_deviation()
        low, high = s.min(), s.max()
        if high - low > FLAT * high:
            return MaxOuter((s - low) / (high - low))
        if len(s) > 1:
            warn(
                "All columns have the same standard deviation, as after standardization: the dispersion term is flat "
                "and set to zero. Scale X another way (MinMaxScaler keeps differences of spread), or use alpha=0."
            )
        return MaxOuter(np.zeros_like(s))
