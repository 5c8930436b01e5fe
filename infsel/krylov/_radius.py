"""The spectral radius, certified also where a basis has not seen its eigenvector."""

from typing import NamedTuple

import numpy as np
import scipy.linalg

_EPS = float(np.finfo(np.float64).eps)
_NORMAL = 1 + 1e-6


class Radius(NamedTuple):
    """A spectral radius and what is known of its relative error.

    Attributes
    ----------
    value : float
    error : float
        Bound on what further products may still change.
    roundoff : float
        What no product can: the condition number of the eigenvalue times the precision of H.
    residual : float
        What the error is likely to be: the residual of the Ritz pair, or where smaller its square over the gap to the
        next Ritz value (Kato-Temple, symmetric A), times the condition number. It presumes that the basis has seen the
        second eigenvalue.
    """

    value: float
    error: float = 0.0
    roundoff: float = 0.0
    residual: float = 0.0


class RitzPairs(NamedTuple):
    """Eigenvalues of a projected matrix, with its left and right eigenvectors as columns."""

    values: np.ndarray
    left: np.ndarray
    right: np.ndarray


def ritz_pairs(H: np.ndarray) -> RitzPairs:
    """Those of the projected matrix H."""
    return RitzPairs(*scipy.linalg.eig(H, left=True, right=True))


def top_ritz_value(H: np.ndarray, pairs: RitzPairs, reach: float, *, both_ends: bool = False) -> Radius:
    """The largest modulus of an eigenvalue of H, as a spectral radius of the A that H is projected from.

    Let u be a left eigenvector of A for its spectral radius rho. The recurrence that made the basis gives
    u' v_{m+1} = p(rho) u' v_1, p the characteristic polynomial of H over the product of its subdiagonal. Beyond its
    largest zero theta |p| grows faster than its tangent there, so that rho - theta <= reach / |p'(theta)| wherever
    |u' v_{m+1}| <= reach |u' v_1|. For a non-negative A and a positive start u is non-negative, and reach is the
    largest ratio of an entry of v_{m+1} to that of v_1: no gap between eigenvalues is presumed. 1 / |p'(theta)| is the
    residual of the Ritz pair times the first entry of its left vector times its condition number.

    For symmetric A no Ritz value exceeds rho, so this bounds the error. For other A it bounds rho from above only, and
    from below the residual times the condition number, which is huge for a nearly nilpotent A, estimates the error.

    Parameters
    ----------
    H : ndarray of shape (m + 1, m + 1)
        Projected matrix with its zero last column, with entries near 1.
    pairs : RitzPairs
        Those of H.
    reach : float
        0 where the basis is exhausted.
    both_ends : bool, default=False
        Whether an eigenvalue of the other sign may be the largest, as that of an A with negative entries.
    """
    values, left, right = pairs
    top = int(np.abs(values).argmax())
    radius = float(np.abs(values[top]))
    if radius == 0:
        return Radius(0.0, 0.0, np.inf if H.any() else 0.0)
    bounds = _bounds(values, left, right, reach) / radius
    error = bounds[top]
    if both_ends and reach:
        ends = [int(values.real.argmax()), int(values.real.argmin())]
        error = max(error, *(np.abs(values[end]) / radius + bounds[end] - 1 for end in ends))
    condition = float(_condition(left, right)[top])
    residual = float(np.abs(right[-1, top])) if reach else 0.0
    gap = 1 - float(np.sort(np.abs(values))[-2:-1].max(initial=0.0)) / radius
    if condition < _NORMAL and gap > 0:
        residual = min(residual, residual**2 / gap)
    roundoff = condition * _EPS * float(np.linalg.norm(H)) / radius
    return Radius(radius, float(error), roundoff, condition * residual)


def _bounds(values: np.ndarray, left: np.ndarray, right: np.ndarray, reach: float) -> np.ndarray:
    """How far beyond each Ritz value an eigenvalue may lie."""
    if not reach:
        return np.zeros(len(values))
    condition, residual = _condition(left, right), np.abs(values) * np.abs(right[-1])
    with np.errstate(invalid="ignore"):  # an unlimited reach of nothing is nothing
        hidden = np.nan_to_num(np.abs(left[0]) * residual * reach, posinf=np.inf)
    return np.asarray(condition * np.where(condition < _NORMAL, hidden, np.maximum(hidden, residual)))


def _condition(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return np.asarray(1 / np.maximum(np.abs((left.conj() * right).sum(axis=0)), _EPS))
