"""How much repeated selections agree beyond chance."""

from typing import Any, NamedTuple

import numpy as np
from scipy.special import ndtri


class Stability(NamedTuple):
    """An estimate of stability, its variance and a confidence interval.

    Attributes
    ----------
    value : float
        At most 1; 0 is that of chance.
    variance : float
        Of the value.
    low, high : float
        Ends of the interval.
    """

    value: float
    variance: float
    low: float
    high: float


def selection_stability(selections: Any, confidence: float = 0.95) -> Stability:
    """Stability of a selection procedure from repeated selections, corrected for chance.

    1 - (mean over features of s_f^2) / (q/d (1 - q/d)), where s_f^2 is the unbiased variance of whether feature f is
    selected, q the mean number of selected features and d the number of features. It is 1 where all selections are the
    same, 0 in the mean where they are drawn at random, and Kuncheva's index where all are of one size.

    Parameters
    ----------
    selections : array-like of bool of shape (n_repeats, n_features)
        Which features each repeat selected; at least two repeats.
    confidence : float in (0, 1), default=0.95
        Level of the interval, which is asymptotic and takes the repeats for independent given the data.

    Returns
    -------
    Stability
        ``value``, ``variance`` of the estimate, ``low`` and ``high``; all NaN where no repeat or every repeat selects
        everything, because then chance explains all agreement.

    Raises
    ------
    ValueError
        If it is no such matrix, or the confidence is not in (0, 1).

    References
    ----------
    Nogueira, Sechidis, Brown (2018). On the Stability of Feature Selection Algorithms. JMLR 18(174), definition 4,
    theorem 7 and corollary 9.

    Examples
    --------
    >>> selection_stability([[1, 1, 0], [0, 1, 1], [1, 0, 1]]).value  # worse than chance
    -0.5
    """
    Z = np.asarray(selections)
    if Z.ndim != 2 or len(Z) < 2 or Z.shape[1] == 0 or not np.isin(Z, (0, 1)).all():
        raise ValueError("selections must be a matrix of zeros and ones with at least two rows, one for each repeat.")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence={confidence!r} is outside (0, 1): 0.95 is usual.")
    Z = Z.astype(float)
    M, d = Z.shape
    frequency, sizes = Z.mean(axis=0), Z.sum(axis=1) / d
    q = sizes.mean()
    chance = q * (1 - q)
    if chance == 0:
        return Stability(*[float("nan")] * 4)
    value = 1 - M / (M - 1) * (frequency * (1 - frequency)).mean() / chance
    influence = Z @ frequency / d - sizes * q + value / 2 * (2 * sizes * q - sizes - q + 1)
    variance = 4 / M**2 * np.square((influence - influence.mean()) / chance).sum()
    margin = float(ndtri((1 + confidence) / 2)) * np.sqrt(variance)
    return Stability(float(value), float(variance), float(value - margin), float(value + margin))
