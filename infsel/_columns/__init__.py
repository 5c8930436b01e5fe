"""Statistics of the columns of a table, all columns at once and never in more extra memory than a few blocks take."""

from infsel._columns._batches import Moments
from infsel._columns._stores import ColumnStore, whole
from infsel._columns._tables import correlating, ranks, standard_deviation, unit_columns, varying

__all__ = ["ColumnStore", "Moments", "correlating", "ranks", "standard_deviation", "unit_columns", "varying", "whole"]
