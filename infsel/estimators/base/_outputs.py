"""What leaves an estimator: frames of the library that came in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any

import narwhals as nw
import numpy as np

from infsel.estimators.base._frames import is_frame, library_of
from infsel.estimators.base._sklearn import asked_output, output_config

_LIBRARIES = ("pandas", "polars", "pyarrow")
_INDEXED = ("pandas", "modin")  # libraries whose rows have labels, and whose NaN is what is missing


def output_library(selector: Any, X: Any) -> str | None:
    """The library of the frame that `transform` makes of a frame, None for an array.

    Frames come back as what they were, unless `set_output` asks for another kind, or by "default" for arrays.
    """
    asked = output_config("transform", estimator=selector)["dense"]
    if asked != "default":
        return str(asked)
    return None if asked_output(selector) == "default" else library_of(X)


def in_library(X: Any, library: str) -> Any:
    """The frame as one of another library: text stays text, and what is missing stays so."""
    frame = nw.from_native(X, eager_only=True)
    if frame.implementation.value == library:
        return X
    return {"pandas": frame.to_pandas, "polars": frame.to_polars, "pyarrow": frame.to_arrow}[library]()


def select_columns(X: Any, mask: np.ndarray) -> Any:
    """The columns of a data frame that the mask keeps, as a frame of the same library with the same types and rows."""
    frame = nw.from_native(X, eager_only=True)
    # a frame without columns keeps its rows only where the others are dropped from it
    return (frame[:, np.flatnonzero(mask).tolist()] if mask.any() else frame.drop(frame.columns)).to_native()


def columns_in_library(X: Any, mask: np.ndarray, library: str) -> Any:
    """The columns of a frame that the mask keeps, in another library."""
    if mask.any():
        return in_library(select_columns(X, mask), library)
    return select_columns(in_library(X, library), mask)  # polars of old has no rows without columns


def take_columns(X: Any, mask: np.ndarray) -> Any:
    """The same of a frame, an array or a sparse matrix."""
    return select_columns(X, mask) if is_frame(X) else X[:, mask]


def spread_columns(X: Any, mask: np.ndarray, names: Sequence[str]) -> Any:
    """A frame of all columns, of which those that the mask keeps are in X and the others hold zeros."""
    frame = nw.from_native(X, eager_only=True)
    kept = frame.rename(dict(zip(frame.columns, np.asarray(names)[mask].tolist(), strict=True)))
    zeros = (nw.lit(0.0).alias(name) for name, there in zip(names, mask, strict=True) if not there)
    return kept.with_columns(*zeros).select(*names).to_native()


def as_frame(columns: Mapping[str, Any], library: str | None) -> Any:
    """A frame of these columns in a library; entries that are NaN or masked are missing."""
    backend: Any = _or_installed(library)
    made = nw.from_dict({name: _column(values, backend) for name, values in columns.items()}, backend=backend)
    return made.to_native()


def as_labeled_frame(
    matrix: np.ndarray, rows: Sequence[Any], columns: Sequence[Any], library: str | None, of: tuple[str, str | None]
) -> Any:
    """A matrix with labels, and what those of rows and columns are called.

    The labels of rows are the index where a library has one, else the first column.
    """
    if _or_installed(library) in _INDEXED:
        import pandas as pd

        labels: Any = (rows, columns)
        return pd.DataFrame(matrix, *labels).rename_axis(index=of[0] if of[1] else None, columns=of[1])
    labels = {of[0]: np.array([str(row) for row in rows], dtype=object)}
    return as_frame(labels | {str(label): matrix[:, j] for j, label in enumerate(columns)}, library)


def whole(values: np.ndarray) -> np.ma.MaskedArray:
    """Whole numbers, masked where they are NaN."""
    missing = np.isnan(values)
    return np.ma.masked_array(np.where(missing, 0, values).astype(np.int64), missing)


def _or_installed(library: str | None) -> str:
    """The library, or of those that are installed the one that most people know."""
    return library or next(name for name in _LIBRARIES if find_spec(name))


def _column(values: Any, library: str) -> Any:
    """Values as a library takes them for a column."""
    if library in _INDEXED:
        return _nullable(values) if isinstance(values, np.ma.MaskedArray) else values
    return (np.ma.masked_invalid(values) if values.dtype.kind == "f" else values).tolist()


def _nullable(values: np.ma.MaskedArray) -> Any:
    import pandas as pd

    return pd.array(values.tolist(), dtype="Int64")
