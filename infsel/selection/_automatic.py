"""How many features the scores themselves set apart."""

import numpy as np


def n_automatic(scores: np.ndarray) -> int:
    """How many scores lie above their mean: the rule behind ``n_features_to_select="auto"``.

    It knows neither labels nor the scale of the scores: a (s + b) with a > 0 gives the same number. docs/how_many.md
    has the rules that it was chosen from, on 23 tables.

    Parameters
    ----------
    scores : ndarray of shape (n_features,)
        At least one.

    Returns
    -------
    int
        From 1 to n_features; all where all scores are equal.

    Examples
    --------
    >>> n_automatic(np.array([9.0, 8.0, 1.0, 2.0, 0.0]))
    2
    >>> n_automatic(np.array([0.3, 0.3]))
    2
    """
    highest = scores.max()
    drop = highest - scores  # exact zeros for what ties with the best, whatever the scale
    return int((drop < drop.mean()).sum()) or len(scores)
