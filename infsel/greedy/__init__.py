"""Searches that pick or drop one feature after the other."""

from infsel.greedy._eliminate import eliminate
from infsel.greedy._forward import Path, forward
from infsel.greedy._grow_shrink import grow_shrink
from infsel.greedy._recursive_elimination import (
    KERNELS,
    METRICS,
    REGULARIZATIONS,
    SCALINGS,
    Elimination,
    holds_counts,
    holds_few,
)

__all__ = [
    "KERNELS",
    "METRICS",
    "REGULARIZATIONS",
    "SCALINGS",
    "Elimination",
    "Path",
    "eliminate",
    "forward",
    "grow_shrink",
    "holds_counts",
    "holds_few",
]
