"""Reading a table from a file, with errors that name the file and the column."""

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from pathlib import Path

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from infsel._runtime.names import did_you_mean
from infsel.cli._errors import BadInput, reported, warn
from infsel.cli._read import read_frame
from infsel.datasets import breast_cancer

_NAMELESS = re.compile(r"(Unnamed: \d+|index|level_0|__index_level_\d+__|)$", re.IGNORECASE)
_FEW = 5  # rows that a column may count by chance


@dataclass(frozen=True)
class Table:
    """Finite numeric features, and the target if one was named."""

    name: str
    X: pd.DataFrame
    y: pd.Series | None


def read_table(path: Path | None, target: str | None, dropped: tuple[str, ...]) -> Table:
    """The table in a CSV, TSV or Parquet file, or the bundled one where no path is given."""
    if path is None:
        features, diagnosis = breast_cancer()
        name, data, target = "breast_cancer (bundled)", features.assign(diagnosis=diagnosis), target or "diagnosis"
    else:
        name, data = str(path), read_frame(path)
    for column in (*dropped, *([] if target is None else [target])):
        if column not in data:
            raise BadInput(f"{name}: no column named {column!r}; it has {_listed(data.columns, column)}")
    with reported(name):
        y = None if target is None else _target(data[target])
        X = _features(data.drop(columns=[*dropped, *([] if target is None else [target])]))
    _warn_of_counters(name, X)
    return Table(name, X, y)


def _target(y: pd.Series) -> pd.Series:
    if y.isna().any():
        raise ValueError(f"target {y.name!r} is missing in {_place(y.isna())}: drop the row or fill it in.")
    infinite = np.isinf(_numbers(y))
    if infinite.any() and not is_bool_dtype(y):
        raise ValueError(f"target {y.name!r} is infinite or too large to compute with in {_place(infinite)}.")
    return y


def _features(X: pd.DataFrame) -> pd.DataFrame:
    if X.shape[1] == 0 or len(X) == 0:
        raise ValueError(f"has {len(X)} rows and {X.shape[1]} columns to rank: at least 2 rows and 1 column.")
    return pd.DataFrame({column: _feature(X[column]) for column in X.columns}, columns=X.columns)


def _feature(values: pd.Series) -> np.ndarray:
    """The finite numbers of a column."""
    column, missing, numbers = str(values.name), values.isna().to_numpy(), _numbers(values)
    text = np.isnan(numbers) & ~missing
    if text.any():
        raise ValueError(
            f"column {column!r} is not numeric ({str(values[text].iloc[0])!r} in {_place(text)}): encode it, or leave "
            f"it out with --drop {column!r}."
        )
    if missing.all():
        raise ValueError(f"column {column!r} is empty: leave it out with --drop {column!r}.")
    if missing.any():
        raise ValueError(
            f"column {column!r} has {missing.sum()} missing values, the first in {_place(missing)}: impute them, or "
            f"leave it out with --drop {column!r}."
        )
    infinite = np.isinf(numbers)
    if infinite.any():
        raise ValueError(
            f"column {column!r} is infinite in {_place(infinite)}, or too large to compute with: correct it, or leave "
            f"it out with --drop {column!r}."
        )
    return numbers


def _numbers(values: pd.Series) -> np.ndarray:
    """The column as floats, NaN where it holds none; whole numbers of any length and decimals are numbers."""
    if is_bool_dtype(values) or (is_numeric_dtype(values) and not np.iscomplexobj(values)):
        return values.to_numpy(dtype=np.float64, na_value=np.nan)
    if isinstance(values.dtype, pd.CategoricalDtype):
        return np.full(len(values), np.nan)
    return np.array([_number(cell) for cell in values.astype(object)])


def _number(cell: object) -> float:
    """The number that a cell holds or spells, infinity if it is too large, NaN if it is none."""
    if not isinstance(cell, (str, Real, Decimal)) or (isinstance(cell, str) and "_" in cell):  # 1_000 is Python's
        return math.nan
    try:
        return float(cell)
    except ValueError:
        return math.nan
    except OverflowError:
        return math.inf


def _warn_of_counters(name: str, X: pd.DataFrame) -> None:
    for column in X.columns:
        if _counts(X[column].to_numpy(), in_order=_NAMELESS.match(column) is None):
            warn(
                f"{name}: column {column!r} counts the rows, as a saved index or an id does, and is ranked like any "
                f"other: leave it out with --drop {column!r}."
            )


def _counts(values: np.ndarray, in_order: bool) -> bool:
    if len(values) < _FEW or (in_order and values[1] - values[0] != 1):
        return False
    return bool((np.diff(values if in_order else np.sort(values)) == 1).all())


def _place(mask: np.ndarray | pd.Series) -> str:
    """Where the mask is first true, counting rows below the header from 1."""
    return f"data row {int(np.argmax(mask)) + 1}"


def _listed(columns: pd.Index, wanted: str, most: int = 8) -> str:
    names = [repr(name) for name in columns[:most]]
    rest = f" and {len(columns) - most} more" if len(columns) > most else ""
    return ", ".join(names) + rest + (did_you_mean(wanted, columns) or ".")
