"""A least score."""

from collections.abc import Callable
from numbers import Real
from typing import Any

import numpy as np

_STATISTICS: dict[str, Callable[..., Any]] = {"mean": np.mean, "median": np.median}
_REMEDY = "pass a number, 'mean', 'median', or a multiple such as '1.25*mean'."


def threshold_value(threshold: float | str, scores: np.ndarray) -> float:
    """The number that a threshold stands for.

    Parameters
    ----------
    threshold : float or str
        A number, "mean", "median", or a multiple of them such as "1.25*mean", as in scikit-learn's `SelectFromModel`.
    scores : ndarray of shape (n_features,)
        The scores to take the mean or median of.

    Returns
    -------
    float

    Raises
    ------
    TypeError
        If it is neither a number nor a string.
    ValueError
        If it is NaN or cannot be read.

    Examples
    --------
    >>> threshold_value("1.5*mean", np.array([1.0, 3.0]))
    3.0
    """
    if isinstance(threshold, str):
        return _multiple(threshold, scores)
    if isinstance(threshold, bool) or not isinstance(threshold, Real):
        raise TypeError(f"threshold={threshold!r}: {_REMEDY}")
    if np.isnan(threshold):
        raise ValueError(f"threshold={threshold!r}: {_REMEDY}")
    return float(threshold)


def _multiple(threshold: str, scores: np.ndarray) -> float:
    factor, star, name = threshold.rpartition("*")
    statistic = _STATISTICS.get(name.strip())
    try:
        scale = float(factor) if star else 1.0
    except ValueError:
        scale = np.nan
    if statistic is None or not np.isfinite(scale):
        raise ValueError(f"threshold={threshold!r} cannot be read: {_REMEDY}")
    return scale * float(statistic(scores))
