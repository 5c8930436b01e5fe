"""Numbers as people write them."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real

_ABSENT = """? - -- . * – — na n/a n.a. nan nil none null missing #n/a #na #value! #div/0! #ref! #name? <na>"""
MISSING = frozenset([*_ABSENT.split(" "), "", "#n/a n/a"])
_SPACES = " '’\u00a0\u202f\u2009"
_SIGNS = str.maketrans("−–", "--")  # a minus or a dash before a number
_EXACT = 15  # decimal digits that double precision tells apart
_MARKED = re.compile(r"([$€£¥])?\s*(.*?)\s*([%$€£¥])?", re.DOTALL)


@dataclass(frozen=True)
class Written:
    """A number in a cell, and what it was written with: thousands apart by a mark, another decimal sign, a unit."""

    value: float
    digits: str = ""
    thousands: str = ""
    decimal: str = ""
    unit: str = ""


def is_missing(cell: object) -> bool:
    """Whether a text stands for a missing value.

    >>> [is_missing(cell) for cell in ("?", "N/A", " ", "-", "none", "0", "-1")]
    [True, True, True, True, False, False, False]
    """
    text = str(cell).strip()
    return text.casefold() in MISSING and text != "none"  # that is a label in many tables, None and NONE are not


def written(cell: object, decimal: str) -> Written | None:
    """The number that a cell holds or spells where `decimal` is before its fraction, None if it is none.

    >>> written("1,065.5", "."), written("1.065,5", ",").value, written("14.23 %", ".").unit
    (Written(value=1065.5, digits='', thousands=',', decimal='.', unit=''), 1065.5, '%')
    >>> written("1,5", "."), written("1,065", ",").value, written("1_000", ".")
    (None, 1.065, None)
    """
    if isinstance(cell, (Real, Decimal)):
        return Written(_float(cell), digits=str(cell) if isinstance(cell, int) and len(str(cell)) > _EXACT else "")
    if not isinstance(cell, str):
        return None
    match = _MARKED.fullmatch(cell.strip().translate(_SIGNS))
    assert match is not None  # the pattern takes any line
    before, text, after = match.groups(default="")
    plain, thousands = _plain(text, decimal)
    if plain is None:
        return None
    whole = plain.lstrip("+-")
    digits = whole if whole.isdecimal() and len(whole) > _EXACT else ""
    return Written(_float(plain), digits, thousands, decimal if decimal in text else "", before + after)


def _plain(text: str, decimal: str) -> tuple[str | None, str]:
    """The number as Python writes it, and the mark between its thousands."""
    for mark in (other(decimal), *_SPACES):
        if mark in text and re.fullmatch(_grouped(mark, decimal), text):
            return text.replace(mark, "").replace(decimal, "."), mark
    plain = text.replace(decimal, ".") if decimal == "," and "." not in text else text
    return (plain, "") if _NUMBER.fullmatch(plain) else (None, "")


_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|[+-]?inf(inity)?", re.IGNORECASE | re.ASCII)


def _grouped(mark: str, decimal: str) -> str:
    return rf"[+-]?[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+(?:{re.escape(decimal)}\d+)?"


def other(decimal: str) -> str:
    """The sign between thousands where this one is before the fraction."""
    return "," if decimal == "." else "."


def _float(number: object) -> float:
    try:
        return float(number)  # type: ignore[arg-type]
    except OverflowError:
        return math.inf


def decimal_of(cells: Iterable[str], separator: str) -> str:
    """The decimal sign of a table, "." or ",", from some of its cells.

    >>> decimal_of(["1,5", "x"], ";"), decimal_of(["1,065", "2.5"], ";"), decimal_of(["1,065"], ",")
    (',', '.', '.')
    >>> decimal_of(["1,065"], ";")  # European, as what separates the cells is
    ','
    """
    points = clear = unclear = 0
    for cell in cells:
        if "," not in cell:
            points += "." in cell and written(cell, ".") is not None
        elif written(cell, ",") is not None:
            clear += written(cell, ".") is None
            unclear += written(cell, ".") is not None
    return "," if clear > points or (unclear and not clear and not points and separator != ",") else "."
