"""Models between the rows of a table, and what each column does for them."""

from infsel.eliminations._attention import AttentionRidge
from infsel.eliminations._base import RowModel
from infsel.eliminations._learned import LearnedAttention
from infsel.eliminations._left_out import LeftOut
from infsel.eliminations._linear import LinearRidge
from infsel.eliminations._parts import PooledRidge, deal, distinct, over_parts, random_signs
from infsel.eliminations._screen import binned_information

__all__ = [
    "AttentionRidge",
    "LearnedAttention",
    "LeftOut",
    "LinearRidge",
    "PooledRidge",
    "RowModel",
    "binned_information",
    "deal",
    "distinct",
    "over_parts",
    "random_signs",
]
