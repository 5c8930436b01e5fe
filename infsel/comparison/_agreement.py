"""Agreement of two rankings: 1 where they are the same. Rank 1 is best."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy import stats

from infsel._runtime.names import unknown


def kendall(a: Any, b: Any) -> float:
    """Kendall's tau: the share of pairs in the same order less the share in opposite order.

    Parameters
    ----------
    a, b : array-like of int of shape (n_features,)
        Rank of each feature, a permutation of 1 to n_features.

    Returns
    -------
    float
        From -1 to 1; NaN for a single feature.

    Raises
    ------
    ValueError
        If either is no ranking, or they rank different numbers of features.

    Examples
    --------
    >>> round(kendall([1, 2, 3, 4], [1, 2, 4, 3]), 3)
    0.667
    """
    return float(stats.kendalltau(*_rankings(a, b)).statistic)


def spearman(a: Any, b: Any) -> float:
    """Spearman's rho: Pearson's correlation of the ranks.

    Parameters
    ----------
    a, b : array-like of int of shape (n_features,)
        Rank of each feature, a permutation of 1 to n_features.

    Returns
    -------
    float
        From -1 to 1; NaN for a single feature.

    Raises
    ------
    ValueError
        If either is no ranking, or they rank different numbers of features.
    """
    a, b = _rankings(a, b)
    n = len(a)
    return float(1 - 6 * np.square((a - b) / 1.0).sum() / (n * (n**2 - 1))) if n > 1 else float("nan")


def weighted_kendall(a: Any, b: Any) -> float:
    """Kendall's tau where exchanges near the top weigh more: the hyperbolic weights of `scipy.stats.weightedtau`.

    Parameters
    ----------
    a, b : array-like of int of shape (n_features,)
        Rank of each feature, a permutation of 1 to n_features.

    Returns
    -------
    float
        From -1 to 1; NaN for a single feature.

    Raises
    ------
    ValueError
        If either is no ranking, or they rank different numbers of features.

    References
    ----------
    Vigna (2015). A weighted correlation index for rankings with ties. WWW.
    """
    a, b = _rankings(a, b)
    return float(stats.weightedtau(-a, -b).statistic)  # SciPy takes the largest for the most important


def rank_biased_overlap(a: Any, b: Any, p: float = 0.9) -> float:
    """Rank-biased overlap, extrapolated from the depth of the rankings: RBO_ext of Webber et al., equation 23.

    The expected share of common features among the first d, by a reader who stops at depth d with chance
    (1 - p) p^(d-1), where the share at the last depth is taken to go on.

    Parameters
    ----------
    a, b : array-like of int of shape (n_features,)
        Rank of each feature, a permutation of 1 to n_features.
    p : float in (0, 1), default=0.9
        Persistence of the reader: the first 1 / (1 - p) or so ranks decide. Rankings of n features share all of them
        at depth n, so with p close to 1 every two rankings agree.

    Returns
    -------
    float
        From 0 to 1.

    References
    ----------
    Webber, Moffat, Zobel (2010). A similarity measure for indefinite rankings. ACM Trans. Inf. Syst. 28.

    Examples
    --------
    >>> round(rank_biased_overlap([1, 2, 3, 4, 5], [4, 1, 2, 3, 5]), 3)
    0.828
    """
    if not 0 < p < 1:
        raise ValueError(f"p={p!r} is outside (0, 1): 0.9 lets about the first ten ranks decide.")
    a, b = _rankings(a, b)
    depth = np.arange(1, len(a) + 1)
    common = np.cumsum(np.bincount(np.maximum(a, b), minlength=len(a) + 1)[1:])
    return float((1 - p) * (common / depth) @ p ** (depth - 1.0) + common[-1] / len(a) * p ** float(len(a)))


def top_k_overlap(a: Any, b: Any, k: int = 10) -> float:
    """Share of the k best features that two rankings have in common.

    Parameters
    ----------
    a, b : array-like of int of shape (n_features,)
        Rank of each feature, a permutation of 1 to n_features.
    k : int >= 1, default=10
        Beyond n_features all are the best.

    Returns
    -------
    float
        From 0 to 1; k / n_features in the mean over random rankings.

    Examples
    --------
    >>> top_k_overlap([1, 2, 3, 4], [2, 3, 1, 4], k=2)
    0.5
    """
    if k < 1:
        raise ValueError(f"k={k!r}: pass a number from 1 up.")
    a, b = _rankings(a, b)
    return float(np.count_nonzero(np.maximum(a, b) <= k)) / min(k, len(a))


MEASURES: dict[str, Callable[..., float]] = {
    "kendall": kendall,
    "spearman": spearman,
    "weighted-kendall": weighted_kendall,
    "rank-biased-overlap": rank_biased_overlap,
    "top-k-overlap": top_k_overlap,
}


def agreement(rankings: Sequence[Any], measure: str = "kendall", **parameters: Any) -> np.ndarray:
    """Agreement of every two of several rankings.

    Parameters
    ----------
    rankings : sequence of array-like of int of shape (n_features,)
    measure : {"kendall", "spearman", "weighted-kendall", "rank-biased-overlap", "top-k-overlap"}, default="kendall"
    **parameters
        Of the measure: ``p`` or ``k``.

    Returns
    -------
    ndarray of shape (n_rankings, n_rankings)
        Symmetric, with ones on the diagonal.

    Raises
    ------
    ValueError
        If the measure is not known or something is no ranking.

    Examples
    --------
    >>> agreement([[1, 2, 3], [1, 3, 2]], "top-k-overlap", k=2)
    array([[1. , 0.5],
           [0.5, 1. ]])
    """
    if measure not in MEASURES:
        raise unknown(f"measure={measure!r}", measure, MEASURES)
    result = np.eye(len(rankings))
    for i, a in enumerate(rankings):
        for j, b in enumerate(rankings[:i]):
            result[i, j] = result[j, i] = MEASURES[measure](a, b, **parameters)
    return result


def _rankings(a: Any, b: Any) -> tuple[np.ndarray, np.ndarray]:
    a, b = np.asarray(a), np.asarray(b)
    for ranking in (a, b):
        n = ranking.size
        if ranking.ndim != 1 or n == 0 or not np.array_equal(np.sort(ranking), np.arange(1, n + 1)):
            raise ValueError("a ranking holds each of 1 to n_features once: pass `ranking_`, not scores.")
    if len(a) != len(b):
        raise ValueError(f"the rankings are of {len(a)} and of {len(b)} features: compare rankings of the same ones.")
    return a.astype(np.intp), b.astype(np.intp)
