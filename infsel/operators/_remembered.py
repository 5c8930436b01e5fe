"""Products that somebody keeps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from infsel.operators._base import FeatureOperator, Index


class Remembered(FeatureOperator):
    """A, whose products with vectors are looked up before they are computed.

    Parameters
    ----------
    A : FeatureOperator
    key : str
        What tells A from any other operator in the store.
    store : object
        With ``key(*parts) -> str`` and ``recall(key, compute)``.
    """

    def __init__(self, A: FeatureOperator, key: str, store: Any) -> None:
        super().__init__(A.shape[0], A.dtype)
        self.children, self._key, self._store = (A,), key, store
        self.nonnegative = A.nonnegative

    def _rows(self, index: Index) -> np.ndarray:
        return self.children[0].rows(index)

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        return self._remembered(self.children[0].matvec, np.ravel(x))

    def _rmatvec(self, x: np.ndarray) -> np.ndarray:
        return self._remembered(self.children[0].rmatvec, np.ravel(x))

    def _remembered(self, product: Callable[[np.ndarray], np.ndarray], x: np.ndarray) -> np.ndarray:
        return self._store.recall(self._store.key(self._key, product.__name__, x), partial(product, x))
