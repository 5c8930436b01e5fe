"""Relevance from the user: domain knowledge or another method's scores."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel.relevances._base import Relevance
from infsel.tables import Moments


@dataclass(eq=False)
class Given(Relevance):
    """A vector of weights, or a callable that makes one from the table.

    Parameters
    ----------
    source : array-like of shape (n_features,), or callable
        A callable gets (X, y) and returns the vector. It is returned as it is: the estimator checks its shape.

    Examples
    --------
    >>> import numpy as np
    >>> Given(lambda X, y: X.max(axis=0))(np.array([[1.0, 5.0], [2.0, 0.0]])).tolist()
    [2.0, 5.0]
    """

    source: Any | Callable[[np.ndarray, Any], Any]

    @property
    def reads(self) -> frozenset[str]:  # type: ignore[override]
        """Nothing, or what a callable may."""
        return frozenset({"samples"}) if callable(self.source) else frozenset()

    def of_moments(self, X: Moments) -> np.ndarray:
        """The vector of weights; a callable has no table to read."""
        return super().of_moments(X) if callable(self.source) else np.asarray(self.source)

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        return np.asarray(self.source(X, y) if callable(self.source) else self.source)
