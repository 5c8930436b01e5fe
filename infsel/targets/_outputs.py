"""One output of a target as class codes or as numbers."""

import numpy as np

from infsel.tables import as_table
from infsel.targets._columns import Column
from infsel.targets._exact import LARGEST, floats
from infsel.targets._task import fractions


class Read(np.ndarray):
    """An output that was read: integers are class codes, floating-point numbers are numbers. Nobody asks again."""


def class_codes(column: Column, remedy: str) -> tuple[np.ndarray, np.ndarray]:
    """The classes in ascending order and the place of each sample's among them.

    Raises
    ------
    ValueError
        If a number has a fraction, for which there is a `remedy`, or labels cannot be sorted.
    """
    parts = fractions(column.values)
    if len(parts):
        raise ValueError(f"{column.name} holds {parts[0]}, which is no class label: {remedy}")
    try:
        classes, codes = np.unique(column.values, return_inverse=True)
    except TypeError as error:
        raise ValueError(
            f"{column.name} mixes labels that cannot be sorted: make all of them text or all numbers."
        ) from error
    return classes, codes


def numbers(column: Column, remedy: str) -> np.ndarray:
    """The values in double precision; whole numbers beyond 2^53, which it does not hold, less the smallest.

    Raises
    ------
    ValueError
        If they are no numbers, for which there is a `remedy`, or too large.
    """
    values = column.values
    if not column.numeric:
        raise ValueError(f"{column.name} holds {values.tolist()[0]!r}, which is no number: {remedy}")
    if values.dtype.kind in "iuO":
        whole = values.tolist()
        low = min(whole)
        if max(abs(low), abs(max(whole))) > LARGEST:
            return floats([value - low for value in whole], column.name)
    return values.astype(np.float64)


def constant(values: np.ndarray) -> bool:
    """Whether codes are all the same, or numbers but for round-off."""
    return (
        not as_table(values[:, np.newaxis]).varying()[0]
        if values.dtype.kind == "f"
        else bool((values == values[0]).all())
    )


def check_varies(constant: bool, column: Column) -> None:
    """Refuse a constant.

    Raises
    ------
    ValueError
    """
    if constant:
        raise ValueError(f"{column.name} is {column.values[0]!s} everywhere: pass a target that varies.")
