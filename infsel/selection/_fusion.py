"""One ranking out of several."""

import numpy as np

FUSIONS = ("log-position", "borda", "reciprocal-rank")


def fuse(ranks: np.ndarray, weights: np.ndarray, method: str, smoothing: float = 60.0) -> np.ndarray:
    """Scores of features, the larger the better, from the ranks that several rankings give them.

    With r_mf the rank of feature f in ranking m, which weighs w_m, "log-position" scores
    sum_m w_m log(n_features / r_mf), "borda" sum_m w_m (n_features - r_mf) and "reciprocal-rank"
    sum_m w_m / (smoothing + r_mf), each over the sum of the weights.

    Parameters
    ----------
    ranks : ndarray of shape (n_rankings, n_features)
        1 for the best; features that tie may share their mean rank.
    weights : ndarray of shape (n_rankings,)
    method : {"log-position", "borda", "reciprocal-rank"}
    smoothing : float, default=60
        How little the first few ranks differ, for "reciprocal-rank" only.

    Returns
    -------
    ndarray of shape (n_features,)

    Examples
    --------
    >>> fuse(np.array([[1, 2, 3], [2, 1, 3]]), np.ones(2), "borda").tolist()
    [1.5, 1.5, 0.0]
    """
    if method == "log-position":
        points = np.log(ranks.shape[1] / ranks)
    elif method == "borda":
        points = ranks.shape[1] - ranks
    else:
        points = 1 / (smoothing + ranks)
    return np.asarray(weights @ points / weights.sum())
