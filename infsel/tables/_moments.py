"""Moments of a table that arrives in batches of samples."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from infsel._runtime.memory import allocate
from infsel.embeddings import Embedding, ScatterRows
from infsel.tables._as_table import as_table
from infsel.tables._table import Table, by_column

_LOWEST = -1100  # below the exponent of every number: the unit of a column of zeros
_ROOM = 256  # powers of two over the unit that squares leave room for


class Moments(Table):
    """Count, extremes, means and squared deviations of columns, also within classes, from any number of batches.

    Batches merge by the update of Chan, Golub and LeVeque, so that the result does not depend on their order or size
    but for round-off, and large means cost no digits. Merging leaves what was known as it is.

    Parameters
    ----------
    n_features : int
    dtype : dtype
        Precision of what is computed from the moments, which are kept in double precision.
    scatter : bool
        Whether to keep the products of all pairs of columns, n_features^2 numbers, or only their squares.
    names : ndarray of str of shape (n_features,), default=None
        What the columns are called.

    References
    ----------
    Chan, Golub, LeVeque (1983). Algorithms for computing the sample variance. The American Statistician 37.
    """

    has_samples = False
    has_whole_ranks = False
    is_dense = False
    _remedy = "moments keep no samples: fit on a table"

    def __init__(self, n_features: int, dtype: Any, *, scatter: bool, names: np.ndarray | None = None) -> None:
        super().__init__((0, n_features), dtype, names=names)
        self.numbers = np.arange(n_features)
        self.total = Group.empty(n_features, scatter=scatter)
        self.classes: dict[Any, Group] = {}

    @classmethod
    def of(cls, group: Group, dtype: Any) -> Moments:
        """Those of one group of samples, without classes."""
        result = cls(len(group.low), dtype, scatter=False)
        result.total, result.shape = group, (group.n_samples, len(group.low))
        return result

    def with_scatter(self, scatter: np.ndarray) -> Moments:
        """The same with the products of all pairs of columns, of shape (n_features, n_features), in units of each."""
        return Moments.of(replace(self.total, scatter=scatter), self.dtype)

    def centered(self) -> Moments:
        """The same of columns whose mean is known to be 0, in units of 1."""
        nothing = np.zeros_like(self.total.mean)
        group = replace(self.total, mean=nothing, rest=nothing, exponents=nothing.astype(np.intc))
        return Moments.of(group, self.dtype)

    def read(self, start: int, stop: int) -> np.ndarray:
        raise ValueError("moments keep no samples: fit on a table.")

    def take(self, index: np.ndarray) -> Moments:
        """The moments of some columns, which share the scatter matrix of all."""
        part = copy(self)
        part.numbers = self.numbers[index]
        part.shape = len(self), len(part.numbers)
        return part

    @property
    def total_weight(self) -> float:
        """How many samples were seen, each as often as it counts; weights that sum to less have mean 1."""
        return max(self.total.weight, float(self.total.n_samples))

    @property
    def exponents(self) -> np.ndarray:
        """Means are in units of two to these powers, and squared deviations in their squares, one for each column."""
        return self.total.exponents[self.numbers]

    @property
    def means(self) -> np.ndarray:
        """The mean of each column, in units of `exponents`."""
        return self.total.mean[self.numbers]

    def merged(self, X: Any, y: Any = None) -> Moments:
        """These moments and those of another batch, an array or table with as many columns, with its labels.

        Raises
        ------
        ValueError
            If its labels cannot be told apart from those before.
        """
        batch, merged = as_table(X), copy(self)
        numbers = batch.to_dense().astype(np.float64, copy=False)
        merged.total = self.total.merged(numbers, batch.counts)
        merged.shape = merged.total.n_samples, self.shape[1]
        new = {} if y is None else self._merged_classes(numbers, batch.counts, np.asarray(y))
        merged.classes = self.classes | new
        return merged

    def _merged_classes(self, X: np.ndarray, weights: np.ndarray, labels: np.ndarray) -> dict[Any, Group]:
        try:
            new = np.unique(labels).tolist()
            sorted([*self.classes, *new])
        except TypeError as error:
            before = f" and batches before held {next(iter(self.classes))!r}" if self.classes else ""
            raise ValueError(
                f"y holds {labels.tolist()[0]!r}{before}: make the labels of all batches text, or all of them numbers."
            ) from error
        empty = Group.empty(X.shape[1], scatter=False)
        members = {label: labels == label for label in new}
        return {label: self.classes.get(label, empty).merged(X[of], weights[of]) for label, of in members.items()}

    def class_moments(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Count, mean and squared deviations of every class in ascending order, as vector and two matrices.

        In units of `exponents`. Columns that agree within a class deviate by 0 there, whatever the round-off of their
        mean.
        """
        unit, scale = self.total.exponents, self.total_weight / self.total.weight
        groups = [self.classes[label].in_units(unit) for label in sorted(self.classes)]
        same = np.array([group.low == group.high for group in groups])
        means = np.where(same, [np.ldexp(group.low, -unit) for group in groups], [group.mean for group in groups])
        squares = np.where(same, 0, [scale * group.squares() for group in groups])
        counts = np.array([scale * group.weight for group in groups])
        return counts, means[:, self.numbers], squares[:, self.numbers]

    @by_column
    def extremes(self) -> tuple[np.ndarray, np.ndarray]:
        """The lowest and the highest number of each column."""
        return self.total.low[self.numbers], self.total.high[self.numbers]

    @by_column
    def standard_deviation(self) -> np.ndarray:
        """Standard deviation of each column with ddof 0, shape (n_features,), in the precision of the table."""
        deviation = np.sqrt(self.total.squares()[self.numbers] / self.total.weight)
        return np.ldexp(deviation, self.exponents).astype(self.dtype)

    @by_column
    def unit_columns(self) -> ScatterRows:
        """Centered columns of Euclidean norm 1 as rows, whose Gram matrix correlates; zero for a constant column."""
        norms = np.sqrt(self.total.squares()[self.numbers])
        w = np.divide(1.0, norms, out=np.zeros_like(norms), where=self.varying())
        roundoff = max(len(self) * np.finfo(np.float64).eps, 4 * np.finfo(self.dtype).eps)  # of as many products
        return ScatterRows(self.total.scatter, w, self.numbers, len(self), self.dtype, np.full(len(w), roundoff))

    def unit_ranks(self) -> Embedding:
        """Refuse: ranks are no function of moments."""
        raise ValueError(
            "correlation='spearman' ranks all samples at once, which batches do not allow: use correlation='pearson' "
            "with partial_fit, or fit."
        )


