"""The direction that walks of ever more hops take."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from infsel.krylov import Radius
from infsel.propagations._base import Propagation

_UNSEEN = 1e3  # so that at the usual tol=1e-11 eigenvalues count as one only where they agree to 1e-14


@dataclass
class Stationary(Propagation):
    """Absolute entries of the leading eigenvector of A, with Euclidean norm 1: eigenvector centrality.

    It is the limit of `Hops` as damping goes to 1, and on a row-stochastic A read by ``readout="received"`` the
    stationary distribution of the walk, up to scale. Where several eigenvectors lead, the start decides among them.

    References
    ----------
    Bonacich (1972). Factoring and weighting approaches to status scores and clique identification. Journal of
    Mathematical Sociology 2.

    Examples
    --------
    >>> import numpy as np
    >>> rule = Stationary()
    >>> rule.finish(rule(np.array([[0.0, 3.0], [3.0, 8.0]]), np.ones(2))).round(12).tolist()
    [0.316227766017, 0.948683298051]
    """

    forgets_start: ClassVar[bool] = True

    def act(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """The eigenvector whose eigenvalue has the largest modulus, of two of opposite sign the positive one."""
        return self._leading(A)[1]

    def inflow(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """The eigenvector over its eigenvalue."""
        value, vector = self._leading(A)
        return vector / value if value else vector

    def finish(self, scores: np.ndarray) -> np.ndarray:
        """Absolute values with norm 1."""
        scaled = np.abs(scores) / (np.abs(scores).max() or 1.0)  # squares overflow long before numbers do
        norm = np.linalg.norm(scaled)
        return scaled / norm if norm else scaled

    def slope(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Nothing: a direction has no scale."""
        return np.zeros_like(b)

    def gain(self, values: np.ndarray, radius: float) -> float:
        """The inverse of the relative gap beside the leading eigenvalue: what turns its vector by how much."""
        top = values[np.abs(values).argmax()]
        gaps = np.abs(values - top) / (abs(top) or 1.0)
        return 1 / float(max(np.sort(gaps)[1:].min(initial=1.0), np.finfo(float).tiny))

    def blur(self, radius: Radius) -> float:
        """Two eigenvalues nearer than the error of the radius would still be taken for one, with a mixed vector."""
        return _UNSEEN * radius.error

    @staticmethod
    def _leading(A: np.ndarray) -> tuple[float, np.ndarray]:
        values, vectors = np.linalg.eig(A)
        modulus = np.abs(values)
        top = max(np.flatnonzero(modulus >= modulus.max() * (1 - 1e-12)), key=lambda k: values[k].real)
        if modulus[top] == 0:
            return 0.0, np.zeros(len(A))  # no walk, no direction
        return float(values[top].real), np.real(vectors[:, top])
