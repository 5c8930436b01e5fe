"""Let relevance flow: grow one Krylov basis until it answers to a tolerance."""

from dataclasses import dataclass

import numpy as np

from infsel.operators import FeatureOperator
from infsel.propagations._hops import Hops
from infsel.propagations._krylov import KrylovBasis, Radius


@dataclass(frozen=True)
class Flow:
    """What a propagation found.

    Attributes
    ----------
    scores : ndarray of shape (n,)
        rule(A / unit) b.
    spectral_radius : float
        The radius that set the unit, or else the largest Ritz value of the basis.
    residual : float
        Certificate, relative to the norm of the scores: the larger of the truncation of the basis and the error bound
        of the unit. 0 where the basis is exact.
    n_products : int
        Products with A spent.
    converged : bool
        Whether the residual met the tolerance.
    """

    scores: np.ndarray
    spectral_radius: float
    residual: float
    n_products: int
    converged: bool


def propagate(
    A: FeatureOperator,
    b: np.ndarray,
    rule: Hops,
    *,
    transposed: bool = False,
    unit: float | None = None,
    tol: float = 1e-10,
    max_iter: int = 100,
) -> Flow:
    """Evaluate rule(A / unit) b without forming anything n x n.

    Parameters
    ----------
    A : FeatureOperator of shape (n, n)
        The normalized affinity.
    b : ndarray of shape (n,)
        Where the walks start, not zero.
    rule : Hops
        The function of a matrix.
    transposed : bool, default=False
        Walk against the direction of A: rule(A^T / unit) b.
    unit : float, optional
        What damping is measured in; by default the spectral radius of A.
    tol : float, default=1e-10
        Relative residual at which the basis stops growing; never below the precision of A.
    max_iter : int, default=100
        Most products with A for one basis.

    Returns
    -------
    Flow

    Raises
    ------
    ValueError
        If infinitely many hops diverge, or the spectral radius that sets the unit is zero or cannot be told from zero.
    """
    tol = max(tol, float(np.finfo(A.dtype).eps))
    basis = KrylovBasis(A.rmatvec if transposed else A.matvec, b)
    shared = unit is None and _finds_radius(A, b)  # one basis gives the radius and the answer
    scale, spent = Radius(unit or 0.0, 0.0), 0
    if unit is None and not shared:
        scale, spent = spectral_radius(A, tol=tol, max_iter=max_iter)
    while True:
        basis.grow()
        own = basis.spectral_radius()
        scale = own if shared else scale
        coefficients = _evaluate(rule, basis.H / (scale.value or 1))
        truncation = 0.0 if basis.n_products >= rule.n_hops else basis.truncation(coefficients)
        residual = max(truncation, scale.error)
        if residual <= tol or basis.exhausted or basis.n_products == max_iter:
            break
    if shared:
        _check_radius(scale, basis)
    elif unit is not None:
        _check_convergence(rule, own.value / unit)
    scores = basis.combine(coefficients)
    if not np.isfinite(scores).all():
        raise ValueError(f"scores overflow after n_hops={rule.n_hops}: use normalization='spectral' or fewer hops.")
    return Flow(scores, scale.value if unit is None else own.value, residual, spent + basis.n_products, residual <= tol)


def spectral_radius(A: FeatureOperator, *, tol: float = 1e-10, max_iter: int = 100) -> tuple[Radius, int]:
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
    return A.nonnegative and bool(np.ptp(b) == 0)


def _evaluate(rule: Hops, H: np.ndarray) -> np.ndarray:
    e1, newest = np.eye(len(H))[[0, -1]]
    try:
        with np.errstate(over="ignore", invalid="ignore"):  # the caller reports an overflow by name
            return rule(H, e1)
    except np.linalg.LinAlgError:  # damping meets a Ritz value exactly: this basis says nothing yet
        return newest


def _check_radius(radius: Radius, basis: KrylovBasis) -> None:
    if basis.exhausted and radius.error > 0.1:
        raise ValueError(
            "the spectral radius of the affinity cannot be told from zero, as for a graph without cycles, so damping "
            "has no unit: use normalization='sub-stochastic', 'row' or 'none'."
        )


def _check_convergence(rule: Hops, radius: float) -> None:
    if rule.diverges(radius):
        raise ValueError(
            f"infinitely many hops diverge: damping={rule.damping:g} times the spectral radius {radius:.6g} is not "
            "below 1. Lower damping, limit n_hops, or use normalization='spectral'."
        )
