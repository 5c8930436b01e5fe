"""Compiled inner loops: arrays in, arrays out. No other package imports numba."""

from infsel._kernels._ranks import write_keys, write_ranks
from infsel._kernels._tiles import add_symmetric_product, independence

__all__ = ["add_symmetric_product", "independence", "write_keys", "write_ranks"]
