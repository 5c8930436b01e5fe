"""Let relevance flow: grow one Krylov basis until it answers to a tolerance."""

from typing import Any

import numpy as np

from infsel.krylov import Gauge, KrylovBasis, Radius, check_radius, finds_radius, random_start, safe_norm
from infsel.operators import FeatureOperator, Gramian
from infsel.propagations._base import Propagation
from infsel.propagations._error import Error, error_of
from infsel.propagations._flow import Flow

_FACTOR = 1e-8  # a factor common to all scores ranks nothing, and its last digits would cost products
_MARGIN = 5  # the bound takes what is missing for the slowest walks, which a basis this good has long met
_TRUSTED = 1e-6  # scores that round-off leaves fewer digits are no scores to rely on


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
        Relative residual at which the basis stops growing, once the bound on the error is at most five times as large,
        but for a factor common to all scores, which may be uncertain by 1e-8; never below the precision of A, nor below
        what round-off makes of the scores anyway.
    chance : float, default=None
        Of a start that is random, as for `KrylovBasis`.
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
        chance: float | None = None,
    ) -> None:
        self.basis = KrylovBasis(b, chance)
        self._product = A.rmatvec if transposed else A.matvec
        self._transposed, self._unit, self._in_radii = transposed, unit, in_radii
        self._tol, self._max_iter = max(tol, float(np.finfo(A.dtype).eps)), max_iter
        self._shared = in_radii and finds_radius(A, b)  # one basis gives the radius and the answer
        self._gauge = Gauge(A, self._tol, max_iter) if in_radii and not self._shared else None

    def grow(self) -> None:
        """Spend one product with A."""
        with np.errstate(over="ignore", invalid="ignore"):  # the basis refuses what is not finite
            product = self._product(self.basis.newest)
        self.basis.extend(product)

    def __call__(self, rule: Propagation) -> Flow:
        """Evaluate rule(A / unit) b, spending as many products as it takes.

        Raises
        ------
        ValueError
            If infinitely many hops diverge, or the spectral radius that sets the unit is zero or cannot be told from
            zero.
        """
        while (flow := self.answer(rule)) is None:
            self.grow()
        return flow

    def answer(self, rule: Propagation) -> Flow | None:
        """What the basis says about rule(A / unit) b, or None where it needs another product with A."""
        basis = self.basis
        if not basis.n_products:
            return None
        own = basis.spectral_radius()
        able = not basis.exhausted and basis.n_products < self._max_iter
        enough = self._tol if able else np.inf
        scale, total, coefficients, error = self._evaluated(rule, own, enough)
        while self._gauge and not self._meets(error) and error.of_scale > error.of_basis and self._gauge.refine():
            scale, total, coefficients, error = self._evaluated(rule, own, enough)
        helps = error.of_basis >= error.of_scale or max(error.residual, error.of_basis) > self._tol
        if able and not self._meets(error) and (helps or not self._gauge):
            return None
        if self._shared and basis.exhausted:
            check_radius(scale)
        _check_value(rule, own.value / total, basis.over(total), coefficients)
        return self._flow(rule, coefficients, error, scale.value if self._in_radii else own.value, total)

    def _evaluated(self, rule: Propagation, own: Radius, enough: float) -> tuple[Radius, float, np.ndarray, Error]:
        """The radius that sets the unit, the unit, the coefficients of rule(A / unit) b, and their error."""
        scale = own if self._shared else self._gauge.radius if self._gauge else Radius(1.0)
        if self._gauge and own.value > scale.value and own.error <= scale.error:
            scale = own  # the walks themselves have met a larger one
        total = self._unit * scale.value or 1.0  # a zero affinity has no walks in any unit
        M = self.basis.over(total)
        coefficients = _evaluate(rule, M)
        largest = max(own.value, scale.value * self._in_radii) / total
        return scale, total, coefficients, error_of(rule, self.basis, coefficients, scale, largest, M, total, enough)

    def _meets(self, error: Error) -> bool:
        """Whether all but a common factor is known to the tolerance, and that to nearly half of all digits."""
        enough = max(_MARGIN * self._tol, error.roundoff)
        known = error.of_order <= enough and error.reducible <= max(enough, _FACTOR)
        return known and error.residual <= self._tol

    def _flow(self, rule: Propagation, coefficients: np.ndarray, error: Error, radius: float, total: float) -> Flow:
        raw = self.basis.combine(coefficients)
        if not np.isfinite(raw).all():
            raise ValueError(
                f"the scores of {rule!r} are beyond the range of floating-point numbers: divide start by its largest "
                "entry, or lower damping or n_hops."
            )
        bound = error.total * rule.strain(raw)
        return Flow(
            scores=rule.finish(raw),
            spectral_radius=radius,
            residual=error.residual,
            error=bound,
            n_products=(self._gauge.n_products if self._gauge else 0) + self.basis.n_products,
            converged=self._meets(error) and bound <= max(_MARGIN * self._tol, _TRUSTED),
            rule=rule,
            basis=self.basis,
            unit=total,
            transposed=self._transposed,
        )


def propagator(
    A: FeatureOperator, b: np.ndarray, rule: Propagation, *, transposed: bool = False, **settings: Any
) -> Propagator:
    """The basis that answers for this rule and all others that are functions of the same matrix.

    That of A A^T starts at random, because A may have negative entries and the rule forgets the start; one product on,
    so that features that relate alike start alike. Such rules are free of scale, and need no unit.
    """
    if not rule.of_gramian:
        return Propagator(A, b, transposed=transposed, **settings)
    G = Gramian(A, transposed)
    start, chance = random_start(len(b))
    start = G.matvec(start)
    start = start / (safe_norm(start) or 1.0)  # vectors of norm 1 have no scale but their own
    settings |= {"unit": 1.0, "in_radii": False, "chance": chance, "transposed": transposed}
    return Propagator(G, start if start.any() else b, **settings)  # of a zero A nothing leads


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
    return propagator(A, b, rule, **settings)(rule.resolve(A))


def _evaluate(rule: Propagation, H: np.ndarray) -> np.ndarray:
    e1 = np.eye(len(H))[0]
    try:
        with np.errstate(all="ignore"):  # the caller reports an overflow by name
            return rule.act(H, e1)
    except np.linalg.LinAlgError:  # damping meets a Ritz value exactly: this basis says nothing yet
        return np.full(len(H), np.inf)


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
