"""How much columns of labels explain, beyond what many labels explain by chance."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import betainc, betaincinv

_LEAST = 1e-250  # p-value of which the inverse knows digits


def means_of_labels(labels: np.ndarray, values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The mean of the values for each label 0, 1, ..., all of which occur, shape (n_labels,)."""
    return np.asarray(np.bincount(labels, weights * values) / np.bincount(labels, weights))


def explained_by_labels(labels: np.ndarray, values: np.ndarray, weights: np.ndarray) -> float:
    """Share of the variance of the values that their means by label explain (eta squared), in [0, 1]; 0 of a constant.

    References
    ----------
    Fisher (1925). Statistical Methods for Research Workers.
    """
    center = values - weights @ values / weights.sum()
    within = weights @ np.square(center - means_of_labels(labels, center, weights)[labels])
    total = weights @ np.square(center)
    return float(max(1 - within / total, 0)) if total > 0 else 0.0


def cramers_v_squared(labels: np.ndarray, codes: np.ndarray, weights: np.ndarray) -> float:
    """Chi squared over n and over the least number of labels or classes less 1, in [0, 1]; 1 exactly where one decides.

    Parameters
    ----------
    labels, codes : ndarray of int of shape (n_samples,)
        From 0 up, all of which occur.
    weights : ndarray of shape (n_samples,)

    References
    ----------
    Cramer (1946). Mathematical Methods of Statistics.
    """
    counts = contingency(labels, codes, weights)
    least = min(counts.shape) - 1
    if np.count_nonzero(counts) == max(counts.shape):
        return float(least > 0)
    return float(min(phi_squared(counts) / least, 1)) if least else 0.0


def contingency(labels: np.ndarray, codes: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """What the samples weigh that have each pair of labels 0, 1, ..."""
    shape = int(labels.max()) + 1, int(codes.max()) + 1
    return np.bincount(labels * shape[1] + codes, weights, shape[0] * shape[1]).reshape(shape)


def phi_squared(counts: np.ndarray) -> float:
    """Chi squared of a table of counts over their sum; no row and no column of it is empty."""
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    return float((np.square(counts - expected) / expected).sum() / counts.sum())


def beyond_chance(share: Any, n_samples: Any, degrees: Any, usual: float = 1, n_axes: Any = 1) -> Any:
    """The share that a column of numbers explains which explains it as rarely by chance, in [0, share].

    By chance labels explain degrees / (n_samples - 1) in the mean, with a beta distribution of the parameters n_axes
    degrees / 2 and n_axes (n_samples - 1 - degrees) / 2, and numbers with usual / 2 and (n_samples - 1 - usual) / 2.
    The share of numbers is that of the same p-value, but no more than that which leaves as much unexplained for each
    degree of freedom left: with one number that of the same adjusted R^2, epsilon squared. The second alone counts
    where p-values are too small to tell apart. So neither many labels nor few lead by chance.

    Parameters
    ----------
    share : float in [0, 1], or array of them
        The other numbers may be arrays, too.
    n_samples : float
    degrees : float
        Labels less 1, or classes less 1 if these are more.
    usual : float, default=1
        The same for numbers: classes less 1.
    n_axes : int, default=1
        Of how many directions the share is the mean: of Cramer's V^2 the least number of labels or classes less 1.

    Returns
    -------
    float, or ndarray

    References
    ----------
    Kelley (1935). An Unbiased Correlation Ratio Measure. PNAS 21.
    Pillai (1955). Some New Test Criteria in Multivariate Analysis. Annals of Mathematical Statistics 26.

    Examples
    --------
    >>> beyond_chance(0.5, 100, np.array([1, 10, 40, 99])).round(3).tolist()
    [0.5, 0.326, 0.03, 0.0]
    """
    left = np.asarray(n_samples - 1.0 - degrees)
    known = (degrees > 0) & (left > 0)
    left, degrees = np.where(known, left, 1.0), np.where(known, degrees, 1.0)
    most = 1 - (1 - share) * (n_samples - 1 - usual) / left
    p_value = betainc(n_axes * left / 2, n_axes * degrees / 2, 1 - share)
    as_rare = 1 - betaincinv((n_samples - 1 - usual) / 2, usual / 2, np.maximum(p_value, _LEAST))
    most = np.where(p_value > _LEAST, np.minimum(most, as_rare), most)
    kept = np.where(degrees == usual, share, np.maximum(most, 0.0))
    return np.where(known, kept, 0.0)[()]
