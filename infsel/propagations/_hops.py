"""Walks of one, several or infinitely many hops."""

from dataclasses import dataclass, replace

import numpy as np

from infsel._runtime.ranges import Count, Number, parameter
from infsel.propagations._base import Propagation

_SHORT = 16  # hops that are quicker taken one by one than as a power of a matrix twice the size
_SINGULAR = 1e13  # beyond this a solution holds no digit but round-off


@dataclass
class Hops(Propagation):
    """sum_{k=1}^{n_hops} (damping A)^k b, with infinitely many hops the resolvent (I - damping A)^-1 b - b.

    The sum starts at the first hop: adding b and taking it away again would lose the digits that rank.

    Parameters
    ----------
    n_hops : int >= 1 or inf, default=inf
        Length of the longest walk.
    damping : float, default=0.9
        Weight of each further hop; with 0 walks bring nothing. Negative, hops in turn inhibit and release. Infinitely
        many have a sum where |damping| times the spectral radius is below 1; `Resolvent` goes on from there.

    References
    ----------
    Katz (1953). A new status index derived from sociometric analysis. Psychometrika 18.
    Roffo, Melzi, Cristani (2015). Infinite Feature Selection. ICCV.

    Examples
    --------
    >>> import numpy as np
    >>> Hops(2, damping=0.5)(np.array([[1.0]]), np.array([1.0]))  # 1/2 + 1/4
    array([0.75])
    >>> Hops(np.inf, damping=0.5)(np.array([[1.0]]), np.array([1.0]))
    array([1.])
    """

    n_hops: float = parameter(Count(infinity=True), np.inf)
    damping: float = parameter(Number(), 0.9)

    @property
    def degree(self) -> float:
        """The number of hops."""
        return self.n_hops

    def act(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """The weighted sum of walks from b through A."""
        M = self.damping * A
        if np.isinf(self.n_hops):
            return np.linalg.solve(np.eye(len(b)) - M, M @ b)
        # s <- M (s + b), n_hops times from s = 0, as one power of the affine map
        step = np.zeros((len(b) + 1, len(b) + 1))
        step[:-1, :-1], step[:-1, -1], step[-1, -1] = M, M @ b, 1
        return np.linalg.matrix_power(step, int(self.n_hops))[:-1, -1]

    def inflow(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """damping (b + the walks that are one hop shorter)."""
        if self.n_hops == 1:
            return self.damping * b
        return self.damping * (b + replace(self, n_hops=self.n_hops - 1).act(A, b))

    def slope(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """sum_k k (damping A)^k b, of infinitely many hops M (I - M)^-2 b with M = damping A."""
        M = self.damping * A
        if self.n_hops <= _SHORT:
            walks = [b]
            for _ in range(int(self.n_hops)):
                walks.append(M @ walks[-1])
            return np.arange(len(walks)) @ np.array(walks)
        if np.isfinite(self.n_hops):
            return super().slope(A, b)
        rest = np.eye(len(b)) - M
        return np.linalg.solve(rest, np.linalg.solve(rest, M @ b))

    def gain(self, values: np.ndarray, radius: float) -> float:
        """The largest |f| at these numbers: a geometric series."""
        ratio = self.damping * np.append(values, radius)
        missing = 0.0 if np.isinf(self.n_hops) else ratio**self.n_hops
        series = np.where(ratio == 1, self.n_hops, ratio * ((1 - missing) / (1 - ratio)))
        return float(np.abs(series).max())

    def weight(self, k: int) -> float:
        """damping^k, up to the longest walk."""
        return self.damping**k if k <= self.n_hops else 0.0

    def diverges(self, radius: float) -> bool:
        """Whether the series has no sum on a matrix of this spectral radius."""
        return bool(np.isinf(self.n_hops)) and abs(self.damping) * radius >= 1 - 1e-12


@dataclass
class Resolvent(Propagation):
    """(I - damping A)^-1 b - b, also where the series over hops that it continues diverges.

    With negative damping this needs I - damping A to be positive definite, which every positive semidefinite A ensures:
    correlations, Gram matrices. Beyond the pole of a negative eigenvalue the scores would only change sign.

    Parameters
    ----------
    damping : float, default=1.0
        Any number that is not the inverse of an eigenvalue of A, and if negative does not lie beyond one; 0 for none.

    Examples
    --------
    >>> import numpy as np
    >>> Resolvent(damping=2.0)(np.array([[1.0]]), np.array([1.0]))  # 2 + 4 + 8 + ... diverges, 1 / (1 - 2) - 1 does not
    array([-2.])
    """

    damping: float = parameter(Number(), 1.0)

    def act(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """The solution x of x = damping A (x + b)."""
        x = Hops(np.inf, self.damping).act(A, b)
        if np.linalg.norm(x) > _SINGULAR * np.linalg.norm(b):
            raise np.linalg.LinAlgError("1 / damping is an eigenvalue to round-off")
        return x

    def slope(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """That of the series it continues."""
        return Hops(np.inf, self.damping).slope(A, b)

    def crosses(self, A: np.ndarray) -> bool:
        """Whether negative damping lies beyond the inverse of a negative eigenvalue."""
        return self.damping < 0 and bool((1 - self.damping * np.linalg.eigvals(A).real <= 0).any())

    def inflow(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """damping (b + x)."""
        return Hops(np.inf, self.damping).inflow(A, b)

    def weight(self, k: int) -> float:
        """damping^k, whether or not their sum exists."""
        return self.damping**k
