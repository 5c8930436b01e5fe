"""Numbers in arrays of objects, without loss where they are whole."""

from numbers import Complex, Number, Real
from typing import Any

import numpy as np

LARGEST = 2**53  # up to here double precision holds every whole number


def holds_numbers(values: np.ndarray) -> bool:
    """Whether all values are real numbers, as such or as objects; text is none."""
    return values.dtype.kind in "buif" or (values.dtype.kind == "O" and all(map(_is_number, values)))


def exact(values: np.ndarray, name: str) -> np.ndarray:
    """Objects that are numbers as booleans, as whole numbers (of 64 bits, else as Python's), or in double precision.

    Raises
    ------
    ValueError
        If one is too large for double precision where fractions need it; `name` is whose it is.
    """
    if values.dtype.kind != "O":
        return values
    numbers = values.tolist()
    if all(isinstance(number, bool | np.bool_) for number in numbers):
        return values.astype(bool)
    whole = [_whole(number) for number in numbers]
    return floats(numbers, name) if None in whole else _integers(whole)


def floats(numbers: list[Any], name: str) -> np.ndarray:
    """Numbers in double precision.

    Raises
    ------
    ValueError
        If one is too large.
    """
    try:
        return np.array([float(number) for number in numbers])
    except OverflowError as error:
        raise ValueError(f"{name} holds a number beyond 1.8e308, the largest in double precision: scale it.") from error


def _is_number(value: Any) -> bool:
    if isinstance(value, np.bool_):
        return True
    return isinstance(value, Number) and (isinstance(value, Real) or not isinstance(value, Complex))


def _whole(number: Any) -> int | None:
    """The number as an integer, None where it has a fraction or is floating-point already."""
    if isinstance(number, float | np.floating):
        return None
    try:
        return int(number) if int(number) == number else None
    except (OverflowError, ValueError):  # infinity
        return None


def _integers(numbers: list[Any]) -> np.ndarray:
    low, high = min(numbers), max(numbers)
    for kind in (np.int64, np.uint64):
        if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
            return np.array(numbers, dtype=kind)
    return np.array(numbers, dtype=object)
