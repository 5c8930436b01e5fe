"""Statistics of the columns of a table, all columns at once and never in more extra memory than a few blocks take."""

from infsel.tables._batches import Moments
from infsel.tables._binned import binned, binned_by_weight
from infsel.tables._copies import leaders, with_copies
from infsel.tables._positions import normal_scores, positions
from infsel.tables._stores import ColumnStore, whole
from infsel.tables._tables import (
    correlating,
    extremes,
    has_whole_ranks,
    originals,
    ranks,
    standard_deviation,
    unit_columns,
    varying,
    weighted_unit_columns,
    whole_ranks,
)
from infsel.tables._varying import differ

__all__ = [
    "ColumnStore",
    "Moments",
    "binned",
    "binned_by_weight",
    "correlating",
    "differ",
    "extremes",
    "has_whole_ranks",
    "leaders",
    "normal_scores",
    "originals",
    "positions",
    "ranks",
    "standard_deviation",
    "unit_columns",
    "varying",
    "weighted_unit_columns",
    "whole",
    "whole_ranks",
    "with_copies",
]
