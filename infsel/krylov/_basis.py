"""An orthonormal basis of b, A b, A^2 b, ... and the small matrix that stands for A in it."""

from typing import Any

import numpy as np
import scipy.linalg

from infsel.krylov._radius import Radius, RitzPairs, ritz_pairs, top_ritz_value

_EPS = float(np.finfo(np.float64).eps)
_NOT_FINITE = (
    "the affinity maps a finite vector to NaN or infinity: its entries must be finite, and the sums of its rows."
)
_CAPACITY = 8  # vectors, as many as a basis rarely exceeds


class KrylovBasis:
    """V and H with A V[:, :m] = V H[:, :m], grown one product with A at a time (Arnoldi).

    For a function f of a matrix, f(A) b is approximated by ``combine(f(H) e1)``. H has size m + 1 and a zero last
    column, because no product with the newest vector is known yet: polynomials up to degree m are exact, and for the
    resolvent the last coefficient is the norm of the residual one hop earlier.

    The basis does not hold A: whoever does multiplies `newest` and hands the product to `extend`. Squares are taken
    only of numbers near 1, so that neither the scale of A nor that of b changes a digit.

    Parameters
    ----------
    b : ndarray of shape (n,)
        Start vector, not zero.
    chance : float, default=None
        Where the start is random, how much more the newest vector may hold of any eigenvector than it.

    Attributes
    ----------
    n_products : int
        How many products were taken in (m).
    exhausted : bool
        Whether the basis spans an invariant subspace, so that every f(A) b is exact.

    References
    ----------
    Saad (1992). Analysis of some Krylov subspace approximations to the matrix exponential operator. SIAM J. Numer.
    Anal. 29.
    """

    def __init__(self, b: np.ndarray, chance: float | None = None) -> None:
        scaled, self._b_exponent = _split(np.asarray(b, dtype=np.float64))
        self._norm = float(np.linalg.norm(scaled))
        self._rows = np.empty((_CAPACITY, len(b)))  # what is not written yet takes no memory
        self._rows[0] = scaled / self._norm
        self._h: list[tuple[np.ndarray, int]] = []
        self._largest: int | None = None
        self._chance = chance
        self._radius: Radius | None = None
        self._H: np.ndarray | None = None
        self._known_pairs: RitzPairs | None = None
        self.exhausted = False

    def __getstate__(self) -> dict[str, Any]:
        """The basis as far as it is written."""
        return vars(self) | {"_rows": self._V.copy()}

    @property
    def _V(self) -> np.ndarray:
        """The basis vectors as rows."""
        return self._rows[: len(self._h) + (not self.exhausted)]

    @property
    def n_products(self) -> int:
        return len(self._h)

    @property
    def exponent(self) -> int:
        """The scale of the largest product so far, as a power of two."""
        return self._largest or 0

    @property
    def H(self) -> np.ndarray:
        """The projected matrix, shape (m + 1, m + 1), or (m, m) once exhausted."""
        return self.over(1.0)

    def over(self, unit: float) -> np.ndarray:
        """The projected matrix of A / unit."""
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):  # refused by who asks for a value
            return self._scaled / np.ldexp(unit, -self.exponent)

    @property
    def _scaled(self) -> np.ndarray:
        """The projected matrix of A / 2^exponent, whose entries are near 1."""
        if self._H is None:
            self._H, exponent = np.zeros((len(self._V), len(self._V))), self.exponent
            for j, (h, own) in enumerate(self._h):
                self._H[: len(h), j] = np.ldexp(h[: len(self._H)], own - exponent)
        return self._H

    def ritz_values(self, unit: float) -> np.ndarray:
        """The eigenvalues of the projected matrix of A / unit."""
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            return np.asarray(self._pairs.values / np.ldexp(unit, -self.exponent))

    @property
    def _pairs(self) -> RitzPairs:
        """Those of the projected matrix of A / 2^exponent."""
        if self._known_pairs is None:
            self._known_pairs = ritz_pairs(self._scaled)
        return self._known_pairs

    @property
    def newest(self) -> np.ndarray:
        """The vector whose product with A extends the basis."""
        return self._V[-1]

    def extend(self, product: np.ndarray) -> None:
        """Take in the product of A with the newest vector."""
        w = np.asarray(product, dtype=np.float64)
        if not np.isfinite(w).all():
            raise ValueError(_NOT_FINITE)
        w, exponent = _split(w)
        self._radius = self._H = self._known_pairs = None
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
        if h.any():
            self._largest = exponent if self._largest is None else max(self._largest, exponent)
        self._h.append((h, exponent))
        self.exhausted = exhausted

    def combine(self, coefficients: np.ndarray) -> np.ndarray:
        """The vector of shape (n,) that has these coefficients on the basis."""
        return self._in_scale((self._norm * coefficients) @ self._V)

    def vectors(self) -> np.ndarray:
        """What ``combine`` combines, as rows."""
        return self._in_scale(self._norm * self._V)

    def start(self) -> np.ndarray:
        """The start vector b."""
        return self._in_scale(self._norm * self._V[0])

    def of(self, feature: int) -> np.ndarray:
        """What each basis vector gives to one feature, so that ``of(i) @ c`` is ``combine(c)[i]`` up to scale."""
        return self._norm * self._V[:, feature]

    def sums(self) -> np.ndarray:
        """What each basis vector gives to all features together, up to scale."""
        return self._norm * self._V.sum(axis=1)

    def truncation(self, coefficients: np.ndarray) -> float:
        """Share of the newest basis vector in a combination, or in rows of such: what the next product may change."""
        norm = safe_norm(coefficients)
        if self.exhausted or norm == 0:
            return 0.0
        return safe_norm(coefficients[..., -1:]) / norm if np.isfinite(norm) else np.inf

    def spectral_radius(self) -> Radius:
        """The largest modulus of a Ritz value, with a bound on its error: see `top_ritz_value`.

        What a start holds that is not random is told by the entries of the newest vector beside its own, for a
        non-negative A and a positive start.
        """
        if self._radius is None:  # a path asks once for every rule
            reach = 0.0 if self.exhausted else self._chance or self._reach()
            found = top_ritz_value(self._scaled, self._pairs, reach, both_ends=self._chance is not None)
            with np.errstate(over="ignore"):
                self._radius = found._replace(value=float(np.ldexp(found.value, self.exponent)))
            if not np.isfinite(self._radius.value):
                raise ValueError(_NOT_FINITE)
        return self._radius

    def _reach(self) -> float:
        """The largest ratio of an entry of the newest vector to one of the start."""
        newest, b = np.abs(self.newest), np.abs(self._V[0])
        return float((newest / b).max()) if b.all() else np.inf

    def _in_scale(self, vector: np.ndarray) -> np.ndarray:
        with np.errstate(over="ignore"):  # who asks for scores refuses those that overflow
            return np.asarray(np.ldexp(vector, self._b_exponent))


def safe_norm(x: np.ndarray) -> float:
    """Euclidean norm, also where squares overflow."""
    return float(scipy.linalg.norm(x, check_finite=False))


def _split(x: np.ndarray) -> tuple[np.ndarray, int]:
    """x / 2^k with entries of at most 1, and k."""
    exponent = int(np.frexp(np.abs(x).max())[1])
    return np.ldexp(x, -exponent), exponent