@dataclass(frozen=True)
class Group:
    """Count, weight, extremes, mean and scatter of one group of samples.

    The mean is in units of a power of two for each column, and the scatter in products of these units: they change no
    digit, and squares of huge and tiny numbers stay representable. `rest` is what the mean has beyond its last digit,
    which may be more than the deviations where columns lie far from 0.
    """

    n_samples: int
    weight: float
    low: np.ndarray
    high: np.ndarray
    exponents: np.ndarray
    mean: np.ndarray
    rest: np.ndarray
    scatter: np.ndarray

    @classmethod
    def empty(cls, n_features: int, *, scatter: bool) -> Group:
        """No samples, with the products of all pairs of columns or with their squares."""
        products = np.broadcast_to(0.0, (n_features, n_features) if scatter else (n_features,))  # takes no memory
        nothing, none = np.zeros(n_features), np.full(n_features, np.inf)
        return cls(0, 0.0, none, -none, np.full(n_features, _LOWEST, np.intc), nothing, nothing, products)

    def merged(self, X: np.ndarray, weights: np.ndarray) -> Group:
        """The group together with a batch of samples, each of which counts as often as its weight says."""
        low, high = np.minimum(self.low, X.min(axis=0)), np.maximum(self.high, X.max(axis=0))
        needed = np.where(X.any(axis=0), np.frexp(np.abs(X).max(axis=0))[1], np.intc(_LOWEST))
        # units that fit are kept: to change them takes a pass through the scatter matrix
        before = self.in_units(np.where(needed > self.exponents + _ROOM, needed, self.exponents))
        n, own = self.n_samples + len(X), float(weights.sum())
        total = self.weight + own
        deviations = np.empty((len(X) + 1, X.shape[1]))
        mean, rest = _center(np.ldexp(X, -before.exponents, out=deviations[:-1]), weights / own)
        deviations[:-1] *= np.sqrt(weights)[:, np.newaxis]
        shift = (mean - before.mean) + (rest - before.rest)
        deviations[-1] = np.sqrt(self.weight * (own / total)) * shift
        scatter = _products(deviations) if before.scatter.ndim == 2 else np.square(deviations).sum(axis=0)
        scatter += before.scatter
        moved = _added(mean, rest, shift * (-self.weight / total))
        return Group(n, total, low, high, before.exponents, *moved, scatter)

    def joined(self, other: Group) -> Group:
        """Both groups together."""
        unit, total = np.maximum(self.exponents, other.exponents), self.weight + other.weight
        ours, theirs = self.in_units(unit), other.in_units(unit)
        shift, share = (theirs.mean - ours.mean) + (theirs.rest - ours.rest), self.weight / total
        apart = np.outer(shift, shift) if ours.scatter.ndim == 2 else np.square(shift)
        return Group(
            self.n_samples + other.n_samples,
            total,
            np.minimum(self.low, other.low),
            np.maximum(self.high, other.high),
            unit,
            *_added(theirs.mean, theirs.rest, shift * -share),
            ours.scatter + theirs.scatter + other.weight * share * apart,
        )

    def in_units(self, exponents: np.ndarray) -> Group:
        """The same group in other units."""
        down = self.exponents - exponents
        if not self.n_samples or not down.any():
            return replace(self, exponents=exponents)
        scatter = np.ldexp(self.scatter, down if self.scatter.ndim == 2 else 2 * down)
        if self.scatter.ndim == 2:
            np.ldexp(scatter, down[:, np.newaxis], out=scatter)
        mean, rest = np.ldexp(self.mean, down), np.ldexp(self.rest, down)
        return replace(self, exponents=exponents, mean=mean, rest=rest, scatter=scatter)

    def squares(self) -> np.ndarray:
        """The sum of squared deviations of each column."""
        return np.diagonal(self.scatter) if self.scatter.ndim == 2 else self.scatter


def _center(X: np.ndarray, shares: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Subtract the weighted mean of each column in place, and return it with what it has beyond its last digit."""
    mean = shares @ X
    X -= mean
    rest = shares @ X
    X -= rest
    return _added(mean, 0.0, rest)


def _added(mean: np.ndarray, rest: Any, shift: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """mean + rest + shift, and what is lost in the sum of mean and shift, by Knuth's TwoSum."""
    total = mean + shift
    moved = total - mean
    return total, rest + ((mean - (total - moved)) + (shift - moved))


def _products(deviations: np.ndarray) -> np.ndarray:
    n_features = deviations.shape[1]
    remedy = "keep fewer columns, or fit on all samples at once"
    scatter = allocate((n_features, n_features), np.dtype(np.float64), "the scatter matrix of X", remedy)
    return np.matmul(deviations.T, deviations, out=scatter)
