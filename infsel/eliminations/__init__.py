"""Ridge models on the rows of a table, what each column does for them, and rounds that drop the weakest."""

from infsel.eliminations._attention import AttentionRidge
from infsel.eliminations._linear import LinearRidge
from infsel.eliminations._parts import PooledRidge, deal, distinct
from infsel.eliminations._procedure import KERNELS, REGULARIZATIONS, SCALINGS, Elimination, holds_counts
from infsel.eliminations._rounds import RowRidge, eliminate
from infsel.eliminations._screen import binned_information

__all__ = [
    "KERNELS",
    "REGULARIZATIONS",
    "SCALINGS",
    "AttentionRidge",
    "Elimination",
    "LinearRidge",
    "PooledRidge",
    "RowRidge",
    "binned_information",
    "deal",
    "distinct",
    "eliminate",
    "holds_counts",
]
