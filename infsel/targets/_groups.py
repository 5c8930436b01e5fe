"""Numbers cut into groups."""

import math

import numpy as np

from infsel._kernels import write_bins_of_positions
from infsel.tables import as_table

_GROUPS = 10


def quantile_groups(output: np.ndarray, weights: np.ndarray, n_groups: int | None = None) -> np.ndarray:
    """Groups of numbers of about equal weight as integers from 0, ties together; class codes are groups already.

    No more different numbers than groups, such as grades, are a group each.

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
    n_groups = min(_GROUPS, max(2, math.isqrt(round(weights.sum())))) if n_groups is None else n_groups
    values, codes = np.unique(output, return_inverse=True)
    if len(values) <= n_groups:
        return codes
    # middle ranks never put all values into one group, which quantiles of a target with many ties can
    cells = np.empty((1, len(output)), np.intp)
    write_bins_of_positions(as_table(output[:, np.newaxis], weights).positions(), n_groups, cells)
    return np.unique(cells[0], return_inverse=True)[1]
