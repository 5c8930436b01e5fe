"""What a parameter may be: every part states it beside its field, and one function checks it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from numbers import Integral, Real
from typing import Any, NoReturn, Protocol

import numpy as np

from infsel._runtime.names import did_you_mean

_MOST = 2**53  # beyond it whole numbers of floating point are no longer all of them


class InvalidParameter(ValueError, TypeError):  # noqa: N818 - named like its relative in scikit-learn
    """A parameter outside its range, or of a type that has none of it."""


class Range(Protocol):
    """A set of values with words for it."""

    def holds(self, value: Any) -> bool:
        """Whether the value belongs to it."""

    @property
    def words(self) -> str:
        """What to pass, as the end of a sentence."""


def parameter(range_: Range, default: Any) -> Any:
    """A dataclass field that states its range."""
    return field(default=default, metadata={"range": range_})


def required(range_: Range) -> Any:
    """The same without a default."""
    return field(metadata={"range": range_})


def check(name: str, value: Any, range_: Range) -> None:
    """Refuse a value outside its range.

    Raises
    ------
    InvalidParameter
        A ValueError and a TypeError; the message names the parameter and its value and says what to pass.
    """
    if not range_.holds(value):
        refuse(name, value, range_)


def refuse(name: str, value: Any, range_: Range) -> NoReturn:
    """Say what is wrong with a value outside its range, or with a class where its object is due.

    Raises
    ------
    InvalidParameter
        A ValueError and a TypeError.
    """
    refuse_class(name, value)
    near = did_you_mean(value, getattr(range_, "names", ())) if isinstance(value, str) else ""
    raise InvalidParameter(f"{name}={value!r}: {range_.words}{near or '.'}")


def refuse_class(name: str, value: Any) -> None:
    """One message for all who pass a class where its object is due.

    Raises
    ------
    InvalidParameter
        If the value is a class.
    """
    if isinstance(value, type):
        raise InvalidParameter(f"{name}={value.__name__} is a class: pass an object of it, {value.__name__}(...).")


def is_number(value: Any) -> bool:
    """Whether it is a real number; truth values are none."""
    return isinstance(value, Real) and not isinstance(value, bool | np.bool_)


@dataclass(frozen=True)
class Number:
    """Finite numbers above `low` and below `high`, with the ends where they are closed."""

    low: float = -math.inf
    high: float = math.inf
    closed: bool = False
    hint: str = ""
    zero: bool = True

    def holds(self, value: Any) -> bool:
        """Whether the value is such a number."""
        if not is_number(value) or not math.isfinite(value) or (value == 0 and not self.zero):
            return False
        return self.low <= value <= self.high if self.closed else self.low < value < self.high

    @property
    def words(self) -> str:
        """Which numbers."""
        if math.isinf(self.low):
            which = "a finite number" + ("" if self.zero else " other than 0")
        elif math.isinf(self.high):
            which = f"a finite number from {self.low:g} up" if self.closed else f"a finite number above {self.low:g}"
        else:
            ends = ("from", "to") if self.closed else ("between", "and")
            other = "" if self.zero else " other than 0"
            which = f"a number {ends[0]} {self.low:g} {ends[1]} {self.high:g}{other}"
        return f"pass {which}{self.hint}"


@dataclass(frozen=True)
class Count:
    """Whole numbers from `least` to `most`; where infinity is allowed, whole floats are, too."""

    least: int = 1
    most: int = _MOST
    infinity: bool = False
    hint: str = ""

    def holds(self, value: Any) -> bool:
        """Whether the value is such a number."""
        if not is_number(value) or not (self.infinity or isinstance(value, Integral)):
            return False
        return (self.infinity and value == math.inf) or (
            bool(self.least <= value <= self.most) and float(value).is_integer()
        )

    @property
    def words(self) -> str:
        """Which numbers."""
        to = "up" if self.most == _MOST else f"to {self.most}"
        return f"pass a whole number from {self.least} {to}{', or numpy.inf' if self.infinity else ''}{self.hint}"


@dataclass(frozen=True)
class Choice:
    """Some names."""

    names: tuple[str, ...]

    def holds(self, value: Any) -> bool:
        """Whether the value is one of them."""
        return isinstance(value, str) and value in self.names

    @property
    def words(self) -> str:
        """Which names."""
        *first, last = map(repr, self.names)
        return f"choose {'one of ' if len(first) > 1 else ''}{', '.join(first)} or {last}"


@dataclass(frozen=True)
class Flag:
    """True and False."""

    words: str = "pass True or False"

    def holds(self, value: Any) -> bool:
        """Whether the value is one of them."""
        return isinstance(value, bool | np.bool_)


@dataclass(frozen=True)
class Part:
    """Objects of one kind."""

    kind: type

    def holds(self, value: Any) -> bool:
        """Whether the value is such an object."""
        return isinstance(value, self.kind)

    @property
    def words(self) -> str:
        """Which kind."""
        return f"pass an object of {self.kind.__name__}"


@dataclass(frozen=True)
class Offers:
    """Objects with a method of that name; what else there is to say comes as a hint."""

    method: str
    hint: str = ""

    def holds(self, value: Any) -> bool:
        """Whether the value has it, and is no class of such objects."""
        return hasattr(value, self.method) and not isinstance(value, type)

    @property
    def words(self) -> str:
        """Which method."""
        return f"pass an object with {self.method}{self.hint}"


@dataclass(frozen=True)
class Object:
    """Whatever is no class: what reads it says more about it."""

    words: str = "pass an object"

    def holds(self, value: Any) -> bool:
        """Whether the value is no class."""
        return not isinstance(value, type)


@dataclass(frozen=True)
class Function:
    """What can be called, and is no class."""

    words: str = "a function"

    def holds(self, value: Any) -> bool:
        """Whether the value can be called."""
        return callable(value) and not isinstance(value, type)


@dataclass(frozen=True)
class Seed:
    """What random numbers begin with."""

    words: str = "pass a whole number from 0 to 4294967295, a numpy.random.RandomState, or None"

    def holds(self, value: Any) -> bool:
        """Whether numbers can begin with the value."""
        return (
            value is None
            or isinstance(value, np.random.RandomState | type(np.random))
            or (is_number(value) and isinstance(value, Integral) and 0 <= int(value) < 2**32)
        )


@dataclass(frozen=True)
class Either:
    """Names, and what is no name."""

    named: Choice
    other: Range

    @property
    def names(self) -> tuple[str, ...]:
        """The names among the values."""
        return self.named.names

    def holds(self, value: Any) -> bool:
        """Whether the value belongs to either."""
        return self.named.holds(value) or self.other.holds(value)

    @property
    def words(self) -> str:
        """Those of both."""
        return f"{self.named.words}, or {self.other.words}"


@dataclass(frozen=True)
class Or:
    """A range and a single value beside it, None, a number or a name, with what that means."""

    value: Any
    range: Range
    meaning: str = ""

    def holds(self, value: Any) -> bool:
        """Whether the value belongs to either."""
        return self._is(value) or self.range.holds(value)

    def _is(self, value: Any) -> bool:
        if self.value is None:
            return value is None
        alike = isinstance(value, str) if isinstance(self.value, str) else is_number(value)
        return alike and bool(value == self.value)

    @property
    def names(self) -> tuple[str, ...]:
        """The names among the values."""
        own = (self.value,) if isinstance(self.value, str) else ()
        return (*getattr(self.range, "names", ()), *own)

    @property
    def words(self) -> str:
        """Those of the range, and the value."""
        return f"{self.range.words}, or {self.value!r}{self.meaning and f' {self.meaning}'}"
