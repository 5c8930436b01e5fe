"""One column as it comes: of a data frame, or of an array that holds more than numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from numbers import Real
from typing import Any, NamedTuple, Protocol, runtime_checkable

import narwhals as nw
import numpy as np

_TIMES = (nw.Date, nw.Datetime, nw.Duration)
_CODED = (nw.String, nw.Categorical, nw.Enum)
_NESTED = (nw.List, nw.Array, nw.Struct, nw.Binary)
_DAY = 86_400e6  # in microseconds
_FIRST, _ONE = datetime(1970, 1, 1), timedelta(days=1)


class Levels(NamedTuple):
    """What differs in a column, and which of it each sample has.

    Attributes
    ----------
    values : list
        Once each, in the order in which they appear, or in that of the categories of a column of these.
    codes : ndarray of int of shape (n_samples,)
        The place of the value of each sample, -1 where it is missing.
    """

    values: list[Any]
    codes: np.ndarray

    def mapped(self, numbers: Sequence[float]) -> np.ndarray:
        """The number that each sample has if the values have these, NaN where it is missing."""
        return np.array([*numbers, np.nan], dtype=np.float64)[self.codes]


@dataclass(frozen=True)
class Given:
    """A column, and what its type says of it.

    Attributes
    ----------
    holds : {"numbers", "booleans", "times", "intervals", "labels", "nothing"}
        What it holds: of labels more is known by looking, and "nothing" is what no statistic can read.
    type : callable
        What its library calls that; it may look at all values.
    numbers : callable
        The numbers, as an array with NaN where one is missing (`as_number`).
    levels : callable
        What differs, as `Levels`.
    order : sequence or None
        Its categories in their order.
    """

    holds: str
    type: Callable[[], str]
    numbers: Callable[[], np.ndarray]
    levels: Callable[[], Levels]
    order: Sequence[Any] | None = None


def of_series(series: nw.Series[Any]) -> Given:
    """A column of a data frame."""
    native: Any = series.to_native()
    if nw.dependencies.is_pandas_series(native) and isinstance(native.dtype, np.dtype):
        if native.dtype == np.dtype(object):
            return of_values(native.tolist(), lambda: str(series.dtype))
        if native.dtype.kind in "biuf":
            return replace(of_array(native.to_numpy()), type=lambda: str(series.dtype))
    kind = series.dtype
    name = str(native.dtype) if isinstance(kind, nw.Unknown) and hasattr(native, "dtype") else str(kind)
    if isinstance(kind, nw.Boolean) or kind.is_numeric():
        holds = "booleans" if isinstance(kind, nw.Boolean) else "numbers"
        as_floats = series if isinstance(kind, nw.Float64) else series.cast(nw.Float64)
        return Given(holds, lambda: name, as_floats.to_numpy, lambda: _levels_of(series.to_list()))
    if isinstance(kind, _TIMES):
        return Given("times", lambda: name, lambda: _days(series), lambda: _levels_of(series.to_list()))
    if isinstance(kind, _NESTED):
        return nothing(lambda: name)
    if isinstance(kind, _CODED) and (levels := _categories(native)) is not None:
        return of_levels(levels, lambda: name, order_of(series))
    return of_values(series.to_list(), lambda: name, order_of(series))


def of_array(column: np.ndarray) -> Given:
    """A column of an array."""
    kind = column.dtype
    if kind.kind in "biuf":
        holds = "booleans" if kind.kind == "b" else "numbers"
        as_floats = partial(column.astype, np.float64)
        return Given(holds, lambda: str(kind), as_floats, lambda: _levels_of(column.tolist()))
    if kind.kind in "mM":
        return Given("times", lambda: str(kind), lambda: _days_of(column), lambda: _levels_of(column.tolist()))
    written = _written(column) if kind.kind in "US" else None
    if written is not None:
        return Given("numbers", lambda: str(kind), lambda: written, lambda: _levels_of(column.tolist()))
    return of_values(column.tolist(), lambda: str(kind))


def of_values(values: list[Any], name: Callable[[], str], order: Sequence[Any] | None = None) -> Given:
    """A column of objects: what they are says what it holds."""
    if order is None and all(issubclass(kind, _PLAIN) and kind is not bool for kind in set(map(type, values))):
        return Given("numbers", name, lambda: np.array(values, dtype=np.float64), lambda: _levels_of(values))
    try:
        levels = _levels_of(values)
    except TypeError:  # of what cannot be told apart
        return nothing(name)
    return of_levels(levels, name, order)


def nothing(name: Callable[[], str]) -> Given:
    """A column of what no statistic can read."""
    return Given("nothing", name, _no_numbers, _no_levels)


def of_levels(levels: Levels, name: Callable[[], str], order: Sequence[Any] | None) -> Given:
    """A column of which is known what differs."""
    there = levels.values
    if any(isinstance(value, tuple | frozenset | complex) for value in there):
        return nothing(name)
    is_labels = order is not None or (bool(there) and _are(there, str))  # protocols take a while
    holds = "labels" if is_labels else next(what for what, kinds in _HELD if _are(there, kinds))
    holds = "booleans" if there and _are(there, (bool, np.bool_)) else holds
    return Given(holds, name, lambda: levels.mapped(list(map(as_number, there))), lambda: levels, order)


def _levels_of(values: list[Any]) -> Levels:
    """The levels of values one a sample; they can be told apart or it is a TypeError."""
    number: dict[Any, int] = dict.fromkeys(values, -1)
    there = [value for value in number if not is_missing(value)]
    number.update(zip(there, range(len(there)), strict=True))
    return Levels(there, np.fromiter(map(number.__getitem__, values), dtype=np.intp, count=len(values)))


def _categories(native: Any) -> Levels | None:
    """What occurs in columns of categories, and of text in Arrow, whose libraries number it; None of others."""
    array = getattr(native, "array", native)
    if hasattr(array, "codes") and hasattr(array, "categories"):
        return _occurring(list(array.categories), np.asarray(array.codes))
    if not nw.dependencies.is_pyarrow_chunked_array(native):
        if getattr(array.dtype, "storage", "") != "pyarrow" and not hasattr(array.dtype, "pyarrow_dtype"):
            return None
        array = array.__arrow_array__()
    coded = (array if hasattr(array.type, "index_type") else array.dictionary_encode()).unify_dictionaries()
    codes = [chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False) for chunk in coded.chunks]
    values = coded.chunk(0).dictionary.to_pylist() if coded.num_chunks else []
    return _occurring(values, np.concatenate([np.empty(0, dtype=np.intp), *codes]))


def _occurring(values: list[Any], codes: np.ndarray) -> Levels:
    counts = np.bincount(codes + 1, minlength=len(values) + 1)[1:]
    kept = [k for k, value in enumerate(values) if counts[k] and not is_missing(value)]
    place = np.full(len(values) + 1, -1)
    place[kept] = np.arange(len(kept))
    return Levels([values[k] for k in kept], place[codes])


def is_missing(value: Any) -> bool:
    """Whether it is None, NaN, NA, NaT or the like."""
    if value is None:
        return True
    try:
        return bool(value != value)
    except (TypeError, ValueError):  # the comparison of NA is NA, which has no truth
        return True


@runtime_checkable
class _Period(Protocol):
    """A day, month, quarter or the like of pandas, which this package does not import here."""

    start_time: Any
    ordinal: Any


@runtime_checkable
class _Interval(Protocol):
    """An interval of pandas, between numbers or times."""

    left: Any
    mid: Any


_PLAIN = (float, int, np.floating, np.integer, type(None))
_HELD: list[tuple[str, Any]] = [
    ("numbers", (Real, Decimal, np.bool_)),
    ("times", (date, time, timedelta, np.datetime64, np.timedelta64, _Period)),
    ("intervals", _Interval),
    ("labels", object),
]


def _are(values: list[Any], kinds: Any) -> bool:
    return all(isinstance(value, kinds) for value in values)


def held_by(value: Any) -> str:
    """What a single value is: one of "numbers", "times", "intervals", "labels"."""
    return next(what for what, kinds in _HELD if isinstance(value, kinds))


def _written(column: np.ndarray) -> np.ndarray | None:
    """The numbers that the text of an array is, in which NumPy writes them beside text; None where it is none."""
    try:
        return column.astype(np.float64)
    except ValueError:
        return None


def as_number(value: Any) -> float:
    """A number as it is, a date or the start of a period as days since 1970, a duration or time of day as days.

    Of an interval it is the number in the middle.
    """
    if isinstance(value, _Interval):
        return as_number(value.mid)
    if isinstance(value, np.datetime64 | np.timedelta64):
        return float(_days_of(np.array([value]))[0])
    if isinstance(value, time):
        return (datetime.combine(_FIRST, value.replace(tzinfo=None)) - _FIRST) / _ONE
    value = value.start_time if isinstance(value, _Period) else value
    if isinstance(value, timedelta):
        return value / _ONE
    if not isinstance(value, date):
        return float(value)
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    value = value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)
    return (value - _FIRST) / _ONE


def _no_numbers() -> np.ndarray:
    raise ValueError("no numbers")


def _no_levels() -> Levels:
    raise TypeError("no levels")


def order_of(series: nw.Series[Any]) -> list[Any] | None:
    """Its categories, where they have an order: those of pandas and Arrow may, an Enum of polars does."""
    native: Any = series.to_native()
    if nw.dependencies.is_polars_series(native):
        kind: Any = native.dtype
        return kind.categories.to_list() if isinstance(series.dtype, nw.Enum) else None
    native = getattr(native, "array", native)  # what pandas holds, which may be of Arrow
    if getattr(getattr(native, "dtype", None), "ordered", False):
        return list(native.categories)
    chunks = native.__arrow_array__() if hasattr(native, "__arrow_array__") else native
    if getattr(getattr(chunks, "type", None), "ordered", False):
        return list(chunks.unify_dictionaries().chunk(0).dictionary.to_pylist())
    return None


def _days(series: nw.Series[Any]) -> np.ndarray:
    duration = isinstance(series.dtype, nw.Duration)
    micro = series.dt.total_microseconds() if duration else series.dt.timestamp("us")
    return micro.cast(nw.Float64).to_numpy() / _DAY


def _days_of(column: np.ndarray) -> np.ndarray:
    micro = column.astype(f"{column.dtype.kind}8[us]").astype(np.int64).astype(np.float64)
    return np.where(np.isnat(column), np.nan, micro / _DAY)
