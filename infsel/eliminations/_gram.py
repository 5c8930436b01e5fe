"""Inner products of samples over the columns that remain."""

from typing import Any

import numpy as np

from infsel._runtime.threads import wide
from infsel.embeddings import Written, inner


class RowGram:
    """Products Z' Z of all samples while rows of Z are dropped.

    What leaves is subtracted, which costs a fraction of a fresh product, and its round-off is wiped out by a fresh
    product whenever half of the rows have gone since the last.

    Parameters
    ----------
    Z : ndarray or SparseRows of shape (n_features, n_samples)
    stored : bool, default=True
        Whether the products may stay in memory; else they are computed anew each time.
    """

    def __init__(self, Z: Written, stored: bool = True) -> None:
        self.Z: Any = Z
        self._stored = stored
        self._G: np.ndarray | None = None
        self._fresh = len(Z)

    @property
    def G(self) -> np.ndarray:
        """The products over what remains, shape (n_samples, n_samples)."""
        if self._G is not None:
            return self._G
        G, self._fresh = _products(self.Z), len(self.Z)
        if self._stored:
            self._G = G
        return G

    def restrict(self, stays: np.ndarray) -> None:
        """Drop the rows of Z that the mask does not keep."""
        left = self.Z[stays]
        if 2 * len(left) < self._fresh:
            self._G = None
        if self._G is not None:
            self._G -= _products(self.Z[~stays])
        self.Z = left


def _products(Z: Written) -> np.ndarray:
    with wide(2 * Z.shape[1] ** 2 * len(Z)):
        return inner(Z)
