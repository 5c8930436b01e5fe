"""Reading a table from a file, with errors that name the file and the column."""

import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from infsel.cli._errors import BadInput
from infsel.datasets import breast_cancer

_SEPARATORS = {".csv": ",", ".tsv": "\t"}


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
        name, data = str(path), _read(path)
    missing = [column for column in (*dropped, *([] if target is None else [target])) if column not in data]
    if missing:
        raise BadInput(f"{name}: no column named {missing[0]!r}; it has {_listed(data.columns)}.")
    y = None if target is None else data[target]
    if y is not None and y.isna().any():
        raise BadInput(f"{name}: target {target!r} is missing in {_place(y.isna())}: drop the row or fill it in.")
    X = data.drop(columns=[*dropped, *([] if target is None else [target])])
    _check_features(name, X)
    return Table(name, X.astype(np.float64), y)


def _read(path: Path) -> pd.DataFrame:
    suffix = path.suffix.lower()
    if suffix != ".parquet" and suffix not in _SEPARATORS:
        raise BadInput(f"{path}: the file must end in .csv, .tsv or .parquet.")
    try:
        if suffix == ".parquet":
            return pd.read_parquet(path)
        return _read_text(path, _SEPARATORS[suffix])
    except FileNotFoundError as error:
        raise BadInput(f"{path}: no such file.") from error
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror or error}.") from error
    except (
        ValueError,
        pd.errors.ParserError,
        pd.errors.ParserWarning,
    ) as error:  # also UnicodeDecodeError and pyarrow's errors
        raise BadInput(f"{path}: is not a readable {suffix[1:]} table: {error}") from error


def _read_text(path: Path, separator: str) -> pd.DataFrame:
    options: dict[str, Any] = {"sep": separator, "skipinitialspace": True, "encoding": "utf-8-sig"}
    # pandas renames repeated columns without a word, so the header is read as a row of its own
    header = pd.read_csv(path, header=None, nrows=1, dtype=str, **options).iloc[0]
    names = [f"Unnamed: {k}" if pd.isna(name) else name.strip() for k, name in enumerate(header)]
    repeated = [name for name, count in Counter(names).items() if count > 1]
    if repeated:
        raise BadInput(f"{path}: more than one column is named {repeated[0]!r}: give each its own name.")
    with warnings.catch_warnings():
        warnings.simplefilter("error", pd.errors.ParserWarning)  # rows longer than the header would be cut
        data = pd.read_csv(path, index_col=False, low_memory=False, **options)
    data.columns = pd.Index(names)
    return data


def _check_features(name: str, X: pd.DataFrame) -> None:
    if X.shape[1] == 0 or len(X) == 0:
        raise BadInput(f"{name}: has {len(X)} rows and {X.shape[1]} columns to rank: at least 2 rows and 1 column.")
    for column in X.columns:
        values = X[column]
        if not (is_numeric_dtype(values) or is_bool_dtype(values)) or np.iscomplexobj(values):
            text = pd.to_numeric(values.astype(str), errors="coerce").isna() & values.notna()
            example = values[text].iloc[0] if text.any() else values.iloc[0]
            where = _place(text) if text.any() else "every row"
            raise BadInput(
                f"{name}: column {column!r} is not numeric ({str(example)!r} in {where}): encode it, or leave it out "
                f"with --drop {str(column)!r}."
            )
        if values.isna().any():
            raise BadInput(
                f"{name}: column {column!r} has {values.isna().sum()} missing values, the first in "
                f"{_place(values.isna())}: impute them, or leave it out with --drop {str(column)!r}."
            )
        infinite = np.isinf(values.to_numpy(dtype=np.float64))
        if infinite.any():
            raise BadInput(f"{name}: column {column!r} is infinite in {_place(pd.Series(infinite))}.")


def _place(mask: pd.Series) -> str:
    """Where the mask is first true, counting rows below the header from 1."""
    return f"data row {int(mask.to_numpy().argmax()) + 1}"


def _listed(columns: pd.Index, most: int = 8) -> str:
    names = [repr(name) for name in columns[:most]]
    return ", ".join(names) + (f" and {len(columns) - most} more" if len(columns) > most else "")
