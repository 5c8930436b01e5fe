"""A target as it came: one exact array for each output, with nothing missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp

from infsel.targets._exact import LARGEST, exact, holds_numbers
from infsel.targets._present import check_finite, check_present


@dataclass(frozen=True)
class Column:
    """One output of a target.

    Attributes
    ----------
    values : ndarray of shape (n_samples,)
        Booleans, whole numbers (exact, of any size), floating-point numbers, or labels of any other kind.
    name : str
        What messages call it: "y", or the column of y.
    numeric : bool
        Whether the values are numbers. Text never is.
    categorical : bool
        Whether a data frame declares them categories: then they are labels, though they may be numbers.
    """

    values: np.ndarray
    name: str
    numeric: bool
    categorical: bool = False


@dataclass(frozen=True)
class Columns:
    """The outputs of a target, of as many samples each."""

    outputs: tuple[Column, ...]

    def __len__(self) -> int:
        return len(self.outputs[0].values)

    def __getitem__(self, rows: np.ndarray) -> Columns:
        """The outputs of some samples."""
        return Columns(tuple(Column(c.values[rows], c.name, c.numeric, c.categorical) for c in self.outputs))

    def table(self) -> np.ndarray:
        """A vector of one output, else of shape (n_samples, n_outputs); categories that are numbers become text."""
        arrays = [c.values.astype(str) if c.numeric and c.categorical else c.values for c in self.outputs]
        return arrays[0] if len(arrays) == 1 else np.column_stack(arrays)


def columns_of(y: Any) -> Columns:
    """The outputs of a target: a vector, a series, a data frame, a table of one column each, sparse or masked.

    Objects that are numbers (Decimal, Fraction, what databases and nullable columns hold) become numbers, whole ones
    without loss.

    Raises
    ------
    ValueError
        If y is absent, of another shape, structured, or holds missing or infinite values or a number too large.
    """
    if isinstance(y, Columns):
        return y
    if y is None:
        raise ValueError("y is None, and this needs a target y: pass one value per sample.")
    arrays, names, categorical = _split(y)
    return Columns(tuple(map(_column, arrays, names, categorical)))


def check_target(y: Any) -> None:
    """Refuse missing and infinite values in a target that somebody else reads, who may take a structured one.

    Raises
    ------
    ValueError
    """
    if not is_structured(y):
        columns_of(y)


def is_structured(y: Any) -> bool:
    """Whether y is an array with fields, such as an event and a time."""
    return getattr(getattr(y, "dtype", None), "names", None) is not None


def _column(array: np.ndarray, name: str, categorical: bool) -> Column:
    if array.dtype.kind in "cV":
        what = "Complex data not supported" if array.dtype.kind == "c" else "y cannot be read"
        raise ValueError(f"{what}: {name} has dtype {array.dtype}, pass labels or real numbers.")
    check_present(array, name)
    numeric = holds_numbers(array)
    values = exact(array, name) if numeric else array
    check_finite(values, name)
    return Column(values, name, numeric, categorical)


def _split(y: Any) -> tuple[list[np.ndarray], list[str], list[bool]]:
    """The columns of y one by one, because a table would bring them to one type."""
    if hasattr(y, "columns") and len(y.shape) == 2:  # a data frame
        n = len(y.columns)
        series = [y.iloc[:, i] if hasattr(y, "iloc") else y[:, i] for i in range(n)]
        names = [f"column {str(name)!r} of y" for name in y.columns] if n > 1 else ["y"]
        arrays = [array for one in series for array in _vectors(_array(one))]
        return arrays, names, [_is_categorical(one) for one in series]
    arrays = _vectors(_array(y))
    names = [f"column {i} of y" for i in range(len(arrays))] if len(arrays) > 1 else ["y"]
    return arrays, names, [_is_categorical(y)] * len(arrays)


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
    if array.dtype.names is not None or (array.dtype.kind == "O" and _holds_records(array)):
        fields = f" with the fields {', '.join(array.dtype.names)}" if array.dtype.names else ""
        raise ValueError(
            f"y is a structured array{fields}: censored times are not supported yet, pass one of the fields alone."
        )
    if array.size == 0 or array.ndim not in (1, 2):
        raise ValueError(f"y has shape {array.shape}: pass one value per sample, or one column per output.")
    return [array] if array.ndim == 1 else list(array.T)


def _holds_records(array: np.ndarray) -> bool:
    return array.size > 0 and isinstance(array.flat[0], np.void | tuple)


def _is_categorical(y: Any) -> bool:
    return getattr(getattr(y, "dtype", None), "categories", None) is not None
