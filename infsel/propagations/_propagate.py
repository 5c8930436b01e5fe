"""Let relevance flow: grow one Krylov basis until it answers to a tolerance."""

from typing import Any

import numpy as np

from infsel.operators import FeatureOperator
from infsel.propagations._base import Propagation
from infsel.propagations._flow import Flow
from infsel.propagations._krylov import KrylovBasis, Radius


class Propagator:
    """One Krylov basis of A and b that answers for one rule after the other, and grows where a rule needs it.

    Parameters
    ----------
    A : FeatureOperator of shape (n, n)
        The normalized affinity.
    b : ndarray of shape (n,)
        Where the walks start, not zero.
    transposed : bool, default=False
        Walk against the direction of A: rule(A^T / unit) b.
    unit : float, default=1.0
        What A is divided by.
    in_radii : bool, default=True
        Whether the unit counts spectral radii of A.
    tol : float, default=1e-11
        Relative residual at which the basis stops growing; never below the precision of A.
    max_iter : int, default=100
        Most products with A for one basis.

    Attributes
    ----------
    basis : KrylovBasis
        What the rules asked so far have needed.
    """

    def __init__(
        self,
        A: FeatureOperator,
        b: np.ndarray,
        *,
        transposed: bool = False,
        unit: float = 1.0,
        in_radii: bool = True,
        tol: float = 1e-11,
        max_iter: int = 100,
    ) -> None:
        self.basis = KrylovBasis(A.rmatvec if transposed else A.matvec, b)
        self._transposed, self._unit, self._in_radii = transposed, unit, in_radii
        self._tol, self._max_iter = max(tol, float(np.finfo(A.dtype).eps)), max_iter
        self._shared = in_radii and _finds_radius(A, b)  # one basis gives the radius and the answer
        self._scale, self._spent = Radius(1.0, 0.0), 0
        if in_radii and not self._shared:
            self._scale, self._spent = spectral_radius(A, tol=self._tol, max_iter=max_iter)

    def __call__(self, rule: Propagation) -> Flow:
        """Evaluate rule(A / unit) b, spending as many products as it takes.

        Raises
        ------
        ValueError
            If infinitely many hops diverge, or the spectral radius that sets the unit is zero or cannot be told from
            zero.
        """
        while (flow := self.answer(rule)) is None:
            self.basis.grow()
        return flow

    def answer(self, rule: Propagation) -> Flow | None:
        """What the basis says about rule(A / unit) b, or None where it needs another product with A."""
        basis = self.basis
        if not basis.n_products:
            return None
        own = basis.spectral_radius()
        scale = own if self._shared else self._scale
        total = self._unit * scale.value or 1.0  # a zero affinity has no walks in any unit
        coefficients = _evaluate(rule, basis.H / total)
        truncation = 0.0 if basis.n_products >= rule.degree else basis.truncation(coefficients)
        residual = max(truncation, scale.error)
        if not (residual <= self._tol or basis.exhausted or basis.n_products >= self._max_iter):
            return None
        if self._shared:
            _check_radius(scale, basis)
        _check_value(rule, own.value / total, basis.H / total, coefficients)
        return Flow(
            scores=rule.finish(basis.combine(coefficients)),
            spectral_radius=scale.value if self._in_radii else own.value,
            residual=residual,
            n_products=self._spent + basis.n_products,
            converged=residual <= self._tol,
            rule=rule,
            basis=basis,
            unit=total,
            transposed=self._transposed,
        )


def propagate(A: FeatureOperator, b: np.ndarray, rule: Propagation, **settings: Any) -> Flow:
    """Evaluate rule(A / unit) b without forming anything n x n.

    Parameters
    ----------
    A, b : FeatureOperator of shape (n, n), ndarray of shape (n,)
    rule : Propagation
        The function of a matrix.
    **settings
        Those of `Propagator`.

    Returns
    -------
    Flow

    Raises
    ------
    ValueError
        If infinitely many hops diverge, negative damping lies beyond a pole, or the spectral radius that sets the unit
        is zero or cannot be told from zero.
    """
    return Propagator(A, b, **settings)(rule)


def spectral_radius(A: FeatureOperator, *, tol: float = 1e-11, max_iter: int = 100) -> tuple[Radius, int]:
    """The spectral radius of A with a bound on its relative error, and the products with A it took.

    Raises
    ------
    ValueError
        If it cannot be told from zero.
    """
    ones = np.ones(A.shape[0])
    # a signed A may send the ones vector to zero: any vector without structure finds its radius
    start = ones if _finds_radius(A, ones) else np.random.default_rng(0).standard_normal(A.shape[0])
    basis = KrylovBasis(A.matvec, start)
    while True:
        basis.grow()
        radius = basis.spectral_radius()
        if radius.error <= tol or basis.exhausted or basis.n_products == max_iter:
            _check_radius(radius, basis)
            return radius, basis.n_products


def _finds_radius(A: FeatureOperator, b: np.ndarray) -> bool:
    """Whether walks from b meet the Perron vector for certain."""
    return bool(A.nonnegative) and bool(np.ptp(b) == 0)


def _evaluate(rule: Propagation, H: np.ndarray) -> np.ndarray:
    e1 = np.eye(len(H))[0]
    try:
        with np.errstate(over="ignore", invalid="ignore"):  # the caller reports an overflow by name
            return rule(H, e1)
    except np.linalg.LinAlgError:  # damping meets a Ritz value exactly: this basis says nothing yet
        return np.full(len(H), np.inf)


def _check_radius(radius: Radius, basis: KrylovBasis) -> None:
    if basis.exhausted and radius.error > 0.1:
        raise ValueError(
            "the spectral radius of the affinity cannot be told from zero, as for a graph without cycles, so damping "
            "has no unit: use normalization='sub-stochastic', 'row' or 'none'."
        )


def _check_value(rule: Propagation, radius: float, H: np.ndarray, coefficients: np.ndarray) -> None:
    if rule.diverges(radius):
        raise ValueError(
            f"infinitely many hops diverge: damping times the spectral radius {radius:.6g} is not below 1 in {rule!r}. "
            "Lower damping, limit n_hops, use normalization='spectral', or continue the series by "
            "propagation='resolvent'."
        )
    if rule.crosses(H):
        lowest = np.linalg.eigvals(H).real.min()
        raise ValueError(
            f"{rule!r} lies beyond a pole: the affinity has an eigenvalue of about {lowest:.3g}, and "
            "there the series diverges and its continuation changes sign. Take damping closer to 0, or a positive "
            "semidefinite affinity such as 'signed-correlation'."
        )
    if not np.isfinite(coefficients).all():
        raise ValueError(
            f"{rule!r} has no value on this affinity: its walks overflow, or 1 / damping is an eigenvalue. Use "
            "normalization='spectral', fewer hops or another damping."
        )
