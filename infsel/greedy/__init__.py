"""Searches that pick or drop one feature after the other."""

from infsel.greedy._forward import Path, forward

__all__ = ["Path", "forward"]
