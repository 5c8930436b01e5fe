"""The kinds of columns: what their types say, what a user says of them, and the numbers that stand for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from infsel._runtime.ranges import InvalidParameter
from infsel.estimators.base._given import Given, Levels, as_number, held_by
from infsel.estimators.base._spelled import spelled, warn_of_spelled
from infsel.tables import KINDS, column_number

_NO_NUMBERS = {
    "times": ("dates and times are no numbers", "days"),
    "intervals": ("intervals are no numbers", "middle"),
}
_AS_NUMBERS = {"booleans": "boolean", "numbers": "numeric"}


class Column(NamedTuple):
    """The numbers that stand for a column, NaN where something is missing, and its kind."""

    numbers: np.ndarray
    kind: str


class _UnreadableError(Exception):
    """What is wrong with a column, with a place for its name in what to do about it."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.remedy = remedy


def asked_kinds(kinds: Any, names: Sequence[str]) -> dict[int, Any]:
    """What a user says of columns, by their numbers.

    Raises
    ------
    InvalidParameter
        If it is no mapping, or a kind is not known.
    ValueError
        If a column is not there or named twice.
    """
    if kinds is None:
        return {}
    if not isinstance(kinds, Mapping):
        raise InvalidParameter(f"kinds={kinds!r}: pass a mapping such as {{'size': 'nominal'}}, or None.")
    numbers = {name: number for number, name in enumerate(names)}
    found = [column_number(column, numbers, "kinds names a column that X does not have:") for column in kinds]
    twice = [names[column] for column, count in Counter(found).items() if count > 1]
    if twice:
        raise ValueError(f"kinds names column {twice[0]!r} twice: leave one of them out.")
    for column, kind in kinds.items():
        if not (kind in KINDS if isinstance(kind, str) else isinstance(kind, list | tuple)):
            raise InvalidParameter(
                f"kinds[{column!r}]={kind!r}: pass {', '.join(map(repr, KINDS))}, or a list of categories in order."
            )
        _check_order(column, kind)
    return dict(zip(found, kinds.values(), strict=True))


def _check_order(column: Any, kind: str | Sequence[Any]) -> None:
    """Refuse categories that are listed twice, or that no column of a table holds."""
    if isinstance(kind, str):
        return
    odd = [category for category in kind if not isinstance(category, Hashable)]
    if odd:
        raise InvalidParameter(f"kinds[{column!r}] lists {odd[0]!r}, which is no category: list what the column holds.")
    twice = [category for category, count in Counter(kind).items() if count > 1]
    if twice:
        raise InvalidParameter(f"kinds[{column!r}] lists {twice[0]!r} twice: a category has one place in the order.")


def read_columns(columns: Iterable[Given], asked: Mapping[int, Any], names: Sequence[str]) -> list[Column]:
    """The columns as numbers, with their kinds; text that spells numbers, and of which nothing is said, is warned of.

    Raises
    ------
    InvalidParameter
        If some cannot be read: one message names all of them and says what to do.
    """
    read, problems, examples = [], dict[tuple[str, str], list[tuple[str, str]]](), dict[str, str]()
    for number, column in enumerate(columns):
        try:
            read.append(_read(column, asked.get(number)))
            if number not in asked and (example := _spelled(column, read[-1].kind)) is not None:
                examples[names[number]] = example
        except _UnreadableError as unreadable:
            problem = str(unreadable), unreadable.remedy
            problems.setdefault(problem, []).append((repr(names[number]), column.type()))
    if problems:
        raise InvalidParameter(_told(problems))
    warn_of_spelled(examples)
    return read


def _spelled(column: Given, kind: str) -> str | None:
    """An example of the numbers that a column of text spells; whoever made categories of them meant labels."""
    if kind != "nominal":
        return None
    example = spelled(column.levels().values)
    return None if example is None or column.type().startswith("Categorical") else example


def coded(levels: Levels, order: Sequence[Any] | None = None) -> np.ndarray:
    """The number of each label among the labels in their order, by default sorted; NaN where it is missing.

    So the numbers depend on neither the order of the samples nor on where the labels come from.
    """
    labels = sorted(levels.values, key=_rank) if order is None else order
    number = {label: float(k) for k, label in enumerate(labels)}
    return levels.mapped([number.get(value, np.nan) for value in levels.values])


def _rank(label: Any) -> tuple[str, Any]:
    """Where a label stands among others, which may be of another type."""
    if isinstance(label, bool | np.bool_ | int | float | np.number):
        return "", label
    return ("str", label) if isinstance(label, str) else (type(label).__name__, str(label))


