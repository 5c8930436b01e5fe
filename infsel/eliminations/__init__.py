"""Models between the rows of a table, and what each column does for them."""

from infsel.eliminations._attention import AttentionRidge
from infsel.eliminations._base import Enough, RowModel
from infsel.eliminations._learned import LearnedAttention
from infsel.eliminations._left_out import LeftOut
from infsel.eliminations._linear import LinearRidge
from infsel.eliminations._parts import column_order, deal, distinct, random_signs
from infsel.eliminations._pooled import PooledRidge, visited
from infsel.eliminations._screen import binned_information

__all__ = [
    "AttentionRidge",
    "Enough",
    "LearnedAttention",
    "LeftOut",
    "LinearRidge",
    "PooledRidge",
    "RowModel",
    "binned_information",
    "column_order",
    "deal",
    "distinct",
    "random_signs",
    "visited",
]
