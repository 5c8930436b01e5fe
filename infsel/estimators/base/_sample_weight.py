"""How often each sample counts."""

import inspect
from typing import Any

import numpy as np

from infsel.estimators.base._sklearn import check_sample_weight, safe_indexing
from infsel.tables import Table
from infsel.targets import Columns, columns_of

FEWEST = 5
_LARGEST = 1e100  # squares of sums of these are numbers still


def weighed(table: Table, y: Any, sample_weight: Any, fewest: int = FEWEST, *, read: bool = True) -> tuple[Table, Any]:
    """The samples whose weight is positive, and how often they count: on average at least once.

    Rare labels are pooled (`MixedTable.pooled`).

    Parameters
    ----------
    table : Table
    y : array-like, what was read from one, or None
    sample_weight : array-like of shape (n_samples,) or None
    fewest : int, default=5
        How many must count.
    read : bool, default=True
        Whether to read y, if there is one; else it may be anything.

    Raises
    ------
    ValueError
        If a weight is negative or no number, too few are positive, or y cannot be read where they are.
    """
    read = read and y is not None
    if sample_weight is None:
        return table.pooled(), columns_of(y) if read else y
    weights = check_weights(sample_weight, len(table))
    counts = weights > 0
    if counts.sum() < fewest:
        raise ValueError(f"sample_weight is positive for {counts.sum()} samples: at least {fewest} must count.")
    if read:
        table, y = _those(table, None, counts)[0], columns_of(y, counts)
    else:
        table, y = _those(table, y, counts)
    weights = weights[counts]
    if _sum(weights) < len(weights):  # shares of a whole do not say that there is only one sample
        weights /= weights.max()  # equal ones become 1 exactly
        weights *= len(weights) / _sum(weights)
    return table.weighted(_multiples(weights)).pooled(), y


def counted(table: Table, y: Any, sample_weight: Any) -> tuple[Table, Any]:
    """The same of a batch of samples, whose weights stay as they are: others follow, and the sum of all decides.

    Raises
    ------
    ValueError
        If a weight is negative or no number, or none is positive.
    """
    if sample_weight is None:
        return table, y
    weights = check_weights(sample_weight, len(table))
    counts = weights > 0
    if not counts.any():
        raise ValueError("sample_weight is positive for no sample of the batch: leave the batch out.")
    table, y = _those(table, y, counts)
    return table.weighted(weights[counts]), y


def which_count(sample_weight: Any, n_samples: int) -> np.ndarray:
    """The samples whose weight is positive, shape (n_samples,): all of them where there are no weights.

    Raises
    ------
    ValueError
        If a weight is negative or no number, or none is positive.
    """
    if sample_weight is None:
        return np.ones(n_samples, dtype=bool)
    return check_weights(sample_weight, n_samples) > 0


def of_rows(params: dict[str, Any], rows: np.ndarray) -> dict[str, Any]:
    """Metadata of some samples, given as a mask: what has one entry for each sample, such as weights, is picked."""
    if rows.all():
        return params
    picked, n = np.flatnonzero(rows), len(rows)
    return {name: safe_indexing(value, picked) if _is_one_each(value, n) else value for name, value in params.items()}


def _is_one_each(value: Any, n_samples: int) -> bool:
    return hasattr(value, "__len__") and not isinstance(value, str) and len(value) == n_samples


def takes_weights(estimator: Any) -> bool:
    """Whether its `fit` has sample weights among its parameters."""
    parameters = inspect.signature(estimator.fit).parameters
    return "sample_weight" in parameters or any(each.kind is each.VAR_KEYWORD for each in parameters.values())


def check_weights(sample_weight: Any, n_samples: int) -> np.ndarray:
    """Finite numbers from 0 up, one for each sample.

    Raises
    ------
    ValueError
        If one is negative, larger than 1e100 or no number, or their number is another.
    """
    weights = check_sample_weight(sample_weight, np.empty((n_samples, 1)), dtype=np.float64, copy=True)
    if (weights < 0).any():
        raise ValueError(f"sample_weight[{int((weights < 0).argmax())}] is negative: weights count samples.")
    if weights.max() > _LARGEST:
        raise ValueError(f"sample_weight holds {weights.max():g}: they count samples, pass numbers up to {_LARGEST:g}.")
    return weights


def _those(table: Table, y: Any, rows: np.ndarray) -> tuple[Table, Any]:
    if rows.all():
        return table, y
    if y is not None:
        y = y[rows] if isinstance(y, Columns) else safe_indexing(y, np.flatnonzero(rows))
    return table.rows(rows), y


def _multiples(weights: np.ndarray) -> np.ndarray:
    """The weights to 2^-52 of their sum: they add up without round-off in any order of the samples."""
    unit = np.ldexp(1.0, np.frexp(_sum(weights))[1] - 52)
    return np.maximum(np.rint(weights / unit), 1) * unit


def _sum(weights: np.ndarray) -> float:
    """Whatever the order of the samples."""
    return float(np.sort(weights).sum())
