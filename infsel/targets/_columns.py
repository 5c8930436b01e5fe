"""A target as it came: one exact array for each output, with nothing missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp

from infsel.targets._exact import LARGEST, exact, holds_numbers
from infsel.targets._grades import grades_of, is_categorical
from infsel.targets._present import check_finite, check_present
from infsel.targets._survival import events_and_times, names_survival


@dataclass(frozen=True)
class Column:
    """One output of a target.

    Attributes
    ----------
    values : ndarray of shape (n_samples,)
        Booleans, whole numbers (exact, of any size), floating-point numbers, labels of any other kind, or a structured
        array with the fields event and time.
    name : str
        What messages call it: "y", or the column of y.
    numeric : bool
        Whether the values are numbers. Text never is.
    categorical : bool
        Whether a data frame declares them categories: then they are labels, though they may be numbers.
    grades : ndarray of int of shape (n_samples,) or None
        Places in the order that categories declare.
    """

    values: np.ndarray
    name: str
    numeric: bool
    categorical: bool = False
    grades: np.ndarray | None = None

    def __getitem__(self, rows: np.ndarray) -> Column:
        """The output of some samples."""
        grades = None if self.grades is None else self.grades[rows]
        return replace(self, values=self.values[rows], grades=grades)

    @property
    def censored(self) -> bool:
        """Whether it holds events and times."""
        return self.values.dtype.names is not None


@dataclass(frozen=True)
class Columns:
    """The outputs of a target, of as many samples each.

    Attributes
    ----------
    outputs : tuple of Column
    rows : ndarray of int of shape (n_samples,) or None
        Numbers of the samples where they came from, for messages; None for 0, 1, ...
    """

    outputs: tuple[Column, ...]
    rows: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.outputs[0].values)

    def __getitem__(self, rows: np.ndarray) -> Columns:
        """The outputs of some samples."""
        numbers = np.arange(len(self)) if self.rows is None else self.rows
        return Columns(tuple(column[rows] for column in self.outputs), numbers[rows])

    @property
    def special(self) -> bool:
        """Whether an array would not hold all that is known, such as the order of categories."""
        return any(column.grades is not None or column.censored for column in self.outputs)

    def table(self) -> np.ndarray:
        """A vector of one output, else of shape (n_samples, n_outputs); categories that are numbers become text."""
        arrays = [c.values.astype(str) if c.numeric and c.categorical else c.values for c in self.outputs]
        return arrays[0] if len(arrays) == 1 else np.column_stack(arrays)

    def survival(self) -> Columns:
        """Two columns, in either order, as one output of events and times.

        Raises
        ------
        ValueError
            If there are not two, or they hold something else.
        """
        if len(self.outputs) == 1 and self.outputs[0].censored:
            return self
        if len(self.outputs) != 2:
            raise ValueError(
                f"y has {len(self.outputs)} columns: of censored times pass two, whether there was an event, and when."
            )
        values = events_and_times(self.outputs, self.rows)
        return Columns((Column(values, "y", numeric=False),), self.rows)


class _Given(NamedTuple):
    """One output before it is checked."""

    array: np.ndarray
    name: str
    categorical: bool = False
    grades: np.ndarray | None = None


def columns_of(y: Any, rows: np.ndarray | None = None) -> Columns:
    """The outputs of a target: a vector, a series, a data frame, a table of one column each, sparse or masked.

    Objects that are numbers (Decimal, Fraction, what databases and nullable columns hold) become numbers, whole ones
    without loss. A structured array of two fields, and a frame of columns called event (or status) and time, are one
    output of censored times.

    Parameters
    ----------
    y : array-like
    rows : ndarray of bool of shape (n_samples,), default=None
        Which samples to read; None for all. What the others hold does not matter.

    Raises
    ------
    ValueError
        If y is absent, of another shape, or holds missing or infinite values, a number too large or an impossible time.
    """
    if isinstance(y, Columns):
        return y if rows is None else y[rows]
    if y is None:
        raise ValueError("y is None, and this needs a target y: pass one value per sample.")
    given, survival = _split(y)
    where = None if rows is None else np.flatnonzero(rows)
    columns = Columns(tuple(_column(one, where) for one in given), where)
    return columns.survival() if survival else columns


def check_target(y: Any, rows: np.ndarray | None = None) -> None:
    """Refuse missing and infinite values in a target that somebody else reads, who may take any structured one.

    Raises
    ------
    ValueError
    """
    if not is_structured(y):
        columns_of(y, rows)
        return
    for name in y.dtype.names:
        if y.dtype[name].kind != "O" and y.dtype[name].subdtype is None:
            _column(_Given(y[name], f"field {name!r} of y"), None if rows is None else np.flatnonzero(rows))


def is_structured(y: Any) -> bool:
    """Whether y is an array with fields, such as an event and a time."""
    return getattr(getattr(y, "dtype", None), "names", None) is not None


def _column(given: _Given, rows: np.ndarray | None) -> Column:
    array, name = given.array if rows is None else given.array[rows], given.name
    if array.dtype.kind in "cV":
        what = "Complex data not supported" if array.dtype.kind == "c" else "y cannot be read"
        raise ValueError(f"{what}: {name} has dtype {array.dtype}, pass labels or real numbers.")
    check_present(array, name, rows)
    numeric = holds_numbers(array)
    values = exact(array, name) if numeric else array
    check_finite(values, name, rows)
    grades = given.grades if given.grades is None or rows is None else given.grades[rows]
    return Column(values, name, numeric, given.categorical, grades)


def _split(y: Any) -> tuple[list[_Given], bool]:
    """The columns of y one by one, because a table would bring them to one type, and whether they are one output."""
    if hasattr(y, "columns") and len(y.shape) == 2:  # a data frame
        return _of_frame(y)
    array = _array(y)
    if array.dtype.names is not None:
        fields = array.dtype.names
        return [_Given(array[field], f"field {field!r} of y") for field in fields], True
    if array.dtype.kind == "O" and _holds_records(array):
        return [_Given(field, f"field {i} of y") for i, field in enumerate(_fields(array))], True
    arrays = _vectors(array)
    names = [f"column {i} of y" for i in range(len(arrays))] if len(arrays) > 1 else ["y"]
    grades = grades_of(y)
    return [_Given(one, name, is_categorical(y), grades) for one, name in zip(arrays, names, strict=True)], False


def _of_frame(y: Any) -> tuple[list[_Given], bool]:
    names = [str(name) for name in getattr(y, "column_names", y.columns)]
    n, given = len(names), []
    for i, name in enumerate(names):
        series = y.iloc[:, i] if hasattr(y, "iloc") else y.column(i) if hasattr(y, "column_names") else y[:, i]
        shown = f"column {name!r} of y" if n > 1 else "y"
        given += [_Given(array, shown, is_categorical(series), grades_of(series)) for array in _vectors(_array(series))]
    return given, names_survival(names) and any(
        set(one.array.tolist()) <= {0, 1} for one in given if not one.name.lower().endswith("'time' of y")
    )


def _array(y: Any) -> np.ndarray:
    if sp.issparse(y):
        y = y.toarray()
    if isinstance(y, np.ma.MaskedArray):
        masked = np.ma.getmaskarray(y)
        y = np.ma.getdata(y).astype(object)
        y[masked] = None
    if isinstance(y, list | tuple):
        return _of_list(y)
    array = np.asarray(y)
    return array.astype(object) if array.dtype.kind == "T" else array


def _of_list(y: list[Any] | tuple[Any, ...]) -> np.ndarray:
    """The values as they are: NumPy makes text of None and of numbers beside text, and floats of large integers."""
    try:
        array = np.asarray(y)
    except ValueError as error:
        raise ValueError("y holds lists of different lengths: pass one value per sample.") from error
    kind = array.dtype.kind
    same = kind in "biu" or (kind == "f" and not (np.abs(array) >= LARGEST).any())
    return array if same or array.dtype.names else np.array(y, dtype=object)


def _vectors(array: np.ndarray) -> list[np.ndarray]:
    if array.size == 0 or array.ndim not in (1, 2):
        raise ValueError(f"y has shape {array.shape}: pass one value per sample, or one column per output.")
    return [array] if array.ndim == 1 else list(array.T)


def _holds_records(array: np.ndarray) -> bool:
    return array.ndim == 1 and array.size > 0 and isinstance(array[0], np.void | tuple)


def _fields(array: np.ndarray) -> list[np.ndarray]:
    """The first, second, ... entries of the records."""
    records = [tuple(record) for record in array]
    if len({len(record) for record in records}) > 1:
        raise ValueError("y holds records of different lengths: pass an event and a time for each sample.")
    return list(np.array(records, dtype=object).T)
