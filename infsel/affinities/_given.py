"""Affinity from the user: domain knowledge or learning."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel.affinities._base import Affinity
from infsel.operators import FeatureOperator, Stored, as_operator, principal
from infsel.tables import whole


@dataclass(eq=False)
class Given(Affinity):
    """A precomputed matrix or operator, or a callable that makes one from the table.

    Parameters
    ----------
    source : array-like, sparse matrix, LinearOperator, or callable
        Shape (n_features, n_features); a callable gets the whole (X, y) and returns one of the others. The matrix may
        be asymmetric: entry (i, j) leads from feature i to feature j. Rows and columns of constant features are not
        read, but a LinearOperator is multiplied as it is: its numbers must be finite there, too.
    """

    source: Any | Callable[[np.ndarray, Any], Any]

    @property
    def reads(self) -> frozenset[str]:
        return super().reads if self._is_rule else frozenset()

    @property
    def _is_rule(self) -> bool:
        # a LinearOperator is itself callable (a product with a vector), but it is a relation, not a rule
        return callable(self.source) and not hasattr(self.source, "matvec")

    def __call__(self, X: np.ndarray, y: Any = None) -> FeatureOperator:
        return self.among(np.arange(X.shape[1]), X, y)

    def among(self, columns: np.ndarray, X: np.ndarray, y: Any = None) -> FeatureOperator:
        made = self.source(whole(X), y) if self._is_rule else self.source
        A = principal(as_operator(made, X.shape[1]), columns)
        if isinstance(A, Stored) and not A.finite:
            _name_infinite(A, columns)
        return A


def _name_infinite(A: FeatureOperator, columns: np.ndarray) -> None:
    for block, rows in A.row_blocks():
        bad = np.argwhere(~np.isfinite(rows))
        if len(bad):
            i, j = bad[0]
            where = f"[{columns[block][i]}, {columns[j]}]"
            raise ValueError(f"affinity{where} is {rows[i, j]}: every entry must be finite (write 0 for no relation).")
