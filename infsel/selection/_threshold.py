"""A least score."""

import re
from numbers import Real

import numpy as np

_MULTIPLE = re.compile(r"\s*(?:(-?\d+\.?\d*(?:[eE][+-]?\d+)?)\s*\*\s*)?(mean|median)\s*")
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
        multiple = _MULTIPLE.fullmatch(threshold)
        if multiple is None:
            raise ValueError(f"threshold={threshold!r} cannot be read: {_REMEDY}")
        statistic = np.mean(scores) if multiple[2] == "mean" else np.median(scores)
        return float(multiple[1] or 1) * float(statistic)
    if isinstance(threshold, bool) or not isinstance(threshold, Real):
        raise TypeError(f"threshold={threshold!r}: {_REMEDY}")
    if np.isnan(threshold):
        raise ValueError(f"threshold={threshold!r}: {_REMEDY}")
    return float(threshold)
