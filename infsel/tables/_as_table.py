"""The only place that asks what a table is written as."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp

from infsel.embeddings import Filled, FilledRows, Written, are_spread
from infsel.tables._copies import originals
from infsel.tables._dense import DenseTable
from infsel.tables._mixed import MixedTable
from infsel.tables._sparse import SparseTable
from infsel.tables._stored import StoredTable
from infsel.tables._table import Table


def as_table(X: Any, weights: np.ndarray | None = None, names: np.ndarray | None = None) -> Table:
    """The table that X is, or that its numbers make.

    Parameters
    ----------
    X : array-like, sparse matrix, stored table or Table of shape (n_samples, n_features)
        A table is returned as it is, unless weights are given. Stored is what has ``shape``, ``dtype`` and
        ``[:, a:b]`` and is no array of NumPy: it stays where it is.
    weights : ndarray of shape (n_samples,), default=None
        How often each sample counts, more than 0; None for once each.
    names : ndarray of str of shape (n_features,), default=None
        What the columns are called.

    Examples
    --------
    >>> import numpy as np
    >>> table = as_table(np.array([[1.0, 5.0], [2.0, 5.0], [9.0, 5.0]]))
    >>> table.varying().tolist(), table.ranks()[:, 0].tolist()
    ([True, False], [1.0, 2.0, 3.0])
    """
    if isinstance(X, Table):
        return X if weights is None else X.weighted(weights)
    if isinstance(X, np.ndarray):
        return DenseTable(X, weights, names)
    if sp.issparse(X):
        return SparseTable(sp.csc_array(X), weights, names)
    if all(hasattr(X, name) for name in ("shape", "dtype", "__getitem__")):
        return StoredTable(X, weights, names)
    return DenseTable(np.asarray(X), weights, names)


def of_rows(Z: Written | Filled, precision: np.dtype) -> Table:
    """A table whose columns are these rows, of sparse ones but for shift and scale, and in this precision."""
    if isinstance(Z, np.ndarray):
        return DenseTable(Z.T)
    standing_out = Z.standing_out() if isinstance(Z, FilledRows) else Z
    return SparseTable(sp.csc_array(standing_out.S.T.astype(precision)))


def repeated_rows(Z: Any, precision: np.dtype) -> np.ndarray:
    """For each row the first one that it equals up to shift, scale, sign and round-off, shape (n,)."""
    return originals(Z.map(_unit_rows)) if are_spread(Z) else of_rows(Z, precision).originals()


def _unit_rows(Z: np.ndarray) -> Any:
    return DenseTable(Z.T).unit_columns()


def in_memory(table: Table) -> Table:
    """The table itself where its numbers are in memory, be it that of others, else one that holds them."""
    inside = isinstance(table, DenseTable | SparseTable | MixedTable) or table.is_distributed
    return table if inside else DenseTable(table.array, table.weights, table.names)
