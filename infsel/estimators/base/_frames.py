"""Data frames and arrays at the door of an estimator."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from numbers import Number
from typing import Any

import narwhals as nw
import numpy as np
import scipy.sparse as sp

from infsel.distributed import is_dask, is_dask_frame
from infsel.estimators.base._given import is_missing
from infsel.estimators.base._sklearn import safe_indexing

# Types without an order that arithmetic could use; everything else scikit-learn converts or refuses itself.
_TIMES = (nw.Date, nw.Datetime, nw.Duration, nw.Time)
_NOT_NUMERIC = (nw.String, nw.Categorical, nw.Enum, nw.List, nw.Array, nw.Struct, nw.Binary, *_TIMES)


def is_frame(X: Any) -> bool:
    """Whether X is a data frame that keeps its columns apart (pandas, polars, pyarrow, ...)."""
    return not is_dask(X) and isinstance(nw.from_native(X, pass_through=True, eager_only=True), nw.DataFrame)


def library_of(X: Any) -> str | None:
    """The name of the library of a frame, None for what is none."""
    return str(nw.from_native(X, eager_only=True).implementation.value) if is_frame(X) else None


def is_stored(X: Any) -> bool:
    """Whether X is a table of numbers in a file, or in an array of a library that is not NumPy."""
    if isinstance(X, np.memmap):
        return X.ndim == 2 and X.dtype in (np.float32, np.float64)
    if isinstance(X, np.ndarray) or sp.issparse(X) or is_dask(X) or is_frame(X) or not hasattr(X, "__getitem__"):
        return False
    try:
        return len(X.shape) == 2 and np.dtype(X.dtype).kind in "buif"
    except (AttributeError, TypeError):
        return False


def check_roles(X: Any, y: Any) -> None:
    """Refuse what is no table where a table belongs, and no target where one belongs, saying what to pass.

    Raises
    ------
    TypeError
        If X is lazy, text, a mapping or records, or y is text or a single value.
    ValueError
        If X and y look swapped, or column names repeat.
    """
    if isinstance(X, str):
        raise TypeError(f"X={X!r} is text: read the table first, for example with pandas.read_csv, and pass that.")
    if isinstance(X, Mapping) and not hasattr(X, "shape"):
        raise TypeError(f"X is a {type(X).__name__}: pass a table, for example pandas.DataFrame(X).")
    if isinstance(X, np.ndarray) and X.dtype.names is not None:
        raise TypeError("X is an array of records: pass a table, for example pandas.DataFrame(X).")
    _check_names(X)
    lazy = not is_dask(X) and isinstance(nw.from_native(X, pass_through=True), nw.LazyFrame)
    if lazy and not hasattr(X, "__array__"):
        raise TypeError(f"X is lazy ({type(X).__module__}.{type(X).__name__}): compute it first, pass X.collect().")
    if isinstance(y, str | bytes):
        named = is_frame(X) or is_dask_frame(X)
        remedy = f"pass fit(X.drop(columns={y!r}), X[{y!r}])" if named else "pass one value for each sample"
        raise TypeError(f"y={y!r} is text and no target: {remedy}.")
    if isinstance(y, Number) or n_axes(y) == 0:
        raise TypeError(f"y={y!r} is a single value: pass one value for each sample.")
    if n_axes(X) == 1 and n_axes(y) == 2:
        raise ValueError(
            "X has one dimension and y has two: they look swapped. Pass the table first, fit(X, y); a table of one "
            "column has shape (n_samples, 1)."
        )


def n_axes(values: Any) -> int | None:
    """How many dimensions an array, frame or list has, None for what is none."""
    if isinstance(values, list | tuple):
        return np.ndim(values[:1])
    return len(values.shape) if hasattr(values, "shape") else None


def _check_names(X: Any) -> None:
    """Refuse a data frame without columns, or with repeated column names, naming them.

    Raises
    ------
    ValueError
    """
    arrow = nw.dependencies.is_pyarrow_table(X)
    pandas = nw.dependencies.is_pandas_dataframe(X) or is_dask_frame(X)
    if arrow or pandas:  # the only frames whose names can repeat
        named = X.column_names if arrow else X.columns
        if not len(named):
            shape = "of Dask" if is_dask_frame(X) else f"shape={tuple(X.shape)}"
            raise ValueError(f"Found a frame with 0 feature(s) ({shape}): pass at least one column.")
        repeated = [str(name) for name, count in Counter(named).items() if count > 1]
        if repeated:
            raise ValueError(f"X has more than one column named {', '.join(repeated)}: give each its own name.")


def check_numeric(X: Any) -> None:
    """Refuse a data frame with columns that are not numeric, naming them.

    Raises
    ------
    ValueError
    """
    if is_frame(X):
        schema = nw.from_native(X, eager_only=True).schema
        odd = [f"{name!r} ({kind})" for name, kind in schema.items() if isinstance(kind, _NOT_NUMERIC)]
        if odd:
            raise ValueError(
                f"X has columns that are not numeric: {', '.join(odd)}. Encode or drop them, or name them in exclude."
            )


def blanked(X: Any, columns: np.ndarray) -> Any:
    """X with zeros in the columns of a mask, whatever they hold: nothing reads them, and zeros can be read.

    A table without a reason to be copied is returned as it is.
    """
    if not columns.any() or is_stored(X):
        return X
    if is_frame(X):
        frame = nw.from_native(X, eager_only=True)
        names = [name for name, blank in zip(frame.columns, columns, strict=True) if blank]
        zero = nw.lit(0, dtype=nw.Int8)  # the narrowest, so that float32 beside it stays float32
        return frame.with_columns(zero.alias(name) for name in names).to_native()
    if sp.issparse(X):
        return _blanked_sparse(sp.csc_array(X), columns)
    if isinstance(X, np.ndarray) and (X.dtype.kind in "OUS" or not np.isfinite(X[:, columns]).all()):
        X = X.copy()
        X[:, columns] = 0
    return X


def _blanked_sparse(X: sp.csc_array, columns: np.ndarray) -> sp.csc_array:
    if np.isfinite(X.data).all():
        return X
    data = np.where(np.repeat(columns, np.diff(X.indptr)), 0, X.data).astype(X.dtype)
    return sp.csc_array((data, X.indices, X.indptr), shape=X.shape)


def check_resolved(
    X: Any, flat: np.ndarray, names: Callable[[], np.ndarray], excluded: Callable[[], np.ndarray]
) -> None:
    """Refuse columns of whole numbers that vary, but by less than double precision tells apart so far from 0.

    Parameters
    ----------
    X : array or data frame of shape (n_samples, n_features)
    flat : ndarray of int
        The numbers of the columns that do not vary in double precision: no others are read.
    names, excluded : callable
        What the columns are called, and which of them nothing reads; asked for where there is something to tell.

    Raises
    ------
    ValueError
    """
    for number, low, high in _wide_integers(X, flat):
        if not is_missing(low) and low != high and not excluded()[number]:
            raise ValueError(
                f"column {names()[number]!r} holds whole numbers from {low} to {high}, which double "
                "precision takes for one: if they are ids, drop it, else subtract the smallest."
            )


def _wide_integers(X: Any, some: np.ndarray) -> Iterator[tuple[int, Any, Any]]:
    """Those of the columns that hold 64-bit integers, with the lowest and the highest of each."""
    if isinstance(X, np.ndarray):
        if X.dtype.kind in "iu" and X.dtype.itemsize == 8:
            yield from zip(some.tolist(), X[:, some].min(axis=0), X[:, some].max(axis=0), strict=True)
    elif is_dask(X):
        kinds = [str(kind).lower() for kind in (X.dtypes if is_dask_frame(X) else [X.dtype] * X.shape[1])]
        for number in (number for number in some.tolist() if kinds[number] in ("int64", "uint64")):
            column = X[X.columns[number]] if is_dask_frame(X) else X[:, number]
            yield number, column.min().compute(), column.max().compute()
    elif is_frame(X) and len(some):
        frame = nw.from_native(X, eager_only=True)
        named = frame.columns  # once: to take a column by its number reads all names
        for number in some.tolist():
            column = frame.get_column(named[number])
            if column.dtype in (nw.Int64, nw.UInt64):
                yield number, column.min(), column.max()


def take_rows(X: Any, rows: np.ndarray) -> Any:
    """Rows of a table, of a data frame as a frame of the same library, which scikit-learn does not do for all."""
    return nw.from_native(X, eager_only=True)[rows].to_native() if is_frame(X) else safe_indexing(X, rows)
