"""Moments of a table that arrives in batches of samples."""

from __future__ import annotations

from typing import Any

import numpy as np

from infsel._columns._varying import differ
from infsel._memory import allocate
from infsel._scatter_rows import ScatterRows


class Moments:
    """Count, extremes, means and squared deviations of columns, also within classes, from any number of batches.

    Batches merge by the update of Chan, Golub and LeVeque, so that the result does not depend on their order or size
    but for round-off, and large means cost no digits.

    Parameters
    ----------
    n_features : int
    dtype : dtype
        Precision of what is computed from the moments, which are kept in double precision.
    scatter : bool
        Whether to keep the products of all pairs of columns, n_features^2 numbers, or only their squares.

    References
    ----------
    Chan, Golub, LeVeque (1983). Algorithms for computing the sample variance. The American Statistician 37.
    """

    def __init__(self, n_features: int, dtype: Any, *, scatter: bool) -> None:
        self.dtype, self.columns = np.dtype(dtype), np.arange(n_features)
        self.total = Group(n_features, scatter=scatter)
        self.classes: dict[Any, Group] = {}

    @property
    def shape(self) -> tuple[int, int]:
        """Samples seen so far, and columns."""
        return self.total.n_samples, len(self.columns)

    def __len__(self) -> int:
        return self.shape[0]

    def update(self, X: np.ndarray, y: Any = None) -> None:
        """Take another batch of samples, shape (n_samples, n_features), with their labels."""
        batch = X.astype(np.float64, copy=False)
        self.total.update(batch)
        if y is not None:
            labels = np.asarray(y)
            for label in np.unique(labels).tolist():
                self.classes.setdefault(label, Group(X.shape[1], scatter=False)).update(batch[labels == label])

    def class_moments(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Count, mean and squared deviations of every class in ascending order, as vector and two matrices.

        Columns that agree within a class deviate by 0 there, whatever the round-off of their mean.
        """
        groups = [self.classes[label] for label in sorted(self.classes)]
        same = np.array([group.low == group.high for group in groups])
        means = np.where(same, [group.low for group in groups], [group.mean for group in groups])
        squares = np.where(same, 0, [group.squares() for group in groups])
        return np.array([group.n_samples for group in groups]), means[:, self.columns], squares[:, self.columns]

    def __getitem__(self, key: tuple[slice, np.ndarray]) -> Moments:
        """The moments of some columns, which share the scatter matrix of all."""
        part = Moments.__new__(Moments)
        vars(part).update(vars(self))
        part.columns = self.columns[key[1]]
        return part


class Group:
    """Count, extremes, mean and scatter of one group of samples."""

    def __init__(self, n_features: int, *, scatter: bool) -> None:
        self.n_samples, self.mean = 0, np.zeros(n_features)
        self.low, self.high = np.full(n_features, np.inf), np.full(n_features, -np.inf)
        shape = (n_features, n_features) if scatter else (n_features,)
        remedy = "keep fewer columns, or fit on all samples at once"
        self.scatter = allocate(shape, np.dtype(np.float64), "the scatter matrix of X", remedy)
        self.scatter.fill(0)

    def update(self, X: np.ndarray) -> None:
        """Merge a batch."""
        np.minimum(self.low, X.min(axis=0), out=self.low)
        np.maximum(self.high, X.max(axis=0), out=self.high)
        n = self.n_samples + len(X)
        mean = X.mean(axis=0)
        mean += (X - mean).mean(axis=0)  # the first mean is round-off away from the true one
        deviations, shift = X - mean, mean - self.mean
        weight = self.n_samples * len(X) / n
        if self.scatter.ndim == 2:
            deviations = np.vstack([deviations, np.sqrt(weight) * shift])
            self.scatter += deviations.T @ deviations
        else:
            self.scatter += np.square(deviations).sum(axis=0) + weight * np.square(shift)
        self.mean += shift * (len(X) / n)
        self.n_samples = n

    def squares(self) -> np.ndarray:
        """The sum of squared deviations of each column."""
        return np.diagonal(self.scatter) if self.scatter.ndim == 2 else self.scatter


def varying(X: Moments) -> np.ndarray:
    """Which columns hold more than one value, as a mask of shape (n_features,)."""
    return differ(X.total.low[X.columns], X.total.high[X.columns], X.dtype)


def standard_deviation(X: Moments) -> np.ndarray:
    """Standard deviation of each column with ddof 1, shape (n_features,), in the precision of X."""
    return np.sqrt(X.total.squares()[X.columns] / (len(X) - 1)).astype(X.dtype)


def unit_columns(X: Moments) -> ScatterRows:
    """Centered columns of Euclidean norm 1 as rows, whose Gram matrix correlates; zero for a constant column."""
    norms = np.sqrt(X.total.squares()[X.columns])
    w = np.divide(1.0, norms, out=np.zeros_like(norms), where=varying(X))
    return ScatterRows(X.total.scatter, w, X.columns, len(X), X.dtype)


def unit_ranks(_: Moments) -> ScatterRows:
    """Refuse: ranks are no function of moments."""
    raise ValueError(
        "correlation='spearman' ranks all samples at once, which batches do not allow: use correlation='pearson' with "
        "partial_fit, or fit."
    )
