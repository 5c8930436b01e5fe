"""What a comparison allows to say about the best selector."""

from collections.abc import Mapping

import numpy as np
from scipy.stats import t

_LEVEL = 0.95


def verdict(scores: Mapping[str, np.ndarray], test_share: float) -> tuple[str, list[str]]:
    """The selector of the largest mean score, and those that are clearly behind.

    They are if the 95 percent interval of the mean difference excludes 0. Training folds overlap, so that the variance
    of a mean over folds is not that of as many independent ones: it is taken as (1/folds + test share / train share)
    times that of a fold (Nadeau and Bengio 2003, Machine Learning 52).

    Parameters
    ----------
    scores : mapping of str to ndarray of shape (n_folds,)
    test_share : float in (0, 1)
        Share of the rows in a test fold.
    """
    best = max(scores, key=lambda name: scores[name].mean())
    return best, [name for name in scores if _behind(scores[best] - scores[name], test_share)]


def _behind(difference: np.ndarray, test_share: float) -> bool:
    n = len(difference)
    variance = difference.var(ddof=1) * (1 / n + test_share / (1 - test_share))
    return bool(difference.mean() > t.ppf((1 + _LEVEL) / 2, n - 1) * np.sqrt(variance))
