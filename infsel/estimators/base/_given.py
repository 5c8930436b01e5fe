"""One column as it comes: of a data frame, or of an array that holds more than numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from numbers import Real
from typing import Any, Protocol, runtime_checkable

import narwhals as nw
import numpy as np

_TIMES = (nw.Date, nw.Datetime, nw.Duration)
_NESTED = (nw.List, nw.Array, nw.Struct, nw.Binary)
_DAY = 86_400e6  # in microseconds
_FIRST, _ONE = datetime(1970, 1, 1), timedelta(days=1)


@dataclass(frozen=True)
class Given:
    """A column, and what its type says of it.

    Attributes
    ----------
    holds : {"numbers", "booleans", "times", "intervals", "labels", "nothing"}
        What it holds: of labels more is known by looking, and "nothing" is what no statistic can read.
    type : str
        What its library calls that.
    numbers : callable
        The numbers, as an array with NaN where one is missing (`as_number`).
    values : callable
        Everything as a list.
    order : sequence or None
        Its categories in their order.
    """

    holds: str
    type: str
    numbers: Callable[[], np.ndarray]
    values: Callable[[], list[Any]]
    order: Sequence[Any] | None = None


def of_series(series: nw.Series[Any]) -> Given:
    """A column of a data frame."""
    kind, name = series.dtype, str(series.dtype)
    if isinstance(kind, nw.Boolean) or kind.is_numeric():
        holds = "booleans" if isinstance(kind, nw.Boolean) else "numbers"
        as_floats = series if isinstance(kind, nw.Float64) else series.cast(nw.Float64)
        return Given(holds, name, as_floats.to_numpy, series.to_list)
    if isinstance(kind, _TIMES):
        return Given("times", name, lambda: _days(series), series.to_list)
    if isinstance(kind, _NESTED):
        return Given("nothing", name, _no_numbers, series.to_list)
    name = str(series.to_native().dtype) if isinstance(kind, nw.Unknown) and _has_type(series) else name
    return of_values(series.to_list(), name, order_of(series))


def of_array(column: np.ndarray) -> Given:
    """A column of an array."""
    if column.dtype.kind in "biuf":
        holds = "booleans" if column.dtype.kind == "b" else "numbers"
        return Given(holds, str(column.dtype), lambda: column.astype(np.float64), column.tolist)
    if column.dtype.kind in "mM":
        return Given("times", str(column.dtype), lambda: _days_of(column), column.tolist)
    written = _written(column) if column.dtype.kind in "US" else None
    if written is not None:
        return Given("numbers", str(column.dtype), lambda: written, column.tolist)
    return of_values(column.tolist(), str(column.dtype))


def of_values(values: list[Any], name: str, order: Sequence[Any] | None = None) -> Given:
    """A column of objects: what they are says what it holds."""
    if order is None and all(issubclass(kind, _PLAIN) and kind is not bool for kind in set(map(type, values))):
        return Given("numbers", name, lambda: np.array(values, dtype=np.float64), lambda: values)
    distinct = _distinct(values)
    if distinct is None:
        return Given("nothing", name, _no_numbers, lambda: values)
    there = [value for value in distinct if not is_missing(value)]
    holds = "labels" if order is not None else next(what for what, kinds in _HELD if _are(there, kinds))
    holds = "booleans" if there and _are(there, (bool, np.bool_)) else holds
    return Given(holds, name, lambda: _mapped(values, there), lambda: values, order)


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


def _distinct(values: list[Any]) -> set[Any] | None:
    """The values once each, None where some are lists, dicts, tuples and the like, or complex."""
    try:
        distinct = set(values)
    except TypeError:
        return None
    return None if any(isinstance(value, tuple | frozenset | complex) for value in distinct) else distinct


def _mapped(values: list[Any], there: list[Any]) -> np.ndarray:
    number = {value: as_number(value) for value in there}
    return np.array([number.get(value, np.nan) for value in values], dtype=np.float64)


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


def _has_type(series: nw.Series[Any]) -> bool:
    return hasattr(series.to_native(), "dtype")


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
