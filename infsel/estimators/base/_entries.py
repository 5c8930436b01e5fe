"""The entries of a table: numbers, the codes of labels, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import narwhals as nw
import numpy as np
import scipy.sparse as sp

from infsel._runtime.ranges import InvalidParameter
from infsel.distributed import DaskMixedTable, DaskTable
from infsel.estimators.base._frames import is_frame, is_stored, n_axes
from infsel.estimators.base._given import Given, of_array, of_series
from infsel.estimators.base._kinds import asked_kinds, read_columns
from infsel.tables import MixedTable, Table

_NARROW = (nw.Float32, nw.Boolean, nw.Int8, nw.Int16, nw.UInt8, nw.UInt16)  # which single precision holds


def unmasked(X: Any) -> Any:
    """X, where a list with text becomes an array of objects, and the masked entries of one are missing."""
    if isinstance(X, np.ma.MaskedArray):
        filled = np.array(X.data, dtype=np.result_type(X, np.float32) if X.dtype.kind in "biuf" else object)
        filled[np.ma.getmaskarray(X)] = np.nan if filled.dtype.kind == "f" else None
        return filled
    if not isinstance(X, list | tuple):
        return X
    try:
        array = np.asarray(X)
    except ValueError:  # rows of several lengths, which scikit-learn refuses
        return X
    return np.array(X, dtype=object) if array.ndim == 2 and array.dtype.kind in "USO" else X


def check_dense(X: Any, kinds: Any) -> None:
    """Refuse what a user says of the columns of a table that holds numbers and nothing else.

    Raises
    ------
    InvalidParameter
    """
    if kinds is not None and (sp.issparse(X) or is_stored(X)):
        raise InvalidParameter(
            f"kinds={kinds!r} says what columns hold, and a sparse or stored table holds numbers: leave it out, or "
            "pass a dense array or a data frame."
        )


def is_read_by_column(X: Any, kinds: Any) -> bool:
    """Whether X may hold more than the numbers of NumPy, or a user says what it holds."""
    if n_axes(X) != 2:
        return False
    if is_frame(X):
        return kinds is not None or not is_plain(X)
    return isinstance(X, np.ndarray) and (kinds is not None or X.dtype.kind in "OUSmM")


def kinds_of_types(X: Any) -> np.ndarray | None:
    """The kinds of the columns of a frame that is read at once, None where all are numbers."""
    if not nw.dependencies.is_pandas_dataframe(X):
        return None
    booleans = np.array([kind == np.bool_ for kind in X.dtypes], dtype=bool)
    return np.where(booleans, "boolean", "numeric") if booleans.any() else None


def is_plain(X: Any) -> bool:
    """Whether a frame holds numbers, which may be missing, in types that become an array of NumPy as they are."""
    if nw.dependencies.is_pandas_dataframe(X):
        return all(_is_of_numpy(kind) or type(kind).__name__ == "SparseDtype" for kind in X.dtypes)
    kinds = nw.from_native(X, eager_only=True).schema.values()
    return all(kind.is_integer() or kind.is_float() for kind in kinds)


def _is_of_numpy(kind: Any) -> bool:
    return isinstance(kind, np.dtype) and kind.kind in "biuf"


def read_by_column(X: Any, kinds: Any, names: list[str], skipped: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The numbers that stand for the columns of X, and their kinds; what is skipped has been blanked.

    Raises
    ------
    ValueError
        If columns cannot be read: the message names all of them. It may be a TypeError, too.
    """
    asked = {number: kind for number, kind in asked_kinds(kinds, names).items() if not skipped[number]}
    numbers = np.empty(X.shape, dtype=_precision_of_table(X), order="F")
    columns = read_columns(_given(X), asked, names)
    for j, column in enumerate(columns):
        numbers[:, j] = column.numbers
    return numbers, np.array([column.kind for column in columns])


def _given(X: Any) -> Iterable[Given]:
    if not is_frame(X):
        return map(of_array, X.T)
    # one pass: to take a column by its number reads all names
    return map(of_series, nw.from_native(X, eager_only=True).iter_columns())


