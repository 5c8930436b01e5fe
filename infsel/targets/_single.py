"""Targets of one output, as relevances read them."""

from dataclasses import replace
from typing import Any, NoReturn

import numpy as np

from infsel.targets._columns import Column, columns_of
from infsel.targets._outputs import Read, check_varies, class_codes, constant, quantities, refuse_times
from infsel.targets._sizes import check_halves, warn_of_lone_classes
from infsel.targets._survival import SURVIVAL
from infsel.targets._task import continuous, fractions, hint_at_numbers

_FOR_NUMBERS = "use a relevance that takes numbers, Correlation or MutualInformation, or cut y into classes."
_FOR_STRATA = "pass stratify=False."
_FOR_LABELS = "use a relevance for classes, Fisher or AnovaF."
_TO_SAY = "if they are labels, pass them as text, y.astype(str), and if they are numbers, y + 0.5."


def classes_of(y: Any, weights: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """The classes in ascending order, shape (n_classes,), and the position of each sample's class, shape (n_samples,).

    Ordered categories are classes in their order.

    Parameters
    ----------
    y : array-like of shape (n_samples,)
    weights : ndarray of shape (n_samples,), default=None
        How often each sample counts; None for once each.

    Warns
    -----
    UserWarning
        If one sample makes up a class.

    Raises
    ------
    ValueError
        If y is absent, not a vector of at least two classes, or holds numbers (`is_continuous`).
    """
    if isinstance(y, Read):
        return _read_classes(y)
    return _classes(labels_of(y), weights)


def labels_of(y: Any) -> Column:
    """The target as labels, which may be whole numbers of any number of different values.

    Raises
    ------
    ValueError
        If y is absent, not a vector, or holds fractions or times.
    """
    column = _one(y)
    refuse_times(column)
    parts = fractions(column.values)
    if len(parts) and column.grades is None:
        raise ValueError(f"{column.name} holds {parts[0]}, which is no class label: {_FOR_NUMBERS}")
    return column


def refuse_numbers(column: Column, n_distinct: int) -> NoReturn:
    """Say that whole numbers are read as numbers, and what to do.

    Raises
    ------
    ValueError
    """
    raise ValueError(
        f"{column.name} holds {n_distinct} different whole numbers and is read as numbers (regression), not as class "
        f"labels: {_FOR_NUMBERS} If they name classes, pass them as text, y.astype(str)."
    )


def numbers_of(y: Any, weights: np.ndarray | None = None) -> np.ndarray:
    """The target in double precision, shape (n_samples,): numbers, grades, or martingale residuals of censored times.

    Parameters
    ----------
    y : array-like of shape (n_samples,)
    weights : ndarray of shape (n_samples,), default=None
        How often each sample counts; None for once each.

    Raises
    ------
    ValueError
        If y is absent, not a vector of finite numbers, or constant.
    """
    column = _one(y)
    values = quantities(column, _FOR_LABELS, weights)
    check_varies(constant(values), column)
    return values


def times_of(y: Any) -> np.ndarray:
    """The target with the fields event and time, shape (n_samples,); of numbers and grades all are events.

    Raises
    ------
    ValueError
        If y is absent, not a vector of finite numbers or of censored times, or constant.
    """
    column = None if isinstance(y, Read) else _one(y)
    if column is not None and column.censored:
        numbers_of(y)  # which do not vary if no pair of samples can be compared
        return column.values
    values = numbers_of(y)
    survival = np.ones(len(values), dtype=SURVIVAL)
    survival["time"] = values
    return survival


def output_of(y: Any, weights: np.ndarray | None = None) -> np.ndarray:
    """Class codes, integers from 0, or of any other target what `numbers_of` returns; shape (n_samples,).

    Parameters
    ----------
    y : array-like of shape (n_samples,)
    weights : ndarray of shape (n_samples,), default=None
        How often each sample counts; None for once each.

    Warns
    -----
    UserWarning
        If one sample makes up a class, or more than 10 different whole numbers are read as classes.

    Raises
    ------
    ValueError
        If y is absent, not a vector, or constant.
    """
    if isinstance(y, Read):
        return np.asarray(y)
    column = _one(y)
    if column.censored or column.grades is not None or continuous(column, weights):
        return numbers_of(y, weights)
    classes, codes = _classes(column, weights)
    hint_at_numbers(column, len(classes), _TO_SAY)
    return codes


def levels_of(y: Any) -> np.ndarray:
    """Class codes, where numbers of the same whole part, rounded down, are one class; shape (n_samples,).

    Raises
    ------
    ValueError
        If y is absent, not a vector, or has one level.
    """
    column = _one(y)
    values = np.floor(column.values) if column.values.dtype.kind == "f" else column.values
    levels, codes = class_codes(replace(column, values=values), _FOR_NUMBERS)
    check_varies(len(levels) < 2, column)
    if not continuous(column):
        warn_of_lone_classes(column, levels, np.bincount(codes))
    return codes


def strata_of(y: Any, *, unless_continuous: bool, rare: bool = False) -> np.ndarray | None:
    """Class codes of which two halves can both hold all, shape (n_samples,); None for a continuous or several outputs.

    Of censored times whether there was an event.

    Parameters
    ----------
    y : array-like of shape (n_samples,)
    unless_continuous : bool
        Whether to return None where y has no classes, instead of refusing it.
    rare : bool, default=False
        Whether a class may have one sample.

    Raises
    ------
    ValueError
        If y cannot be read, or a class has one sample.
    """
    columns = columns_of(y).outputs
    if unless_continuous and (len(columns) > 1 or continuous(columns[0])):
        return None
    column = _one(y)
    if column.censored:
        column = Column(column.values["event"], "the events of y", numeric=True)
    classes, codes = class_codes(column, _FOR_STRATA)
    if not rare:
        check_halves(column, classes, np.bincount(codes))
    return codes


def _classes(column: Column, weights: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    if continuous(column, weights):
        refuse_numbers(column, len(np.unique(column.values)))
    classes, codes = class_codes(column, _FOR_NUMBERS)
    check_varies(len(classes) < 2, column)
    warn_of_lone_classes(column, classes, np.bincount(codes, weights))
    return classes, codes


def _one(y: Any) -> Column:
    columns = columns_of(np.asarray(y) if isinstance(y, Read) else y).outputs
    if len(columns) > 1:
        raise ValueError(
            f"y has {len(columns)} columns: this reads one, pass one value per sample, or an array with the fields "
            "event and time."
        )
    return columns[0]


def _read_classes(y: Read) -> tuple[np.ndarray, np.ndarray]:
    codes = np.asarray(y)
    if codes.dtype.kind == "f":
        raise ValueError(f"y was read as numbers (regression), not as class labels: {_FOR_NUMBERS}")
    return np.arange(codes.max() + 1), codes
