"""How much columns of labels explain, beyond what many labels explain by chance."""

from __future__ import annotations

import numpy as np


def means_of_labels(labels: np.ndarray, values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The mean of the values for each label 0, 1, ..., all of which occur, shape (n_labels,)."""
    return np.asarray(np.bincount(labels, weights * values) / np.bincount(labels, weights))


def correlation_ratio(labels: np.ndarray, values: np.ndarray, weights: np.ndarray) -> float:
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
    shape = int(labels.max()) + 1, int(codes.max()) + 1
    if min(shape) == 1:
        return 0.0
    counts = np.bincount(labels * shape[1] + codes, weights, shape[0] * shape[1]).reshape(shape)
    if np.count_nonzero(counts) == max(shape):
        return 1.0
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    squares = np.square(counts - expected) / expected
    return float(min(squares.sum() / (counts.sum() * (min(shape) - 1)), 1))


def beyond_chance(share: float, n_samples: float, degrees: float, usual: float = 1) -> float:
    """The share that a column of numbers explains which explains as much beyond chance, in [0, 1].

    By chance labels explain the share degrees / (n_samples - 1) in the mean, where a column of numbers explains usual /
    (n_samples - 1). Both are alike where the shares left unexplained are, per degree of freedom left: 1 - s = (1 -
    share) (n_samples - 1 - usual) / (n_samples - 1 - degrees). With one number it is the share whose adjusted R^2,
    epsilon squared, is that of the labels.

    References
    ----------
    Kelley (1935). An Unbiased Correlation Ratio Measure. PNAS 21.
    """
    left = n_samples - 1 - degrees
    return max(0.0, 1 - (1 - share) * (n_samples - 1 - usual) / left) if degrees and left > 0 else 0.0
