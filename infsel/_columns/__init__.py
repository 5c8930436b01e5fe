"""Statistics of the columns of a table, all columns at once and never in more extra memory than a few blocks take."""

from infsel._columns._tables import correlating, ranks, standard_deviation, unit_columns, varying

__all__ = ["correlating", "ranks", "standard_deviation", "unit_columns", "varying"]
