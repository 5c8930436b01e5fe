"""Text that spells numbers or dates, which a data frame holds as labels without an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from infsel._runtime.warning import warn

_MANY_LABELS = 10  # fewer may well be grades, or classes of ages and prices
_NEARLY_ALL = 0.9  # the others may be marks of what is missing
_MOST_NAMED = 5


def spelled(values: Sequence[Any]) -> str | None:
    """An example of the numbers or dates that nearly all labels of a column spell: digits and no letters.

    >>> spelled([f"${k}.50" for k in range(20)]), spelled([f"A {k}" for k in range(20)])
    ('$0.50', None)
    """
    labels = dict.fromkeys(value for value in values if isinstance(value, str))
    found = [label for label in labels if _spells(label)]
    return found[0] if len(labels) > _MANY_LABELS and len(found) >= _NEARLY_ALL * len(labels) else None


def warn_of_spelled(examples: Mapping[str, str]) -> None:
    """Warn of columns whose numbers were read as labels, by name, with an example of each."""
    if examples:
        some = [f"{name!r} ({example!r})" for name, example in examples.items()]
        more = ", ..." * (len(some) > _MOST_NAMED)
        one = len(some) == 1
        warn(
            f"{'Column' if one else 'Columns'} {', '.join(some[:_MOST_NAMED])}{more}: text that spells numbers or "
            f"dates was read as labels, without an order. Convert {'it' if one else 'them'} (pandas.to_numeric, "
            "pandas.to_datetime; infsel.files.read_table reads files so), or, if labels are meant, pass "
            f"kinds={{{next(iter(examples))!r}: 'nominal'}}."
        )


def _spells(label: str) -> bool:
    return any(map(str.isdecimal, label)) and not any(map(str.isalpha, label))
