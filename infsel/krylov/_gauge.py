"""The spectral radius of an operator, from a basis of its own."""

import numpy as np

from infsel.krylov._basis import KrylovBasis
from infsel.krylov._radius import Radius
from infsel.operators import FeatureOperator

_CHANCE = 100.0  # a random start holds less than 1 / 100 of its even share of an eigenvector once in a hundred times

_UNEVEN = 1e-3  # a start of which an entry is smaller reaches a node so late that a basis of its own is cheaper


class Gauge:
    """Measures the spectral radius of A as closely as it is asked to.

    A non-negative A shows its radius to the ones vector. An A with negative entries may send that to zero, while any
    vector without structure finds its radius, and its bound holds for symmetric A with a probability of 99 percent.

    Parameters
    ----------
    A : FeatureOperator of shape (n, n)
    tol : float
        Residual to begin with.
    max_iter : int
        Most products.
    """

    def __init__(self, A: FeatureOperator, tol: float, max_iter: int) -> None:
        n = A.shape[0]
        signed = not finds_radius(A, np.ones(n))
        self._basis = KrylovBasis(*random_start(n)) if signed else KrylovBasis(np.ones(n))
        self._A, self._max_iter = A, max_iter
        while self.refine() and not self.radius.residual + self.radius.roundoff <= tol:
            pass

    @property
    def n_products(self) -> int:
        return self._basis.n_products

    @property
    def radius(self) -> Radius:
        return self._basis.spectral_radius()

    def refine(self) -> bool:
        """Spend one product, unless that cannot help or is one too many.

        Raises
        ------
        ValueError
            If the radius cannot be told from zero.
        """
        able = not self._basis.exhausted and self.n_products < self._max_iter
        if able:
            with np.errstate(over="ignore", invalid="ignore"):  # the basis refuses what is not finite
                product = self._A.matvec(self._basis.newest)
            self._basis.extend(product)
        if self._basis.exhausted:
            check_radius(self.radius)
        return able


def spectral_radius(A: FeatureOperator, *, tol: float = 1e-11, max_iter: int = 100) -> tuple[Radius, int]:
    """The spectral radius of A with a bound on its relative error, and the products with A it took.

    Raises
    ------
    ValueError
        If it cannot be told from zero.
    """
    gauge = Gauge(A, tol, max_iter)
    while gauge.radius.error > tol and gauge.refine():
        pass
    return gauge.radius, gauge.n_products


def random_start(n: int) -> tuple[np.ndarray, float]:
    """A vector without structure, and how much less of an eigenvector than any other it may hold."""
    return np.random.default_rng(0).standard_normal(n), _CHANCE * float(np.sqrt(n))


def finds_radius(A: FeatureOperator, b: np.ndarray) -> bool:
    """Whether walks from b meet the Perron vector for certain."""
    return bool(A.nonnegative) and bool(b.min() > _UNEVEN * b.max())


def check_radius(radius: Radius) -> None:
    """Refuse what an exhausted basis cannot tell from zero."""
    if radius.roundoff > 0.1:
        raise ValueError(
            "the spectral radius of the affinity cannot be told from zero, as for a graph without cycles, so damping "
            "has no unit: use normalization='sub-stochastic', 'row' or 'none'."
        )
