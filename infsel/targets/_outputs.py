"""One output of a target as class codes or as numbers."""

import numpy as np

from infsel.tables import as_table
from infsel.targets._columns import Column
from infsel.targets._exact import LARGEST, floats
from infsel.targets._martingale import martingale_residuals
from infsel.targets._task import fractions


class Read(np.ndarray):
    """An output that was read: integers are class codes, floating-point numbers are numbers. Nobody asks again."""


def class_codes(column: Column, remedy: str) -> tuple[np.ndarray, np.ndarray]:
    """The classes in ascending order, or that of their categories, and the place of each sample's among them.

    Raises
    ------
    ValueError
        If a number has a fraction, for which there is a `remedy`, labels cannot be sorted, or there are none.
    """
    refuse_times(column)
    if column.grades is not None:
        _, first, codes = np.unique(column.grades, return_index=True, return_inverse=True)
        return column.values[first], codes
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


def refuse_times(column: Column) -> None:
    """Refuse censored times where labels are asked for.

    Raises
    ------
    ValueError
    """
    if column.censored:
        raise ValueError(
            f"{column.name} holds events and times, which are no class labels: use Concordance, or a relevance that "
            "takes numbers, such as Correlation or MutualInformation."
        )


def grades(column: Column) -> np.ndarray:
    """The places of categories in their order, or of numbers among those that occur, in double precision.

    Raises
    ------
    ValueError
        If they have no order.
    """
    if column.grades is not None:
        return column.grades.astype(np.float64)
    if not column.numeric:
        raise ValueError(
            f"{column.name} holds {column.values.tolist()[0]!r}, and nothing says in which order such labels are: pass "
            "pandas.Categorical(y, categories=[...], ordered=True) with the levels from low to high, or numbers."
        )
    return np.unique(column.values, return_inverse=True)[1].astype(np.float64)


def quantities(column: Column, remedy: str, weights: np.ndarray | None = None) -> np.ndarray:
    """Numbers, grades or martingale residuals, whatever the output has, in double precision.

    Raises
    ------
    ValueError
        If it has neither, for which there is a `remedy`.
    """
    if column.censored:
        return martingale_residuals(column.values, weights)
    return grades(column) if column.grades is not None else numbers(column, remedy)


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
    """Whether labels or codes are all the same, or numbers but for round-off."""
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
    if constant and column.censored:
        raise ValueError(f"{column.name} holds no event that another sample outlived: pass times that can be compared.")
    if constant:
        raise ValueError(f"{column.name} is {column.values[0]!s} everywhere: pass a target that varies.")
