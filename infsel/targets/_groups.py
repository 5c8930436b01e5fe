"""Numbers cut into groups."""

import math

import numpy as np

_GROUPS = 10
_ROUND_OFF = 1e-9  # of a group: weights and repeated samples cut alike


def quantile_groups(output: np.ndarray, weights: np.ndarray, n_groups: int | None = None) -> np.ndarray:
    """Groups of numbers of about equal weight as integers from 0, ties together; class codes are groups already.

    Parameters
    ----------
    output : ndarray of shape (n_samples,)
        Class codes, or floating-point numbers.
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    n_groups : int, default=None
        None for the root of the total weight, but at most 10.

    Returns
    -------
    ndarray of int of shape (n_samples,)
    """
    if output.dtype.kind != "f":
        return output
    total = weights.sum()
    n_groups = min(_GROUPS, max(2, math.isqrt(round(total)))) if n_groups is None else n_groups
    distinct, position = np.unique(output, return_inverse=True)
    mass = np.bincount(position, weights, minlength=len(distinct))
    # middle ranks never put all values into one group, which quantiles of a target with many ties can
    middle = np.cumsum(mass) - mass / 2
    cell = np.floor(middle * n_groups / total + _ROUND_OFF)
    return np.unique(cell[position], return_inverse=True)[1]
