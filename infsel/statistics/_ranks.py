"""Statistics of ranks."""

from typing import Any

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
    ranks = as_table(X, weights).ranks()[first]
    ranks = ranks if weights is None else counts[first, np.newaxis] * ranks
    return _order(ranks.sum(axis=0), counts[first].sum(), counts[~first].sum())


def order_of_present(rows: np.ndarray, first: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """The same of columns as rows, of shape (n_features, n_samples), by the samples that have them; NaN is a gap.

    It is 0 where one of the classes is not there.
    """
    ranks, counts = as_table(rows.T, weights).ranks().T, np.ones(len(first)) if weights is None else weights
    there = ~np.isnan(rows)
    one, other = there[:, first] @ counts[first], there[:, ~first] @ counts[~first]
    total = np.where(there[:, first], ranks[:, first], 0) @ counts[first]
    return np.where((one > 0) & (other > 0), _order(total, one, other), 0)


def _order(total: np.ndarray, one: Any, other: Any) -> np.ndarray:
    """From the sum of the ranks of the first class: by itself it would take the ranks 1, 2, ... (Mann and Whitney)."""
    wins = total - one * (one + 1) / 2
    return np.asarray(2 * wins / np.maximum(one * other, 1e-300) - 1)
