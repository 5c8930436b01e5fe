"""How far scores may be off, from what the basis knows."""

from typing import NamedTuple

import numpy as np

from infsel.krylov import KrylovBasis, Radius, safe_norm
from infsel.propagations._base import Propagation

_ROUNDOFF = 8 * float(np.finfo(np.float64).eps)  # of one product and its orthogonalization, relative to the radius


class Error(NamedTuple):
    """Bounds relative to the norm of the scores.

    Attributes
    ----------
    residual : float
        The larger of the truncation of the basis and the residual of the radius that sets the unit.
    of_basis, of_scale : float
        What the truncation and the error of the radius make of the scores; further products may lower both.
    of_order : float
        Both without the share of the radius that multiplies all scores alike.
    roundoff : float
        What no product can lower.
    """

    residual: float
    of_basis: float
    of_scale: float
    of_order: float
    roundoff: float

    @property
    def reducible(self) -> float:
        """What further products may lower."""
        return self.of_basis + self.of_scale

    @property
    def total(self) -> float:
        """Both together."""
        return self.reducible + self.roundoff


def error_of(
    rule: Propagation,
    basis: KrylovBasis,
    coefficients: np.ndarray,
    scale: Radius,
    radius: float,
    M: np.ndarray,
    unit: float,
    enough: float = np.inf,
) -> Error:
    """Bound the error of rule(A / unit) b, of known coefficients, M its A / unit; unknown if its truncation is large.

    The product with the newest vector is missing, and walks would carry it on: its coefficient times the gain of the
    walks bounds what it changes. For a symmetric A the gain is that at its eigenvalues, for others at least what walks
    make of b. The scale moves the scores by its error times the slope, A f'(A) b.
    """
    norm = safe_norm(coefficients)
    if norm == 0:
        return Error(scale.residual + scale.roundoff, 0.0, 0.0, 0.0, 0.0)
    if not np.isfinite(norm):
        return Error(np.inf, np.inf, 0.0, np.inf, 0.0)
    truncation = 0.0 if basis.n_products >= rule.degree else basis.truncation(coefficients)
    if truncation > enough:  # whoever asks takes another product whatever the bound
        return Error(truncation, np.inf, 0.0, np.inf, 0.0)
    direction = coefficients / norm
    with np.errstate(all="ignore"):  # what overflows is no bound, and larger than any tolerance
        gain = max(rule.gain(basis.ritz_values(unit).real, radius), norm)
        moved = rule.slope(M, np.eye(len(M))[0]) / norm
        slope, twist = np.linalg.norm(moved), np.linalg.norm(moved - np.vdot(moved, direction) * direction)
        of_basis = truncation * gain + rule.blur(basis.spectral_radius())
        bounds = of_basis, float(scale.error * slope), float(of_basis + scale.error * twist)
        # every product errs, and walks carry that on
        carried = gain * (1 + 1 / norm) if rule.degree == np.inf else _slope_at(rule, radius) / norm
        roundoff = _ROUNDOFF * (1 + carried + slope) + scale.roundoff * slope
    residual = max(truncation, scale.residual + scale.roundoff)
    if not np.isfinite(sum(bounds) + roundoff):
        return Error(residual, np.inf, 0.0, np.inf, 0.0)
    return Error(residual, of_basis, bounds[1], bounds[2], float(roundoff))


def _slope_at(rule: Propagation, radius: float) -> float:
    return float(np.abs(rule.slope(np.array([[radius]]), np.ones(1)))[0])
