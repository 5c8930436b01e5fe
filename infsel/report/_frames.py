"""The table and the target as data frames of pandas, whose columns the studies can read."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from infsel._runtime.words import listed
from infsel.estimators.base._frames import is_frame
from infsel.estimators.base._given import Given, of_series
from infsel.files._days import days


def as_frames(X: Any, y: Any) -> tuple[pd.DataFrame, pd.Series, list[str], list[str]]:
    """The columns as numbers, truth values and categories, the target, sentences about changes, and what was dates.

    Raises
    ------
    TypeError
        If X is no table in memory.
    ValueError
        If the lengths differ, two columns have one name, or the target has gaps.
    """
    X, said, dates = _readable(_frame(X))
    y = _series(y)
    if len(X) != len(y):
        raise ValueError(f"X has {len(X)} rows and y {len(y)}: pass a target for each row.")
    if y.isna().any():
        raise ValueError(f"y is missing in row {int(np.argmax(y.isna()))}: leave such rows out.")
    if y.nunique() < 2:
        raise ValueError(f"y has one value, {y.iloc[0]!s}: there is nothing to predict.")
    return X, y.set_axis(X.index), said, dates


def _frame(X: Any) -> pd.DataFrame:
    if isinstance(X, pd.DataFrame):
        frame = X.copy(deep=False)
    elif hasattr(X, "toarray") or hasattr(X, "tocsr"):
        raise TypeError("X is sparse: a report reads a dense table, X.toarray().")
    elif is_frame(X):
        frame = nw.from_native(X, eager_only=True).to_pandas()
    else:
        numbers = np.asarray(X)
        if numbers.ndim != 2:
            raise TypeError(f"X has {numbers.ndim} dimensions: pass a table of rows and columns.")
        frame = pd.DataFrame(numbers, columns=[f"x{j}" for j in range(numbers.shape[1])])
    frame.columns = frame.columns.map(str)
    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()].unique()
        raise ValueError(f"X has several columns named {listed(twice)}: rename them, so that the report can tell them.")
    return frame


def _series(y: Any) -> pd.Series:
    if np.ndim(y) > 1 and np.shape(y)[1] > 1:
        raise ValueError(f"y has {np.shape(y)[1]} columns: a report is about one target.")
    found = y if isinstance(y, pd.Series) else pd.Series(np.asarray(y).ravel(), name=getattr(y, "name", None))
    return found.rename("y" if found.name is None else str(found.name))


def _readable(X: pd.DataFrame) -> tuple[pd.DataFrame, list[str], list[str]]:
    times = [name for name in X.columns if _given(X[name]).holds == "times"]
    texts = [name for name in X.columns.drop(times) if pd.api.types.is_string_dtype(X[name]) or X[name].dtype == object]
    said = [f"dates as numbers of days: {listed(times)}"] if times else []
    said += [f"text as categories: {listed(texts)}"] if texts else []
    changed = {name: _days(X[name]) for name in times} | {name: _labels(X[name]) for name in texts}
    return X.assign(**changed), said, times


def _given(column: pd.Series) -> Given:
    return of_series(nw.from_native(column, series_only=True))


def _days(column: pd.Series) -> pd.Series:
    """Days since the first; of objects and periods, too."""
    if column.dtype.kind in "mM":
        return days(column)
    numbers = _given(column).numbers()
    return pd.Series(numbers - np.nanmin(numbers), column.index, name=column.name)


def _labels(column: pd.Series) -> pd.Series:
    return column.astype(object).where(column.isna(), column.astype(str)).astype("category")
