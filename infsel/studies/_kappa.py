"""How well grades are predicted."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.metrics import cohen_kappa_score, make_scorer

KAPPA = "quadratic_weighted_kappa"


def quadratic_weighted_kappa(y_true: np.ndarray, y_pred: np.ndarray, sample_weight: np.ndarray | None = None) -> float:
    """Cohen's kappa of grades 0, 1, ..., where an error counts by the square of how many grades it is off.

    1 - sum_ij (i - j)^2 O_ij / sum_ij (i - j)^2 E_ij, with O the shares of samples of grade i that are predicted as
    j and E those that chance would make of the same grades and predictions: 1 if all are right, 0 by chance.

    Parameters
    ----------
    y_true, y_pred : ndarray of int of shape (n_samples,)
    sample_weight : ndarray of shape (n_samples,), default=None
        How often each sample counts.

    References
    ----------
    Cohen (1968). Weighted kappa: nominal scale agreement with provision for scaled disagreement or partial credit.
    Psychological Bulletin 70.

    Examples
    --------
    >>> grades = np.array([0, 1, 2, 2])
    >>> near, far = np.array([0, 1, 1, 2]), np.array([0, 1, 0, 2])
    >>> [round(quadratic_weighted_kappa(grades, found), 2) for found in (grades, near, far)]
    [1.0, 0.8, 0.38]
    """
    # all grades, those that do not occur included: scikit-learn counts how many labels lie between two
    places = np.arange(max(np.max(y_true), np.max(y_pred)) + 1)
    return float(cohen_kappa_score(y_true, y_pred, labels=places, weights="quadratic", sample_weight=sample_weight))


def scoring_of(metric: str) -> Any:
    """What scikit-learn takes for the name of a metric."""
    return make_scorer(quadratic_weighted_kappa) if metric == KAPPA else metric
