"""Statistics of ranks."""

import numpy as np

from infsel.tables import as_table


def order_between(X: np.ndarray, first: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """2 AUC - 1 of two classes for each column: how much more often a sample of the first has the larger value.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    first : ndarray of bool of shape (n_samples,)
        Which samples belong to the first class.
    weights : ndarray of shape (n_samples,), default=None
        How often each sample counts.
    """
    counts = np.ones(len(X)) if weights is None else weights
    one, other = counts[first].sum(), counts[~first].sum()
    ranks = as_table(X, weights).ranks()[first]
    # the rank sum of Mann and Whitney: the samples of the first class take the ranks 1, 2, ... among themselves
    wins = (ranks if weights is None else counts[first, np.newaxis] * ranks).sum(axis=0) - one * (one + 1) / 2
    return 2 * wins / (one * other) - 1
