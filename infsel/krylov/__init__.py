"""Krylov bases of one operator and one start, and what they certify."""

from infsel.krylov._basis import KrylovBasis, safe_norm
from infsel.krylov._gauge import Gauge, check_radius, finds_radius, random_start, spectral_radius
from infsel.krylov._radius import Radius, top_ritz_value
from infsel.krylov._solver import FEWEST_LANDMARKS, Krylov

__all__ = [
    "FEWEST_LANDMARKS",
    "Gauge",
    "Krylov",
    "KrylovBasis",
    "Radius",
    "check_radius",
    "finds_radius",
    "random_start",
    "safe_norm",
    "spectral_radius",
    "top_ritz_value",
]
