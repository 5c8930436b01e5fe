"""How often each sample counts."""

from typing import Any

import numpy as np

from infsel.estimators.base._sklearn import check_sample_weight

FEWEST = 5


def counting(X: Any, y: Any, sample_weight: Any) -> tuple[Any, Any, np.ndarray]:
    """The samples whose weight is positive, and how often they count: on average at least once.

    Raises
    ------
    ValueError
        If a weight is negative or no number, or fewer than 5 are positive.
    """
    if sample_weight is None:
        return X, y, np.ones(X.shape[0])
    weights = check_sample_weight(sample_weight, X, dtype=np.float64)
    if (weights < 0).any():
        raise ValueError(f"sample_weight[{int((weights < 0).argmax())}] is negative: weights count samples.")
    counts = weights > 0
    if counts.sum() < FEWEST:
        raise ValueError(f"sample_weight is positive for {counts.sum()} samples: at least {FEWEST} must count.")
    weights = weights[counts]
    if _sum(weights) < len(weights):  # shares of a whole do not say that there is only one sample
        weights /= weights.max()  # equal ones become 1 exactly
        weights *= len(weights) / _sum(weights)
    weights = _multiples(weights)
    return X if counts.all() else X[counts], None if y is None else y[counts], weights


def _multiples(weights: np.ndarray) -> np.ndarray:
    """The weights to 2^-52 of their sum: they add up without round-off in any order of the samples."""
    unit = np.ldexp(1.0, np.frexp(_sum(weights))[1] - 52)
    return np.maximum(np.rint(weights / unit), 1) * unit


def _sum(weights: np.ndarray) -> float:
    """Whatever the order of the samples."""
    return float(np.sort(weights).sum())
