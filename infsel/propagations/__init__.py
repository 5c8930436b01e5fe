"""Functions of a matrix and the Krylov basis that evaluates them on matrices too large to write down."""

from infsel.krylov import KrylovBasis, spectral_radius
from infsel.propagations._base import Propagation
from infsel.propagations._flow import Flow, LastHop
from infsel.propagations._heat import Heat
from infsel.propagations._hops import Hops, Resolvent
from infsel.propagations._page_rank import PageRank
from infsel.propagations._propagate import Propagator, propagate, propagator
from infsel.propagations._singular import Singular
from infsel.propagations._stationary import Stationary
from infsel.propagations._with_start import WithStart

__all__ = [
    "Flow",
    "Heat",
    "Hops",
    "KrylovBasis",
    "LastHop",
    "PageRank",
    "Propagation",
    "Propagator",
    "Resolvent",
    "Singular",
    "Stationary",
    "WithStart",
    "propagate",
    "propagator",
    "spectral_radius",
]