def _precision_of_table(X: Any) -> np.dtype:
    if not is_frame(X):
        return np.dtype(np.float32) if X.dtype == np.float32 else np.dtype(np.float64)
    if not nw.dependencies.is_pandas_dataframe(X):
        return precision_of(list(nw.from_native(X, eager_only=True).schema.values()))
    # one column of each type: the types of many, and those of objects, take long to tell
    of_type = {str(kind): number for number, kind in enumerate(X.dtypes) if kind != np.dtype(object)}
    return precision_of([nw.from_native(X.iloc[:0, j], series_only=True).dtype for j in of_type.values()])


def with_gaps(table: Table, kinds: np.ndarray | None, missing: str, names: Callable[[], np.ndarray]) -> Table:
    """A table, as one that knows its gaps and columns of labels where it has some.

    Raises
    ------
    ValueError
        If a number is infinite, or one is missing and `missing` is "error"; the message names the first such column.
    """
    gaps = bool(np.isnan(table.extremes()[0]).any())
    if not gaps and (kinds is None or not (kinds == "nominal").any()):
        return table
    if isinstance(table, DaskTable):
        lacking = DaskMixedTable(table, kinds, missing == "informative")
        extremes = table.extremes() if missing == "error" else lacking.extremes()
        check_finite(table, names, missing != "error", lambda: _IMPUTE_THERE, extremes)
        return lacking
    check_finite(table, names, gaps=missing != "error")
    # of one layout, so that sums over rows add up the same whatever the library
    return MixedTable(np.asfortranarray(table.to_dense()), kinds, missing == "informative", names=table.names)


_IMPUTE_THERE = "fill it (X.fillna(X.mean(numeric_only=True).compute())) or drop the column"
_IMPUTE = "impute it (sklearn.impute.SimpleImputer) or drop the column"


def remedy_of_gaps(X: Any) -> str:
    """What to do about NaN in a table of this make: only those in memory, and dense, are taken with their gaps."""
    if sp.issparse(X):
        return (
            "fill it in a Pipeline, make_pipeline(SimpleImputer(), ...), which keeps the table sparse, or pass a dense "
            "one, X.toarray(), whose gaps are taken as they are"
        )
    if is_stored(X):
        return "pass a table in memory, numpy.array(X), whose gaps are taken as they are, or fill it where it is stored"
    return _IMPUTE


def check_finite(
    table: Table,
    names: Callable[[], np.ndarray],
    gaps: bool = False,
    remedy: Callable[[], str] = lambda: _IMPUTE,
    extremes: tuple[np.ndarray, np.ndarray] | None = None,
) -> None:
    """Refuse infinity, and NaN unless gaps are allowed, naming the first column that has them.

    What to do about NaN says the remedy; columns whose extremes are finite are not looked at.

    Raises
    ------
    ValueError
    """
    low, high = table.extremes() if extremes is None else extremes
    for column in np.flatnonzero(~(np.isfinite(low) & np.isfinite(high))):
        entries = table.columns(np.array([column])).to_dense()[:, 0]
        bad = np.isinf(entries) if gaps else ~np.isfinite(entries)
        if bad.any():
            raise ValueError(_of_entries(entries, bad, names()[column], remedy()))


def _of_entries(entries: np.ndarray, bad: np.ndarray, name: str, of_gaps: str) -> str:
    what, remedy = ("NaN", of_gaps) if np.isnan(entries[bad]).any() else ("infinity", "clip or drop it")
    return (
        f"Input X contains {what}: column {name!r} has {bad.sum()} such values, the first in row {int(bad.argmax())}; "
        f"{remedy}."
    )


def precision_of(kinds: list[Any]) -> np.dtype:
    """Single where that is what X has, and holds everything else in it."""
    single = nw.Float32 in kinds and all(kind in _NARROW or not kind.is_numeric() for kind in kinds)
    return np.dtype(np.float32 if single else np.float64)
