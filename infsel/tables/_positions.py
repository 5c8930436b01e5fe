"""Where each value stands within its column."""

import numpy as np
import scipy.special

from infsel.tables._ranks import ranks


def positions(X: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Share of a column below each of its values, plus half the share that equals it, in (0, 1).

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    weights : ndarray of shape (n_samples,)
        How often each sample counts; more than 0.

    Returns
    -------
    U : ndarray of shape (n_features, n_samples)
        In the precision of X.
    """
    if (weights == 1).all():
        return ((ranks(X).T - 0.5) / len(X)).astype(X.dtype, copy=False)
    return np.stack([_weighted(column, weights) for column in X.T]).astype(X.dtype, copy=False)


def normal_scores(U: np.ndarray) -> np.ndarray:
    """The quantiles of the standard normal distribution at these positions."""
    return scipy.special.ndtri(U)


def _weighted(column: np.ndarray, weights: np.ndarray) -> np.ndarray:
    _, value = np.unique(column, return_inverse=True)
    shares = np.bincount(value, weights) / weights.sum()
    return (np.cumsum(shares) - shares / 2)[value]
