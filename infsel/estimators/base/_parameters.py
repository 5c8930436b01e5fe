"""Checks of constructor parameters: each error names the parameter, its value and the remedy."""

import inspect
from collections.abc import Callable, Iterable
from functools import cache
from numbers import Real
from typing import Any

import joblib
import numpy as np

from infsel._runtime.configurable import Configurable
from infsel._runtime.names import unknown
from infsel._runtime.ranges import Part, refuse
from infsel.krylov import Krylov

_MOST = 2**53  # whole numbers of floating point


def check_number(name: str, value: Any, low: float, high: float, *, closed: bool, remedy: str) -> float:
    """A real number between two bounds, which belong to the interval if it is `closed`.

    Raises
    ------
    TypeError
        If it is not a real number.
    ValueError
        If it is NaN or out of range.
    """
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(f"{name}={value!r} is not a number: {remedy}")
    number = float(value)
    inside = low <= number <= high if closed else low < number < high
    if not inside:
        left, right = "[]" if closed else "()"
        raise ValueError(f"{name}={value!r} is outside {left}{low:g}, {high:g}{right}: {remedy}")
    return number


def check_count(name: str, value: Any, *, infinity: bool, remedy: str, least: int = 1) -> float:
    """A whole number from `least` up, or infinity where it is allowed. Whole floats count, as grids of hops hold them.

    Raises
    ------
    TypeError
        If it is not a real number.
    ValueError
        If it is NaN, not whole, or below `least`.
    """
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(f"{name}={value!r} is not a number: {remedy}")
    if infinity and value == np.inf:
        return np.inf
    count = float(value)
    if not count.is_integer() or not least <= count <= _MOST:
        raise ValueError(f"{name}={value!r} is not a whole number from {least} up (to 2^53): {remedy}")
    return int(count)


def refuse_unread(estimator: Any, names: Iterable[str], reader: str) -> None:
    """Refuse parameters that differ from their defaults where nothing reads them: a search over them would be idle.

    Raises
    ------
    ValueError
        If one of `names` has another value than its default; `reader` says what does not read it.
    """
    defaults = _defaults(estimator.__class__)
    for name in names:
        value, default = getattr(estimator, name), defaults[name]
        if value is not default and not (isinstance(value, Real | str) and value == default):
            raise ValueError(
                f"{name}={value!r} is not read by {reader}: leave it out, or give the part that you pass as an object "
                "its own parameters."
            )


@cache
def _defaults(kind: Callable[..., Any]) -> dict[str, Any]:
    return {name: parameter.default for name, parameter in inspect.signature(kind).parameters.items()}


def shown(value: Any) -> str:
    """What a user passed, in few words."""
    return repr(value) if isinstance(value, str | Configurable) else f"a {type(value).__name__}"


def check_choice(name: str, value: Any, known: Iterable[str]) -> str:
    """One of the known names.

    Raises
    ------
    ValueError
        If it is none of them.
    """
    if not isinstance(value, str) or value not in known:
        raise unknown(f"{name}={value!r}", value, known)
    return value


def solver_of(solver: Any) -> Krylov:
    """A solver, the usual one for None.

    Raises
    ------
    ValueError
        If it is neither; it is a TypeError, too.
    """
    if solver is None:
        return Krylov()
    if not isinstance(solver, Krylov):
        refuse("solver", solver, Part(Krylov))
    return solver


def check_jobs(n_jobs: Any) -> int | None:
    """A number of threads from 1 up, or None; -1 becomes the number of cores.

    Raises
    ------
    ValueError
        If it is 0 or below -1.
    """
    if n_jobs is None:
        return None
    if n_jobs == -1:
        return int(joblib.cpu_count())
    remedy = "pass a number of threads, -1 for every core, or None."
    return int(check_count("n_jobs", n_jobs, infinity=False, remedy=remedy))
