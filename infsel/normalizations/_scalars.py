"""Normalizations by a number: A stays as it is and only the unit of damping changes."""

from dataclasses import dataclass

import numpy as np

from infsel.normalizations._base import Normalization, require_nonnegative
from infsel.operators import FeatureOperator


@dataclass
class Identity(Normalization):
    """A as it is: damping multiplies every hop directly, and infinitely many hops need damping * radius < 1."""


@dataclass
class Spectral(Normalization):
    """Damping in units of 1 / spectral radius, so that every damping below 1 converges.

    The convention r = 0.9 / rho(A) of Roffo, Melzi, Cristani (ICCV 2015).
    """

    def unit(self, A: FeatureOperator) -> None:
        """None: the propagation reads the spectral radius off its own basis."""
        return None


@dataclass
class SubStochastic(Normalization):
    """Damping in units of 1 / largest row sum, an upper bound of the spectral radius of a non-negative A."""

    def unit(self, A: FeatureOperator) -> float:
        """The largest row sum of A.

        Raises
        ------
        ValueError
            If A has a negative entry.
        """
        require_nonnegative(A, "sub-stochastic")
        largest = float(A.matvec(np.ones(A.shape[0])).max())
        return largest or 1.0  # a zero affinity has no walks in any unit
