"""Searches that pick or drop one feature after the other."""

from infsel.greedy._chance import beside_chance, of_shuffled, p_values
from infsel.greedy._eliminate import eliminate
from infsel.greedy._forward import Path, forward
from infsel.greedy._grow_shrink import grow_shrink
from infsel.greedy._recursive_elimination import (
    KERNELS,
    METRICS,
    REGULARIZATIONS,
    SCALINGS,
    Eliminated,
    Elimination,
    holds_counts,
    holds_few,
)
from infsel.greedy._rounds import Rounds

__all__ = [
    "KERNELS",
    "METRICS",
    "REGULARIZATIONS",
    "SCALINGS",
    "Eliminated",
    "Elimination",
    "Path",
    "Rounds",
    "beside_chance",
    "eliminate",
    "forward",
    "grow_shrink",
    "holds_counts",
    "holds_few",
    "of_shuffled",
    "p_values",
]
