"""Targets, numeric ones cut into groups."""

import math
from typing import Any

import numpy as np

from infsel.relevances._labels import classes_of, numbers_of

_BINS = 10
_FEW = 5
_ROUND_OFF = 1e-9  # of a group: weights and repeated samples cut alike


def is_continuous(y: Any, n_samples: float | None = None) -> bool:
    """Whether a target is continuous rather than made of labels.

    It is if some values are fractions, or if more than 10 different whole numbers occur, each fewer than 5 times on
    average. `n_samples` is what the samples count for, by default their number.
    """
    values = np.asarray(y)
    if y is None or values.dtype.kind not in "iuf":
        return False
    distinct = np.unique(numbers_of(y))
    most = max(_BINS, (len(values) if n_samples is None else n_samples) / _FEW)
    return not np.array_equal(distinct, np.round(distinct)) or len(distinct) > most


def quantile_groups(numbers: np.ndarray, weights: np.ndarray, n_groups: int | None = None) -> np.ndarray:
    """Groups of about equal weight as integers from 0; ties stay together.

    By default they are sqrt(total weight) in number, but at most 10.
    """
    total = weights.sum()
    n_groups = min(_BINS, max(2, math.isqrt(round(total)))) if n_groups is None else n_groups
    distinct, position = np.unique(numbers, return_inverse=True)
    mass = np.bincount(position, weights, minlength=len(distinct))
    # middle ranks never put all values into one group, which quantiles of a target with many ties can
    middle = np.cumsum(mass) - mass / 2
    cell = np.floor(middle * n_groups / total + _ROUND_OFF)
    return np.unique(cell[position], return_inverse=True)[1]


def groups_of(y: Any) -> np.ndarray:
    """The classes of a target, or the quantile groups of a continuous one, as integers from 0."""
    return quantile_groups(numbers_of(y), np.ones(len(y))) if is_continuous(y) else classes_of(y)[1]
