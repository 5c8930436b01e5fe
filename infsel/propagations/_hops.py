"""Walks of one, several or infinitely many hops."""

import numpy as np


class Hops:
    """sum_{k=1}^{n_hops} (damping A)^k b, with infinitely many hops the resolvent (I - damping A)^-1 b - b.

    The sum starts at the first hop: adding b and taking it away again would lose the digits that rank.

    Parameters
    ----------
    n_hops : int >= 1 or inf
        Length of the longest walk.
    damping : float
        Weight of each further hop.

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

    def __init__(self, n_hops: float, damping: float) -> None:
        self.n_hops, self.damping = n_hops, damping

    def __call__(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """The weighted sum of walks from b through the matrix A, shapes (n, n) and (n,)."""
        M = self.damping * A
        if np.isinf(self.n_hops):
            return np.linalg.solve(np.eye(len(b)) - M, M @ b)
        # s <- M (s + b), n_hops times from s = 0, as one power of the affine map
        step = np.block([[M, (M @ b)[:, None]], [np.zeros(len(b)), 1.0]])
        return np.linalg.matrix_power(step, int(self.n_hops))[:-1, -1]

    def diverges(self, radius: float) -> bool:
        """Whether the series has no sum on a matrix of this spectral radius."""
        return bool(np.isinf(self.n_hops)) and self.damping * radius >= 1 - 1e-12
