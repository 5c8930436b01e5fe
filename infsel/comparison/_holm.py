"""Several tests at once."""

from typing import Any

import numpy as np


def holm(p_values: Any) -> np.ndarray:
    """P values adjusted for their number: to reject those up to 0.05 errs anywhere with a chance of at most 0.05.

    The smallest of n is multiplied by n, the next by n - 1, and so on; none becomes smaller than the one before, and
    none larger than 1. It holds however the tests depend on each other.

    Parameters
    ----------
    p_values : array-like of shape (n_tests,)

    Returns
    -------
    ndarray of shape (n_tests,)

    Raises
    ------
    ValueError
        If something is no p value.

    References
    ----------
    Holm (1979). A Simple Sequentially Rejective Multiple Test Procedure. Scandinavian Journal of Statistics 6.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03, 0.005]).tolist()
    [0.03, 0.06, 0.06, 0.02]
    """
    p = np.asarray(p_values, dtype=np.float64)
    if p.ndim != 1 or not ((p >= 0) & (p <= 1)).all():
        raise ValueError("p_values must be numbers from 0 to 1, in one dimension.")
    order, n = np.argsort(p, kind="stable"), len(p)
    adjusted = np.empty(n)
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(n, 0, -1)), 1)
    return adjusted
