"""From scores to an order of the features."""

import numpy as np
from scipy.stats import rankdata

from infsel._runtime.ties import round_off, settle_within


def settle_ties(scores: np.ndarray, eps: float) -> np.ndarray:
    """What `settle` does, without the order."""
    return settle(scores, eps)[0]


def settle(scores: np.ndarray, eps: float) -> tuple[np.ndarray, np.ndarray]:
    """Give scores that differ only by round-off one value, and those within round-off of zero the value 0.

    `settle_within` 128 units in the last place of the largest score.

    Parameters
    ----------
    scores : ndarray of shape (n_features,)
    eps : float
        Relative precision of the affinity the scores came from.

    Returns
    -------
    settled : ndarray of shape (n_features,)
    order : ndarray of int of shape (n_features,)
        An order in which they fall.

    Examples
    --------
    >>> settled, order = settle(np.array([0.3, 1.0, 0.1 + 0.2, -1e-17]), np.finfo(float).eps)
    >>> settled.tolist(), order.tolist()
    ([0.30000000000000004, 1.0, 0.30000000000000004, 0.0], [1, 2, 0, 3])
    """
    return settle_within(scores, round_off(np.abs(scores).max(), eps))


def rank(
    scores: np.ndarray, inside: np.ndarray, costs: np.ndarray | None = None, order: np.ndarray | None = None
) -> np.ndarray:
    """Rank of each feature, 1 for the best; features outside the graph last, equal scores by cost, then by column.

    Parameters
    ----------
    scores : ndarray of shape (n_features,)
    inside : ndarray of bool of shape (n_features,)
        Which features are nodes of the graph.
    costs : ndarray of shape (n_features,), default=None
        What each feature costs; None where all cost the same.
    order : ndarray of int of shape (n_features,), default=None
        An order in which the scores fall, those outside last; None to sort them here.

    Returns
    -------
    ndarray of int of shape (n_features,)

    Examples
    --------
    >>> rank(np.array([0.0, 2.0, 2.0, 0.0]), np.array([False, True, True, True])).tolist()
    [4, 1, 2, 3]
    >>> rank(np.array([2.0, 2.0]), np.array([True, True]), costs=np.array([5.0, 1.0])).tolist()
    [2, 1]
    """
    descending = np.where(inside, -scores, np.inf)
    if order is None:
        order = np.argsort(descending)  # several times faster than a stable sort, which only equal scores need
    apart = descending[order[1:]] != descending[order[:-1]]
    if not apart.all():
        costs = np.zeros(len(scores)) if costs is None else costs
        order = order[np.lexsort((order, costs[order], np.r_[0, np.cumsum(apart)]))]
    ranking = np.empty(len(scores), dtype=np.intp)
    ranking[order] = np.arange(1, len(scores) + 1)
    return ranking


def mean_ranks(scores: np.ndarray) -> np.ndarray:
    """Rank of each feature, 1 for the best, where features that tie share their mean rank and NaN comes last.

    Parameters
    ----------
    scores : ndarray of shape (n_features,)

    Returns
    -------
    ndarray of shape (n_features,)

    Examples
    --------
    >>> mean_ranks(np.array([0.5, 2.0, np.nan, 0.5])).tolist()
    [2.5, 1.0, 4.0, 2.5]
    """
    return rankdata(np.where(np.isnan(scores), np.inf, -scores))
