"""Data frames of Dask as arrays of numbers, by what the types of their columns say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import narwhals as nw
import numpy as np

from infsel._runtime.ranges import InvalidParameter
from infsel._runtime.words import first
from infsel.distributed import require_dask
from infsel.estimators.base._entries import is_plain, precision_of, read_by_column
from infsel.estimators.base._frames import blanked
from infsel.estimators.base._given import order_of
from infsel.estimators.base._kinds import asked_kinds

Numbers = tuple[Any, np.ndarray]


def numbers_of_frame(X: Any, kinds: Any, names: Sequence[str], skipped: np.ndarray) -> Numbers:
    """The array of numbers that a frame is, lazily, and the kinds of its columns; what is skipped is blank.

    The rows of each partition are counted, for which one column is read.

    Raises
    ------
    ValueError
        If columns hold labels, dates or other objects; the message names them.
    """
    asked = {number: kind for number, kind in asked_kinds(kinds, names).items() if not skipped[number]}
    columns = list(nw.from_native(blanked(X._meta, skipped), eager_only=True).iter_columns())
    found = [_kind(column, asked.get(number)) for number, column in enumerate(columns)]
    _check(found, list(map(str, X._meta.dtypes)), names)
    precision = precision_of([column.dtype for column in columns])
    of_names = {names[number]: kind for number, kind in asked.items()} or None
    read = partial(_read, names=list(names), kinds=of_names, skipped=skipped, precision=precision)
    return _array(X, read, len(names), precision), np.array(found)


def _array(X: Any, read: Callable[[Any], np.ndarray], width: int, precision: np.dtype) -> Any:
    """What is read of each partition, one below the other.

    Partitions are taken as they are: where Dask optimizes, it merges files of which few columns are read, and the
    counts of one column would belong to other partitions than the numbers.
    """
    delayed, array = require_dask().delayed, require_dask("dask.array")
    n_rows = require_dask().compute(*map(delayed(len, pure=True), _partitions(X.iloc[:, :1])))
    parts = map(delayed(read, pure=True), _partitions(X))
    return array.concatenate(
        [
            array.from_delayed(part, (rows, width), meta=np.empty((0, width), precision))
            for part, rows in zip(parts, n_rows, strict=True)
        ]
    )


def _partitions(X: Any) -> list[Any]:
    """Delayed partitions, of files read with the columns alone that are needed."""
    return list(X.simplify().to_delayed(optimize_graph=False))


def _kind(column: nw.Series[Any], asked: Any) -> str:
    """The kind of a column by its type and by what a user says, both of which hold for each row by itself."""
    kind = column.dtype
    if isinstance(asked, list | tuple) or asked in ("numeric", "ordinal"):
        return "numeric" if asked == "numeric" else "ordinal"
    if isinstance(kind, nw.Boolean) and asked in (None, "boolean"):
        return "boolean"
    if kind.is_temporal():
        return "a time"
    if kind.is_numeric() and asked is None:
        return "numeric"
    if asked is None and order_of(column) is not None:
        return "ordinal" if _has_known_categories(column) else "unknown"
    return "nominal"


def _has_known_categories(column: nw.Series[Any]) -> bool:
    return bool(require_dask("dask.dataframe.utils").has_known_categories(column.to_native()))


_PROBLEMS: Mapping[str, str] = {
    "unknown": "the categories are not known: X.categorize() finds them",
    "a time": "dates and times are no numbers: kinds={{{name!r}: 'numeric'}} takes days since 1970",
    "nominal": "a table of Dask holds numbers: encode labels (X.categorize(), then dask.dataframe.get_dummies)",
}


def _check(found: Sequence[str], types: Sequence[str], names: Sequence[str]) -> None:
    """Refuse columns that are not numbers, and say what to do.

    Raises
    ------
    InvalidParameter
    """
    told = []
    for kind, problem in _PROBLEMS.items():
        some = [k for k, each in enumerate(found) if each == kind]
        if some:
            which = first([f"{names[k]!r} ({types[k]})" for k in some])
            told.append(f"{which}: {problem.format(name=names[some[0]])}")
    if told:
        raise InvalidParameter(
            f"X has columns that cannot be read where they are: {'; '.join(told)}. Or name them in exclude, drop them, "
            "or pass X.compute() if that fits into memory, where labels are read as they are."
        )


def _read(part: Any, names: list[str], kinds: Any, skipped: np.ndarray, precision: np.dtype) -> np.ndarray:
    """The numbers of some rows."""
    part = blanked(part, skipped)
    if kinds is None and is_plain(part):
        return np.asarray(part.to_numpy(dtype=precision))
    return read_by_column(part, kinds, names, skipped)[0].astype(precision, copy=False)
