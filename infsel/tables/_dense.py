"""Tables in memory."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from infsel.tables._table import Table


class DenseTable(Table):
    """An array in memory.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
        It is not copied.
    weights, names : ndarray, optional
        As for `Table`.
    """

    def __init__(self, X: np.ndarray, weights: np.ndarray | None = None, names: np.ndarray | None = None) -> None:
        super().__init__(X.shape, X.dtype, weights, names)
        self._X = X

    def read(self, start: int, stop: int) -> np.ndarray:
        return self._X[:, start:stop]

    def take(self, index: np.ndarray) -> DenseTable:
        return DenseTable(self._X[:, index])

    def chunks(self, width: int | None = None) -> Iterator[tuple[slice, np.ndarray]]:
        """All columns at once."""
        yield slice(0, self.shape[1]), self._X

    def rows(self, index: np.ndarray) -> DenseTable:
        """The table of some samples."""
        return DenseTable(self._X[index], None if self.weights is None else self.weights[index], self.names)

    @property
    def array(self) -> np.ndarray:
        """The array itself."""
        return self._X
