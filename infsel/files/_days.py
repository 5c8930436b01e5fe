"""Dates and durations as numbers."""

import pandas as pd

_DAY = 86400.0  # seconds


def days(column: pd.Series) -> pd.Series:
    """Days since the first date, or the length of a duration in days."""
    since = column - column.min() if column.dtype.kind == "M" else column
    return since.dt.total_seconds() / _DAY