def _read(column: Given, asked: Any) -> Column:
    if column.holds == "nothing":
        raise _UnreadableError("an argument must be a string, a truth value or a number", "unpack")
    if asked is None:
        return _as_typed(column)
    if not isinstance(asked, str):
        return Column(_in_order(column, asked), "ordinal")
    return _ASKED[asked](column)


def _as_typed(column: Given) -> Column:
    if column.holds in _AS_NUMBERS:
        return Column(_as_floats(column), _AS_NUMBERS[column.holds])
    if column.holds in _NO_NUMBERS:
        raise _UnreadableError(*_NO_NUMBERS[column.holds])
    levels, there = column.levels(), column.levels().values
    if column.order is not None:
        return Column(coded(levels, column.order), "ordinal")
    text = [isinstance(value, str) for value in there]
    if any(text) and not all(text):
        raise _UnreadableError("text stands beside what is no text", "labels")
    if not all(text) and len({held_by(value) for value in {type(value): value for value in there}.values()}) > 1:
        raise _UnreadableError("dates stand beside what is no date", "labels")
    return Column(coded(levels), "nominal")


def _as_floats(column: Given) -> np.ndarray:
    try:
        return column.numbers()
    except OverflowError:
        raise _UnreadableError("whole numbers are too large for double precision", "nominal") from None


def _numeric(column: Given) -> Column:
    try:
        return Column(_as_floats(column), "numeric")
    except (TypeError, ValueError):
        example = next(value for value in column.levels().values if not _is_number(value))
        raise _UnreadableError(f"{example!r} is no number, as kinds has it", "coerce") from None


def _boolean(column: Given) -> Column:
    numbers = _as_floats(column) if column.holds in _AS_NUMBERS else coded(column.levels())
    found = np.unique(numbers[~np.isnan(numbers)])
    if len(found) > 2:
        raise _UnreadableError("more than two values are no truth values, as kinds has it", "nominal")
    return Column(np.where(np.isnan(numbers), np.nan, np.searchsorted(found, numbers)), "boolean")


def _ordinal(column: Given) -> Column:
    if column.holds in _AS_NUMBERS:
        return Column(_as_floats(column), "ordinal")
    if column.order is None:
        raise _UnreadableError("the order of the labels is not known", "order")
    return Column(coded(column.levels(), column.order), "ordinal")


def _in_order(column: Given, order: Sequence[Any]) -> np.ndarray:
    levels, known = column.levels(), set(order)
    strange = next((value for value in levels.values if value not in known), None)
    if strange is not None:
        raise _UnreadableError(f"{strange!r} is not among the categories that kinds lists", "add")
    return coded(levels, order)


def _nominal(column: Given) -> Column:
    return Column(coded(column.levels()), "nominal")


_ASKED: dict[str, Callable[[Given], Column]] = {
    "numeric": _numeric,
    "boolean": _boolean,
    "ordinal": _ordinal,
    "nominal": _nominal,
}
_REMEDIES = {
    "unpack": "make columns of what is inside",
    "days": "kinds={{{name}: 'numeric'}} takes dates, and the first of periods, for days since 1970, and durations and "
    "times of day for days, or make ages, months or weekdays of them",
    "middle": "kinds={{{name}: 'numeric'}} takes the middle of each, 'nominal' labels",
    "labels": "kinds={{{name}: 'nominal'}} takes everything for labels, pandas.to_numeric(..., errors='coerce') text "
    "for missing numbers",
    "coerce": "convert the column first (pandas.to_datetime reads dates, str.strip('$%') takes signs off); "
    "pandas.to_numeric(..., errors='coerce') takes what is no number for missing",
    "nominal": "pass kinds={{{name}: 'nominal'}}",
    "order": "pass a list of them, kinds={{{name}: ['low', 'high']}}, or 'nominal'",
    "add": "add it, or make it missing",
}


def _told(problems: Mapping[tuple[str, str], list[tuple[str, str]]]) -> str:
    parts = [
        f"{', '.join(f'{name} ({kind})' for name, kind in columns)}: {problem}; "
        + _REMEDIES[remedy].format(name=columns[0][0])
        for (problem, remedy), columns in problems.items()
    ]
    return f"X has columns that cannot be read: {'. '.join(parts)}. Or name them in exclude, or drop them."


def _is_number(value: Any) -> bool:
    try:
        return as_number(value) is not None
    except (TypeError, ValueError):
        return False
