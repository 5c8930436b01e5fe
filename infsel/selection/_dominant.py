"""A dominant set: features that all relate to each other more than to any other."""

from typing import Any

import numpy as np

_LEAST = 1e-3  # share of the largest from which on a feature belongs


def dominant_set(affinity: Any, start: np.ndarray, n_steps: int = 2000, tol: float = 1e-10) -> np.ndarray:
    """The features on which replicator dynamics end: winners take all.

    m <- m o (K m) / (m^T K m) from shares m that sum to 1. For a symmetric K >= 0 the mean affinity m^T K m grows with
    every step, and for a binary K without self-loops its maxima are 1 - 1 / k at the largest cliques, of k features
    (Motzkin and Straus). So the affinity itself says how many features stay.

    Parameters
    ----------
    affinity : object that multiplies vectors with @
        K, symmetric and without negative entries, shape (n_features, n_features).
    start : ndarray of shape (n_features,)
        Shares to begin with, up to a factor: a feature without a share never gets one. Negative numbers count as 0.
    n_steps : int, default=2000
    tol : float, default=1e-10
        The dynamics end where a step adds less to m^T K m, relative to it.

    Returns
    -------
    m : ndarray of shape (n_features,)
        Shares; 0 for features outside the set. All 0 where no features with a share relate.

    References
    ----------
    Motzkin, Straus (1965). Maxima for graphs and a new proof of a theorem of Turan. Canadian Journal of Mathematics 17.
    Pavan, Pelillo (2007). Dominant sets and pairwise clustering. IEEE Transactions on Pattern Analysis 29.

    Examples
    --------
    >>> K = np.array([[0, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 1], [0, 0, 1, 0]])
    >>> dominant_set(K, np.ones(4)).round(3).tolist()
    [0.333, 0.333, 0.333, 0.0]
    """
    m = np.maximum(start, 0).astype(np.float64)
    if not m.any():
        return m
    m /= m.sum()
    before = 0.0
    for _ in range(n_steps):
        flow = m * (affinity @ m)
        mean = float(flow.sum())
        if mean <= 0:
            return np.zeros_like(m)
        m = flow / mean
        if mean - before <= tol * mean:
            break
        before = mean
    return np.where(m > _LEAST * m.max(), m, 0)
