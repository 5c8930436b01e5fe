"""What affinities share that learn from the target which columns of the metadata count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Self

import numpy as np

from infsel.affinities._base import Learned
from infsel.affinities._metadata import checked_weights, metadata_of, shown
from infsel.relevances import CrossFitted, cross_fitted
from infsel.tables import Table

_DIGITS = 3  # of a weight: beyond them rows drawn anew would change it


class WithMetadata(Learned):
    """One weight for each column of the metadata, given or learned. A subclass declares the fields, and says how."""

    metadata: Any
    weights: Any
    relevance: Any
    n_splits: int
    random_state: int

    @property
    def placed(self) -> bool:
        return True

    @property
    def is_open(self) -> bool:
        """Whether the weights are yet to be learned."""
        return isinstance(self.weights, str)

    @property
    def is_computed(self) -> bool:
        """Whether it reads the table."""
        return self.is_open or callable(self.metadata)

    def told(self) -> str:
        """Metadata and weights in a formula."""
        return shown(self.metadata) + ("" if self.is_open else f", weights={np.asarray(self.weights).tolist()}")

    def rows(self, columns: np.ndarray, table: Table, y: Any) -> np.ndarray:
        """The metadata of some columns, standardized."""
        return metadata_of(self.metadata, columns, table, y, f"{type(self).__name__}.metadata")

    def weighed(self, columns: np.ndarray, table: Table, y: Any) -> tuple[np.ndarray, np.ndarray]:
        """The metadata and their weights."""
        rows = self.rows(columns, table, y)
        return rows, checked_weights(self.weights, rows.shape[1], f"{type(self).__name__}.weights")

    def rated(self, columns: np.ndarray, table: Table, y: Any) -> CrossFitted:
        """What some columns are worth to the target on halves of the rows."""
        halves = {"n_splits": self.n_splits, "random_state": self.random_state}
        return cross_fitted(self.relevance, table.columns(columns), y, name="relevance", **halves)

    def closed(self, weights: np.ndarray) -> Self:
        """The same with these weights."""
        known: dict[str, Any] = {"weights": tuple(np.round(weights, _DIGITS).tolist())}
        return replace(self, **known)
