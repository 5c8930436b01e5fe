"""Models between the rows of a table, and what each column does for them."""

from infsel.eliminations._attention import AttentionRidge
from infsel.eliminations._base import Enough, RowModel
from infsel.eliminations._blocks import BlockRidge, BlocksLeftOut
from infsel.eliminations._learned import LearnedAttention
from infsel.eliminations._left_out import LeftOut
from infsel.eliminations._linear import LinearRidge
from infsel.eliminations._parts import column_order, deal, distinct, random_signs
from infsel.eliminations._pooled import PooledRidge, visited
from infsel.eliminations._screen import binned_information, informing_gaps, mixed_information
from infsel.eliminations._sum import SumRidge

__all__ = [
    "AttentionRidge",
    "BlockRidge",
    "BlocksLeftOut",
    "Enough",
    "LearnedAttention",
    "LeftOut",
    "LinearRidge",
    "PooledRidge",
    "RowModel",
    "SumRidge",
    "binned_information",
    "column_order",
    "deal",
    "distinct",
    "informing_gaps",
    "mixed_information",
    "random_signs",
    "visited",
]
