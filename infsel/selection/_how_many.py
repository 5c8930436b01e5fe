"""How many features stay: as many as a user asks for, or as the scores themselves set apart."""

from numbers import Integral, Real

import numpy as np


def n_selected(n_features_to_select: float | str | None, n_features: int, counted: str = "features") -> int:
    """The most features to select out of `n_features`.

    Parameters
    ----------
    n_features_to_select : int, float, "auto", "dominant" or None
        A number from 1 to n_features, a fraction in (0, 1] rounded down (at least one feature), or None for half.
        "auto" sets no limit of its own: the scores will (`n_automatic`), and for "dominant" the graph (`dominant_set`).
    n_features : int
    counted : str, default="features"
        What there are so many of, for the message of the error.

    Returns
    -------
    int

    Raises
    ------
    TypeError
        If it is neither a number nor "auto".
    ValueError
        If it is out of range.

    Examples
    --------
    >>> n_selected(None, 7), n_selected(0.5, 7), n_selected(2, 7), n_selected("auto", 7)
    (3, 3, 2, 7)
    """
    k = 0.5 if n_features_to_select is None else n_features_to_select
    if type(k) is int and 1 <= k <= n_features:
        return k  # at once: searches ask for thousands
    if isinstance(k, str) and k in ("auto", "dominant"):
        return n_features
    if isinstance(k, bool) or not isinstance(k, Real):
        raise TypeError(f"n_features_to_select={k!r}: pass an int, a fraction in (0, 1], 'auto', or None for half.")
    if isinstance(k, Integral):
        if not 1 <= k <= n_features:
            raise ValueError(f"n_features_to_select={k}: X has {n_features} {counted}, pass a number from 1 to that.")
        return int(k)
    if not 0 < k <= 1:
        raise ValueError(f"n_features_to_select={k}: a fraction must be in (0, 1]; pass an int for a count.")
    return max(1, int(k * n_features + 1e-9))  # 0.29 * 100 is 28.999999999999996


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
