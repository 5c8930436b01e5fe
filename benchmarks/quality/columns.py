"""What several methods do to the columns of a training fold before they rank them, independently of infsel."""

import numpy as np
from scipy.stats import norm, rankdata


def best_first(scores):
    """Column numbers by descending score; of equal scores the lower number, NaN last."""
    return np.argsort(-np.nan_to_num(np.asarray(scores, dtype=float), nan=-np.inf), kind="stable")


def standardized(X):
    """Mean 0 and variance 1."""
    return (X - X.mean(axis=0)) / X.std(axis=0)


def min_max(X):
    """From 0 to 1."""
    return (X - X.min(axis=0)) / np.ptp(X, axis=0)


def is_regression(y):
    """Targets are floats, class labels integers."""
    return y.dtype.kind == "f"


def binned(X, n_bins=5):
    """Integer codes of (nearly) equally frequent intervals, column by column."""
    quantiles = np.quantile(X, np.arange(1, n_bins) / n_bins, axis=0)
    return (X[None] > quantiles[:, None]).sum(axis=0)


def classes(y):
    """The target as integers: labels as they are, numbers in five bins."""
    return binned(y[:, None])[:, 0] if is_regression(y) else y


def normal_scores(X):
    """Normal quantiles of the mid-ranks, equal values alike."""
    return norm.ppf((rankdata(X, axis=0) - 0.5) / len(X))
