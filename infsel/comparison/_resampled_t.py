"""Differences measured on the overlapping splits of one table."""

from typing import Any, NamedTuple

import numpy as np
from scipy.stats import t


class Difference(NamedTuple):
    """A mean difference, its confidence interval, and the p value of no difference, two-sided.

    Attributes
    ----------
    mean : float
        The mean of the differences.
    low, high : float
        Ends of the interval.
    p_value : float
        In [0, 1].
    """

    mean: float
    low: float
    high: float
    p_value: float


def corrected_resampled_t(differences: Any, test_share: float, confidence: float = 0.95) -> Difference:
    """Interval of a mean difference over the splits of one table, by the corrected resampled t test.

    Training sets overlap, so that the variance of a mean of n differences is not v / n: it is taken as
    v (1 / n + n_test / n_train), with Student's t of n - 1 degrees of freedom.

    Parameters
    ----------
    differences : array-like of shape (n_splits,)
        Of two scores in each split; at least two splits.
    test_share : float in [0, 1)
        Share of the rows in the test set of a split, 1 / n_folds in cross-validation. With 0, for differences that are
        independent, as over tables, it is the ordinary t test.
    confidence : float in (0, 1), default=0.95
        Level of the interval.

    Returns
    -------
    Difference
        ``mean``, ``low``, ``high`` and ``p_value``; where all differences are the same the interval is a point.

    Raises
    ------
    ValueError
        If there are fewer than two differences, one is not finite, or a number is out of its range.

    References
    ----------
    Nadeau, Bengio (2003). Inference for the Generalization Error. Machine Learning 52.

    Examples
    --------
    >>> found = corrected_resampled_t([0.01, 0.03, 0.02, 0.04, 0.00], test_share=0.2)
    >>> round(found.low, 4), round(found.high, 4)
    (-0.0094, 0.0494)
    """
    d = np.asarray(differences, dtype=np.float64)
    if d.ndim != 1 or len(d) < 2 or not np.isfinite(d).all():
        raise ValueError("differences must be finite numbers of at least two splits, in one dimension.")
    if not 0 <= test_share < 1:
        raise ValueError(f"test_share={test_share!r} is outside [0, 1): pass 1 / n_folds for cross-validation.")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence={confidence!r} is outside (0, 1): 0.95 is usual.")
    n, mean = len(d), float(d.mean())
    error = float(d.std(ddof=1)) * np.sqrt(1 / n + test_share / (1 - test_share))
    margin = float(t.ppf((1 + confidence) / 2, n - 1)) * error
    p_value = 2 * float(t.sf(abs(mean) / error, n - 1)) if error > 0 else float(mean == 0)
    return Difference(mean, float(mean - margin), float(mean + margin), p_value)
