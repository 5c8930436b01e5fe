"""Ridge models on the rows of a table, what each column does for them, and rounds that drop the weakest."""

from infsel.eliminations._attention import AttentionRidge
from infsel.eliminations._landmarks import LandmarkRidge, spread_rows
from infsel.eliminations._linear import LinearRidge
from infsel.eliminations._procedure import KERNELS, REGULARIZATIONS, SCALINGS, Elimination, holds_counts
from infsel.eliminations._rounds import RowRidge, eliminate
from infsel.eliminations._screen import binned_information

__all__ = [
    "KERNELS",
    "REGULARIZATIONS",
    "SCALINGS",
    "AttentionRidge",
    "Elimination",
    "LandmarkRidge",
    "LinearRidge",
    "RowRidge",
    "binned_information",
    "eliminate",
    "holds_counts",
    "spread_rows",
]
