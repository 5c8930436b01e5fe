"""The type of each column: numbers, booleans, categories or dates."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_float_dtype, is_integer_dtype

from infsel._runtime.words import counted, first, listed
from infsel.files._notes import Notes
from infsel.files._numbers import Written, is_missing, written

_SHARE = 0.9  # of the cells of a column that are numbers, from which on the others are mistakes
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?([ T]\d{1,2}:\d{2}.*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}( \d{1,2}:\d{2}.*)?"
    r"|\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}|[A-Za-z]{3,9} \d{1,2},? \d{4}"
)
_TIME = re.compile(r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?")
_LARGEST = 2.0**53  # whole numbers that double precision tells apart


def typed(frame: pd.DataFrame, decimal: str, notes: Notes, but: Collection[str] = ()) -> pd.DataFrame:
    """The frame with text that spells numbers as numbers, other text as categories, and marks of absence as missing.

    Columns of the names in `but` stay what they are.

    Raises
    ------
    ValueError
        If columns hold what no cell of a table is, naming all of them.
    """
    found = _Found(defaultdict(list))
    frame = frame.copy(deep=False)
    for place, dtype in enumerate(frame.dtypes):
        if not (is_float_dtype(dtype) or is_bool_dtype(dtype) or frame.columns[place] in but):
            frame.isetitem(place, _typed(frame.iloc[:, place], decimal, found).array)
    if odd := found.of.pop("odd", []):
        raise ValueError(
            f"{counted(len(odd), 'column')} of lists, records or other objects: {', '.join(odd)}. A cell is a number, "
            "a text, a truth value or a date."
        )
    found.tell(notes)
    return frame


@dataclass
class _Found:
    """What was found in which columns."""

    of: dict[str, list[str]]

    def tell(self, notes: Notes) -> None:
        """Say it, a sentence a kind of thing."""
        for what, columns in self.of.items():
            if what == "mistakes":
                notes.warned.append(f"cells without a number in columns of numbers count as missing: {first(columns)}.")
            else:
                notes.said.append(f"{what}: {first(columns)}")


def _typed(column: pd.Series, decimal: str, found: _Found) -> pd.Series:
    dtype = column.dtype
    if is_integer_dtype(dtype):
        return _told_apart(column, found)
    if np.iscomplexobj(column):
        found.of["odd"].append(f"{column.name!r} (complex numbers)")
        return column
    if isinstance(dtype, pd.CategoricalDtype):
        kind = dtype.categories.dtype
        return _typed(column.astype(kind), decimal, found) if _holds_times(kind) else column
    if dtype.kind in "mM":
        return column
    if isinstance(dtype, pd.PeriodDtype):
        return column.dt.to_timestamp()
    if isinstance(dtype, pd.IntervalDtype):
        found.of["intervals as the numbers in their middles"].append(f"{column.name!r}")
        return pd.Series(pd.arrays.IntervalArray(column).mid, column.index, name=column.name)
    try:
        codes, levels = pd.factorize(column)
    except TypeError:
        found.of["odd"].append(f"{column.name!r} (first {type(column.iloc[0]).__name__})")
        return column
    return _of_levels(column, codes, list(levels), decimal, found)


def _holds_times(dtype: Any) -> bool:
    return isinstance(dtype, pd.PeriodDtype) or dtype.kind in "mM"


def _of_levels(column: pd.Series, codes: np.ndarray, levels: list[object], decimal: str, found: _Found) -> pd.Series:
    """The column whose cells are these levels, -1 for none."""
    levels = [level.strip() if isinstance(level, str) else level for level in levels]
    absent = np.array([isinstance(level, str) and is_missing(level) for level in levels], dtype=bool)
    marks = sorted({str(level) for level, is_absent in zip(levels, absent, strict=True) if is_absent and level})
    if marks:
        n = int(np.isin(codes, np.flatnonzero(absent)).sum())
        found.of[f"{listed(marks)} as missing"].append(f"{column.name!r} ({n})")
    present = [level for level, is_absent in zip(levels, absent, strict=True) if not is_absent]
    codes = np.where(np.r_[~absent, False][codes], codes, -1)
    if not present:
        return pd.Series(np.full(len(column), np.nan), index=column.index, name=column.name)
    if all(isinstance(level, (bool, np.bool_)) for level in present):
        return _mapped(column, codes, levels, "boolean")
    numbers = [None if is_absent else written(level, decimal) for level, is_absent in zip(levels, absent, strict=True)]
    cells = np.bincount(codes[codes >= 0], minlength=len(levels))
    share = cells[[number is not None for number in numbers]].sum() / cells.sum()
    if share >= _SHARE and not _loses_digits(numbers):
        return _as_numbers(column, codes, levels, absent, numbers, found)
    if any(number is not None and number.digits for number in numbers) and share == 1:
        found.of["whole numbers too long for double precision, read as text"].append(f"{column.name!r}")
    if (dates := _dates(present)) is not None:
        points = np.full(len(levels) + 1, np.array("NaT", dates.dtype))
        points[:-1][~absent] = dates
        return pd.Series(points[codes], index=column.index, name=column.name)
    if same := _differing_in_case(present):
        found.of["labels that differ in capitals alone, and are several"].append(f"{column.name!r} ({listed(same, 2)})")
    return _categories(column, codes, levels)


def _differing_in_case(levels: list[object]) -> list[str]:
    """The first text that others are but for its capitals, beside one of them; none if all differ otherwise."""
    seen: dict[str, str] = {}
    for level in levels:
        if isinstance(level, str) and seen.setdefault(level.casefold(), level) != level:
            return [seen[level.casefold()], level]
    return []


def _mapped(column: pd.Series, codes: np.ndarray, values: list[object], dtype: str) -> pd.Series:
    return pd.Series([values[code] if code >= 0 else None for code in codes], column.index, dtype, column.name)


def _categories(column: pd.Series, codes: np.ndarray, levels: list[object]) -> pd.Series:
    """Text, in the order of the alphabet; cells that differ in blanks around them are one."""
    text = [str(level) for level in levels]
    kept = sorted({text[code] for code in np.unique(codes[codes >= 0])})
    place = {level: k for k, level in enumerate(kept)}
    lookup = np.array([place.get(level, -1) for level in text] + [-1])
    labels = pd.Categorical.from_codes(lookup[codes], categories=pd.Index(kept, dtype=object))
    return pd.Series(labels, column.index, name=column.name)


def _as_numbers(
    column: pd.Series,
    codes: np.ndarray,
    levels: list[object],
    absent: np.ndarray,
    numbers: list[Written | None],
    found: _Found,
) -> pd.Series:
    values = np.array([np.nan if number is None else number.value for number in numbers] + [np.nan])
    for words, mark in _marks(numbers):
        found.of[f"numbers with {mark!r} {words}"].append(f"{column.name!r}")
    wrong = [k for k, number in enumerate(numbers) if number is None and not absent[k]]
    if wrong:
        cells = np.flatnonzero(np.isin(codes, wrong))
        found.of["mistakes"].append(
            f"{counted(len(cells), 'cell')} of {column.name!r} ({levels[codes[cells[0]]]!r} in data row {cells[0] + 1})"
        )
    return pd.Series(values[codes], index=column.index, name=column.name)


def _marks(numbers: list[Written | None]) -> list[tuple[str, str]]:
    present = [number for number in numbers if number is not None]
    thousands = [("between thousands", number.thousands) for number in present if number.thousands]
    return [*dict.fromkeys(thousands + [("beside them", number.unit) for number in present if number.unit])]


def _loses_digits(numbers: list[Written | None]) -> bool:
    """Whether different whole numbers become one in double precision."""
    long = [number for number in numbers if number is not None and number.digits]
    return len({number.value for number in long}) < len(long)


def _told_apart(column: pd.Series, found: _Found) -> pd.Series:
    """Whole numbers, as text where double precision makes one of several."""
    present = column.dropna()
    if len(present) and float(max(abs(present.min()), abs(present.max()))) > _LARGEST:
        whole = present.unique()
        if len(np.unique(np.asarray(whole, dtype=np.float64))) < len(whole):
            found.of["whole numbers too long for double precision, read as text"].append(f"{column.name!r}")
            return column.astype("string").astype("category")
    return column


def _dates(levels: list[object]) -> np.ndarray | None:
    """The levels as points in time, or as time since midnight, None if one of them is neither."""
    if all(isinstance(level, str | dt.time) for level in levels) and (clock := _clock(list(map(str, levels)))):
        return np.asarray(pd.to_timedelta(clock), dtype="timedelta64[us]")
    text = [level for level in levels if not isinstance(level, dt.date)]
    if not all(isinstance(level, str) and _DATE.fullmatch(level) for level in text):
        return None
    try:
        days = pd.to_datetime([str(level) for level in levels], format="mixed", dayfirst=_day_first(levels), utc=True)
    except (ValueError, OverflowError):
        return None
    return np.asarray(days.tz_localize(None), dtype="datetime64[us]")


def _clock(levels: list[str]) -> list[str]:
    """Times of day with their seconds, none if some are no such time, or all could be ratios, as 1:20 is."""
    found = [_TIME.fullmatch(level) for level in levels]
    if not all(found) or all(len(level) < 5 for level in levels):
        return []
    return [level if level.count(":") > 1 else f"{level}:00" for level in levels]


def _day_first(levels: list[object]) -> bool:
    """Whether some date says 13 to 31 before its month, or has points, as German ones have."""
    starts = [re.match(r"(\d{1,2})([-/.])\d", str(level)) for level in levels]
    return any(start is not None and (int(start[1]) > 12 or start[2] == ".") for start in starts)
