"""An orthonormal basis of b, A b, A^2 b, ... and the small matrix that stands for A in it."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import scipy.linalg

_EPS = float(np.finfo(np.float64).eps)
_CAPACITY = 8  # vectors, as many as a basis rarely exceeds


class Radius(NamedTuple):
    """A spectral radius and a bound on its relative error."""

    value: float
    error: float


class KrylovBasis:
    """V and H with A V[:, :m] = V H[:, :m], grown one product with A at a time (Arnoldi).

    For a function f of a matrix, f(A) b is approximated by ``combine(f(H) e1)``. H has size m + 1 and a zero last
    column, because no product with the newest vector is known yet: polynomials up to degree m are exact, and for the
    resolvent the last coefficient is the norm of the residual one hop earlier.

    Parameters
    ----------
    product : callable
        x -> A x, or A^T x.
    b : ndarray of shape (n,)
        Start vector, not zero.

    Attributes
    ----------
    n_products : int
        How many products were computed (m).
    exhausted : bool
        Whether the basis spans an invariant subspace, so that every f(A) b is exact.

    References
    ----------
    Saad (1992). Analysis of some Krylov subspace approximations to the matrix exponential operator. SIAM J. Numer.
    Anal. 29.
    """

    def __init__(self, product: Callable[[np.ndarray], np.ndarray], b: np.ndarray) -> None:
        self._product = product
        self._norm = float(np.linalg.norm(b))
        self._rows = np.empty((_CAPACITY, len(b)))  # what is not written yet takes no memory
        self._rows[0] = b / self._norm
        self._h: list[np.ndarray] = []
        self._radius: Radius | None = None
        self._H: np.ndarray | None = None
        self.exhausted = False

    def __getstate__(self) -> dict[str, Any]:
        """The basis as far as it is written, without the product that may hold a table: it does not grow any more."""
        return vars(self) | {"_rows": self._V.copy(), "_product": None}

    @property
    def _V(self) -> np.ndarray:
        """The basis vectors as rows."""
        return self._rows[: len(self._h) + (not self.exhausted)]

    @property
    def n_products(self) -> int:
        return len(self._h)

    @property
    def H(self) -> np.ndarray:
        """The projected matrix, shape (m + 1, m + 1), or (m, m) once exhausted."""
        if self._H is None:
            self._H = np.zeros((len(self._V), len(self._V)))
            for j, h in enumerate(self._h):
                self._H[: len(h), j] = h[: len(self._H)]
        return self._H

    @property
    def newest(self) -> np.ndarray:
        """The vector whose product with A extends the basis."""
        return self._V[-1]

    def grow(self) -> None:
        """Spend one product with A."""
        self.extend(self._product(self.newest))

    def extend(self, product: np.ndarray) -> None:
        """Take in the product of A with the newest vector."""
        w, self._radius, self._H = np.asarray(product, dtype=np.float64), None, None
        if not np.isfinite(w).all():
            raise ValueError("the affinity maps a finite vector to NaN or infinity: its entries must be finite.")
        before = np.linalg.norm(w)
        V = self._V
        h = np.zeros(len(V) + 1)
        for _ in range(2):  # once is not enough: the second pass restores orthogonality to round-off
            overlaps = V @ w
            w = w - overlaps @ V
            h[:-1] += overlaps
        h[-1] = np.linalg.norm(w)
        exhausted = bool(h[-1] <= 100 * _EPS * before) or len(V) == len(w)
        if not exhausted:
            if len(V) == len(self._rows):
                self._rows = np.concatenate([V, np.empty_like(V)])
            self._rows[len(V)] = w / h[-1]
        self._h.append(h)
        self.exhausted = exhausted

    def combine(self, coefficients: np.ndarray) -> np.ndarray:
        """The vector of shape (n,) that has these coefficients on the basis."""
        return np.asarray((self._norm * coefficients) @ self._V)

    def start(self) -> np.ndarray:
        """The start vector b."""
        return self._norm * self._V[0]

    def of(self, feature: int) -> np.ndarray:
        """What each basis vector gives to one feature, so that ``of(i) @ c`` is ``combine(c)[i]``."""
        return self._norm * self._V[:, feature]

    def sums(self) -> np.ndarray:
        """What each basis vector gives to all features together."""
        return self._norm * self._V.sum(axis=1)

    def truncation(self, coefficients: np.ndarray) -> float:
        """Share of the newest basis vector in a combination: what the next product may still change."""
        norm = float(np.linalg.norm(coefficients))
        if self.exhausted or norm == 0:
            return 0.0
        return float(abs(coefficients[-1])) / norm if np.isfinite(norm) else np.inf

    def spectral_radius(self) -> Radius:
        """The largest modulus of a Ritz value.

        Its error bound is the relative residual of the Ritz pair, or where smaller its square over the gap to the next
        Ritz value (Kato-Temple, symmetric A), times the condition number of the eigenvalue. The latter is 1 for
        symmetric A and huge for a nearly nilpotent A, whose radius round-off decides.
        """
        if self._radius is None:  # a path asks once for every rule
            self._radius = self._top_ritz_value()
        return self._radius

    def _top_ritz_value(self) -> Radius:
        values, left, right = scipy.linalg.eig(self.H, left=True, right=True)
        order = np.argsort(np.abs(values))
        top = order[-1]
        radius = float(np.abs(values[top]))
        if radius == 0:
            return Radius(0.0, np.inf if self.H.any() else 0.0)
        condition = 1 / max(float(np.abs(left[:, top].conj() @ right[:, top])), _EPS)
        residual = 0.0 if self.exhausted else float(np.abs(right[-1, top]))
        gap = 1 - float(np.abs(values[order[-2]])) / radius if len(values) > 1 else 1.0
        if condition < 1 + 1e-6 and gap > 0:
            residual = min(residual, residual**2 / gap)
        return Radius(radius, condition * (residual + _EPS * float(np.linalg.norm(self.H)) / radius))
