"""What becomes of each column: numbers, truth values and categories are ranked, the rest is left out and said."""

import shlex
from collections.abc import Sequence

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from infsel._runtime.words import SHOWN, counted, first, listed
from infsel.files._days import days

_FEWEST = 5  # rows
_MANY = 10  # levels that a few rows may have


def treated(X: pd.DataFrame, nominal: Sequence[str], dates: bool) -> tuple[pd.DataFrame, list[str]]:
    """The columns to rank, and sentences on those left out, on gaps and on categories.

    Raises
    ------
    ValueError
        If nothing is left, or numbers are infinite, naming all such columns.
    """
    _check_finite(X)
    X = X.assign(**{name: _as_labels(X[name]) for name in nominal if name in X})
    empty = [name for name in X.columns if len(X) and X[name].isna().all()]
    times = [name for name in X.columns if X[name].dtype.kind in "mM" and name not in empty]
    free = [name for name in X.columns if name not in nominal and _is_free_text(X[name])]
    said = _left_out(X, empty, [] if dates else times, free)
    X = X.assign(**{name: days(X[name]) for name in times}).drop(columns=[*empty, *free, *([] if dates else times)])
    if X.shape[1] == 0 or len(X) < _FEWEST:
        also = f" ({'; '.join(said)})" if said else ""
        size = f"{counted(len(X), 'row')} and {counted(X.shape[1], 'column')} to rank"
        raise ValueError(f"has {size}{also}: at least {_FEWEST} rows and 1 column.")
    if dates and times:
        said.append(f"dates as numbers of days: {listed(times)}")
    return X, said + _kept(X)


def option(name: str, columns: Sequence[str]) -> str:
    """An option that names columns, as a shell takes it; a name that has a comma gets one for itself.

    >>> option("--drop", ["a", "b"]), option("--drop", ["a b", "c,d"])
    ('--drop a,b', "--drop 'a b' --drop c,d")
    """
    plain = [column for column in columns if "," not in column]
    groups = [plain] * bool(plain) + [[column] for column in columns if "," in column]
    return " ".join(f"{name} {shlex.quote(','.join(group))}" for group in groups)


def _check_finite(X: pd.DataFrame) -> None:
    infinite = {}
    for name in X.columns:
        if X[name].dtype.kind == "f" and (mask := np.isinf(X[name].to_numpy())).any():
            infinite[name] = int(mask.argmax()) + 1
    if infinite:
        where = first([f"{name!r} (data row {row})" for name, row in infinite.items()])
        raise ValueError(
            f"{counted(len(infinite), 'column')} infinite, or too large to compute with: {where}. Correct what is, or "
            f"leave it out with {option('--drop', [*infinite])}."
        )


def _as_labels(column: pd.Series) -> pd.Series:
    return column if isinstance(column.dtype, pd.CategoricalDtype) else column.astype("string").astype("category")


def _is_free_text(column: pd.Series) -> bool:
    """Whether a column of text says something else in nearly every row, as names, notes and ids do."""
    if not isinstance(column.dtype, pd.CategoricalDtype) or column.cat.ordered:
        return False
    return differs_in_most(column.nunique(), int(column.notna().sum()))


def differs_in_most(n_levels: int, n_present: int) -> bool:
    """Whether so many labels in so many rows are free text."""
    return n_levels == n_present > 2 or n_levels > max(n_present / 2, _MANY)


def _left_out(X: pd.DataFrame, empty: list[str], times: list[str], free: list[str]) -> list[str]:
    said = [f"left out: {listed(empty)}, empty"] if empty else []
    if times:
        said.append(f"left out: {listed(times)}, {'a date' if len(times) == 1 else 'dates'}: --dates ranks days")
    if free:
        levels = first([f"{name!r} ({X[name].nunique()} in {X[name].notna().sum()} rows)" for name in free])
        them = "it" if len(free) == 1 else "them"
        said.append(
            f"left out: {levels}, text that differs in most rows: {option('--nominal', free[:SHOWN])} ranks {them}"
        )
    return said


def _kept(X: pd.DataFrame) -> list[str]:
    said = []
    gaps = X.isna().sum()
    if len(some := gaps[gaps > 0]):
        columns = first([f"{name!r} ({count} of {len(X)})" for name, count in some.items()])
        said.append(f"{counted(len(some), 'column')} with gaps: {columns}")
    labels = [name for name in X.columns if not (is_numeric_dtype(X[name]) or is_bool_dtype(X[name]))]
    if labels:
        levels = first([f"{name!r} ({counted(X[name].nunique(), 'level')})" for name in labels])
        said.append(f"text as categories: {levels}")
    return said
