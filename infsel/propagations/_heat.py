"""Diffusion for a while."""

import math
from dataclasses import dataclass

import numpy as np
import scipy.linalg

from infsel._runtime.ranges import Number, parameter
from infsel.propagations._base import Propagation


@dataclass
class Heat(Propagation):
    """exp(time A) b - b = sum_{k>=1} (time A)^k b / k!: walks of k hops weigh time^k / k!.

    Parameters
    ----------
    time : float > 0, default=1.0
        Mean length of a walk, in the unit that the normalization sets. Every time converges.

    References
    ----------
    Kondor, Lafferty (2002). Diffusion kernels on graphs and other discrete input spaces. ICML.

    Examples
    --------
    >>> import numpy as np
    >>> Heat(1.0)(np.array([[1.0]]), np.array([1.0])).round(12).tolist()  # e - 1
    [1.718281828459]
    """

    time: float = parameter(Number(low=0), 1.0)

    def act(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """The heat that reaches each node, without what b put there."""
        return self.time * A @ self._mean_heat(A, b)

    def inflow(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """The heat of each node, integrated over time."""
        return self.time * self._mean_heat(A, b)

    def weight(self, k: int) -> float:
        """time^k / k!."""
        return math.exp(k * math.log(self.time) - math.lgamma(k + 1))

    def _mean_heat(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        # the last column of the exponential of [[M, b], [0, 0]] is (exp(M) - I) M^-1 b, also where M is singular
        M = np.block([[self.time * A, b[:, None]], [np.zeros(len(b) + 1)]])
        return scipy.linalg.expm(M)[:-1, -1]
