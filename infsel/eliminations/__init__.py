"""Ridge models on the rows of a table, and what each column does for them."""

from infsel.eliminations._attention import AttentionRidge
from infsel.eliminations._base import RowRidge
from infsel.eliminations._linear import LinearRidge
from infsel.eliminations._parts import PooledRidge, deal, distinct, over_parts
from infsel.eliminations._screen import binned_information

__all__ = [
    "AttentionRidge",
    "LinearRidge",
    "PooledRidge",
    "RowRidge",
    "binned_information",
    "deal",
    "distinct",
    "over_parts",
]
