"""Data frames and arrays at the door of an estimator."""

from collections import Counter
from typing import Any

import narwhals as nw
import numpy as np
import scipy.sparse as sp

from infsel._columns import ColumnStore

# Types without an order that arithmetic could use; everything else scikit-learn converts or refuses itself.
_NOT_NUMERIC = (nw.String, nw.Categorical, nw.Enum, nw.Date, nw.Datetime, nw.Duration, nw.Time)


def is_frame(X: Any) -> bool:
    """Whether X is a data frame that keeps its columns apart (pandas, polars, ...)."""
    return isinstance(nw.from_native(X, pass_through=True, eager_only=True), nw.DataFrame)


def is_stored(X: Any) -> bool:
    """Whether X is a table of numbers in a file, or in an array of a library that is not NumPy."""
    if isinstance(X, np.memmap):
        return X.ndim == 2 and X.dtype in (np.float32, np.float64)
    if isinstance(X, np.ndarray) or sp.issparse(X) or is_frame(X) or not hasattr(X, "__getitem__"):
        return False
    try:
        return len(X.shape) == 2 and np.dtype(X.dtype).kind in "buif"
    except (AttributeError, TypeError):
        return False


def check_frame(X: Any) -> None:
    """Refuse a data frame with repeated column names or columns that are not numeric, naming them.

    Raises
    ------
    ValueError
    """
    if nw.dependencies.is_pandas_dataframe(X):  # the only frames whose names can repeat
        repeated = [str(name) for name, count in Counter(X.columns).items() if count > 1]
        if repeated:
            raise ValueError(f"X has more than one column named {', '.join(repeated)}: give each its own name.")
    if is_frame(X):
        schema = nw.from_native(X, eager_only=True).schema
        odd = [f"{name!r} ({kind})" for name, kind in schema.items() if isinstance(kind, _NOT_NUMERIC)]
        if odd:
            raise ValueError(f"X has columns that are not numeric: {', '.join(odd)}. Encode or drop them.")


def check_finite(X: Any, names: np.ndarray) -> None:
    """Refuse NaN and infinity, naming the first column that has them.

    Raises
    ------
    ValueError
    """
    if isinstance(X, ColumnStore):
        low, high = X.extremes
        bad = np.flatnonzero(~(np.isfinite(low) & np.isfinite(high)))
        if len(bad):
            check_finite(X[:, bad[0] : bad[0] + 1], names[bad[:1]])
        return
    values = X.data if sp.issparse(X) else X
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(values.sum(dtype=np.float64)):  # one pass without a mask: NaN and infinity survive every sum
            return
    if np.isfinite(values).all():  # finite numbers whose sum overflows
        return
    column = int(np.flatnonzero(~np.isfinite(values).all(axis=0))[0]) if values is X else _column_of_bad(X)
    entries = X[:, [column]].toarray()[:, 0] if sp.issparse(X) else X[:, column]
    bad = ~np.isfinite(entries)
    values = entries[bad]
    what, remedy = (
        ("NaN", "impute it (sklearn.impute.SimpleImputer) or drop the column")
        if np.isnan(values).any()
        else ("infinity", "clip or drop it")
    )
    row = int(bad.argmax())
    raise ValueError(
        f"Input X contains {what}: column {names[column]!r} has {len(values)} such values, the first in row {row}; "
        f"{remedy}."
    )


def _column_of_bad(X: Any) -> int:
    """The first column of a CSC matrix with an entry that is not finite."""
    return int(np.searchsorted(X.indptr, np.flatnonzero(~np.isfinite(X.data))[0], side="right")) - 1


def select_columns(X: Any, mask: np.ndarray) -> Any:
    """The columns of a data frame that the mask keeps, as a frame of the same library with the same types."""
    frame = nw.from_native(X, eager_only=True)
    return frame[:, np.flatnonzero(mask).tolist()].to_native()


def align_affinity(affinity: Any, names: np.ndarray | None) -> Any:
    """Put the rows and columns of a pandas affinity in the order of the columns of X, matching them by name.

    Raises
    ------
    ValueError
        If a column of X has no row or no column in the affinity, or either name repeats.
    """
    if not nw.dependencies.is_pandas_dataframe(affinity) or names is None:
        return affinity
    for axis, labels in (("row", affinity.index), ("column", affinity.columns)):
        missing = [name for name in names if name not in labels]
        if missing:
            raise ValueError(f"affinity has no {axis} named {missing[0]!r}, a column of X: label it by column names.")
        if not labels.is_unique:
            raise ValueError(f"affinity has repeated {axis} labels: give each feature one {axis}.")
    return affinity.loc[names, names]
