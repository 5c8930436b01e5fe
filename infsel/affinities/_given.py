"""Affinity from the user: domain knowledge or learning."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel.affinities._base import Affinity
from infsel.operators import FeatureOperator, Stored, as_operator, principal
from infsel.relevances import repeated
from infsel.tables import Table


@dataclass(eq=False)
class Given(Affinity):
    """A precomputed matrix or operator, or a callable that makes one from the table.

    Parameters
    ----------
    source : array-like, sparse matrix, LinearOperator, or callable
        Shape (n_features, n_features); a callable gets the whole (X, y) and returns one of the others. A data frame is
        matched with the columns of X by their names, where they have some. The matrix may be asymmetric: entry (i, j)
        leads from feature i to feature j. Rows and columns of constant features are not read, but a LinearOperator is
        multiplied as it is: its numbers must be finite there, too.
    """

    source: Any | Callable[[np.ndarray, Any], Any]

    @property
    def reads(self) -> frozenset[str]:
        return super().reads if self._is_rule else frozenset()

    @property
    def _is_rule(self) -> bool:
        # a LinearOperator is itself callable (a product with a vector), but it is a relation, not a rule
        return callable(self.source) and not hasattr(self.source, "matvec")

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        return self.among(np.arange(table.shape[1]), table, y)

    def among(self, columns: np.ndarray, table: Table, y: Any = None) -> FeatureOperator:
        made = self._made(table, y) if self._is_rule else self.source
        A = principal(as_operator(_aligned(made, table.names), table.shape[1]), columns)
        if isinstance(A, Stored) and not A.finite:
            _name_infinite(A, columns)
        return A

    def _made(self, table: Table, y: Any) -> Any:
        table.require_plain(f"affinity={self.source!r}", ", or pass a matrix")
        table, y = repeated(table, y, f"affinity={self.source!r}")
        return self.source(table.array, y)


def _aligned(matrix: Any, names: np.ndarray | None) -> Any:
    """The rows and columns of a labeled matrix in the order of the columns of the table.

    Raises
    ------
    ValueError
        If a column has no row or no column in the matrix, or either label repeats.
    """
    if names is None or not hasattr(matrix, "loc"):
        return matrix
    for axis, labels in (("row", matrix.index), ("column", matrix.columns)):
        missing = [name for name in names if name not in labels]
        if missing:
            raise ValueError(f"affinity has no {axis} named {missing[0]!r}, a column of X: label it by column names.")
        if not labels.is_unique:
            raise ValueError(f"affinity has repeated {axis} labels: give each feature one {axis}.")
    return matrix.loc[names, names]


def _name_infinite(A: FeatureOperator, columns: np.ndarray) -> None:
    for block, rows in A.row_blocks():
        bad = np.argwhere(~np.isfinite(rows))
        if len(bad):
            i, j = bad[0]
            where = f"[{columns[block][i]}, {columns[j]}]"
            raise ValueError(f"affinity{where} is {rows[i, j]}: every entry must be finite (write 0 for no relation).")
