"""What is known of columns beside their numbers: one row of metadata a column."""

from typing import Any

import numpy as np

from infsel.relevances import repeated
from infsel.tables import Table

_LARGEST = 1e15  # its square times thousands of columns is a number in single precision, too


def metadata_of(metadata: Any, columns: np.ndarray, table: Table, y: Any, name: str) -> np.ndarray:
    """Standardized metadata of the given columns, shape (n_columns, d); what is the same for all of them is 0.

    Parameters
    ----------
    metadata : array-like of shape (n_features,) or (n_features, d), data frame, or callable
        In the order of the columns of the table, or a frame with their names as its index, or a callable that returns
        one of them from (X, y).
    columns : ndarray of int
    table, y : Table, target
    name : str
        Whose metadata it is, for messages.

    Raises
    ------
    ValueError
        If a column of the table has no row, or an entry is no finite number.
    """
    if callable(metadata):
        table.require_plain(f"{name}={metadata!r}", ", or pass the numbers")
        table, y = repeated(table, y, f"{name}={metadata!r}")
        metadata = metadata(table.array, y)
    rows = _in_order(metadata, table.names, name)
    if rows.ndim == 1:
        rows = rows[:, np.newaxis]
    if rows.ndim != 2 or len(rows) != table.shape[1]:
        raise ValueError(
            f"{name} has shape {rows.shape}, and the table has {table.shape[1]} columns: pass one row for each, or a "
            "frame whose index holds their names."
        )
    if rows.dtype.kind not in "buif":
        raise ValueError(f"{name} has entries of dtype {rows.dtype}: pass numbers (one-hot codes of categories).")
    rows = rows[columns].astype(np.float64)
    wrong = np.argwhere(~np.isfinite(rows))
    if len(wrong):
        i, j = wrong[0]
        raise ValueError(f"{name}[{columns[i]}, {j}] is {rows[i, j]}: fill in what is missing.")
    spread = rows.std(axis=0)
    spread[spread <= 1e-12 * np.abs(rows).max(axis=0)] = np.inf
    return (rows - rows.mean(axis=0)) / spread


def _in_order(metadata: Any, names: np.ndarray | None, name: str) -> np.ndarray:
    if names is not None and hasattr(metadata, "loc") and metadata.index.isin(names).any():
        missing = [column for column in names if column not in metadata.index]
        if missing:
            raise ValueError(f"{name} has no row named {missing[0]!r}, a column of X: add one.")
        if not metadata.index.is_unique:
            raise ValueError(f"{name} has repeated labels: give each column one row.")
        metadata = metadata.loc[names]
    return np.asarray(metadata)


def checked_weights(weights: Any, d: int, name: str) -> np.ndarray:
    """One weight of at most 1e15 in size for each of d columns of metadata: products with it stay in range.

    Raises
    ------
    ValueError
        If they are anything else.
    """
    values = np.asarray(weights)
    if values.shape != (d,) or values.dtype.kind not in "buif" or not (np.abs(values) <= _LARGEST).all():
        raise ValueError(
            f"{name}={weights!r}: pass 'learned', or {d} numbers from -{_LARGEST:.0e} to {_LARGEST:.0e}, one for each "
            "column of metadata."
        )
    return values.astype(np.float64)


class Weights:
    """What the weights of metadata may be; how many there are, the metadata say."""

    names = ("learned",)
    words = "pass 'learned' or one number for each column of the metadata"

    def holds(self, value: Any) -> bool:
        """Whether the value can be such weights."""
        return value == "learned" if isinstance(value, str) else np.ndim(value) == 1


def shown(metadata: Any) -> str:
    """A table of metadata in a formula: what its columns are called, or how many there are."""
    if callable(metadata):
        return repr(metadata)
    if hasattr(metadata, "columns"):
        return f"<{', '.join(map(str, metadata.columns))}>"
    shape = np.shape(metadata)
    return f"<{shape[1] if len(shape) > 1 else 1} columns of metadata>"
