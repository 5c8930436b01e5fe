"""Relevance from the user: domain knowledge or another method's scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel._runtime.names import did_you_mean
from infsel.relevances._base import Relevance
from infsel.tables import Moments, by_label


@dataclass(eq=False)
class Given(Relevance):
    """A vector of weights, names of columns, or a callable that makes a vector from the table.

    Parameters
    ----------
    source : array-like of shape (n_features,), mapping, list of str, or callable
        A mapping gives weights to columns by name or number, 0 to those that it does not name; a list of names weighs
        1 each. A callable gets (X, y) and returns the vector. It is returned as it is: the estimator checks its shape.

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
        return super().of_moments(X) if callable(self.source) else self.of_columns(X.names, X.shape[1])

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        return np.asarray(self.source(X, y)) if callable(self.source) else self.of_columns(None, np.shape(X)[1])

    def of_columns(self, names: np.ndarray | None, n_features: int) -> np.ndarray:
        """The vector of weights for columns of these names.

        Raises
        ------
        ValueError
            If it names a column that is not there.
        """
        source = by_label(self.source, names)
        weights = source if isinstance(source, Mapping) else _named(source)
        if weights is None:
            return np.asarray(self.source)
        vector = np.zeros(n_features)
        for name, weight in weights.items():
            vector[_number(name, [] if names is None else names.tolist(), n_features)] = weight
        return vector


def _named(source: Any) -> dict[str, float] | None:
    """Weights of 1, where it is a sequence of names."""
    array = np.asarray(source)
    names = array.ndim == 1 and array.size and all(isinstance(name, str) for name in array.tolist())
    return dict.fromkeys(array.tolist(), 1.0) if names else None


def _number(name: Any, names: list[str], n_features: int) -> int:
    if name in names:
        return names.index(name)
    if isinstance(name, int | np.integer) and not isinstance(name, bool) and 0 <= name < n_features:
        return int(name)
    if isinstance(name, str) and not names:
        raise ValueError(f"start names a column {name!r}, and X has no names: pass a data frame, or numbers as keys.")
    raise ValueError(f"start names {name!r}, which is no column of X{did_you_mean(name, names) or ': leave it out.'}")
