"""Functions of a matrix and the Krylov basis that evaluates them on matrices too large to write down."""

from infsel.propagations._hops import Hops
from infsel.propagations._krylov import KrylovBasis
from infsel.propagations._propagate import Flow, propagate, spectral_radius

__all__ = ["Flow", "Hops", "KrylovBasis", "propagate", "spectral_radius"]
