"""Relevance by the analysis of variance."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel._columns import unit_columns
from infsel.relevances._base import Relevance
from infsel.relevances._blocks import by_blocks
from infsel.relevances._labels import classes_of


@dataclass
class AnovaF(Relevance):
    """F statistic of the one-way analysis of variance: variance between over variance within the classes, [0, inf).

    A constant column gets 0. The part of a column's variance that lies within the classes counts as at least 2^-52,
    the resolution of double precision: a feature that separates the classes perfectly rates
    2^52 (n_samples - n_classes) / (n_classes - 1), more than any other, and not infinity.

    References
    ----------
    Fisher (1925). Statistical Methods for Research Workers.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[0.0, 3.0, 1.0], [2.0, 1.0, 1.0], [4.0, 2.0, 1.0], [6.0, 2.0, 1.0]])
    >>> AnovaF()(X, ["a", "a", "b", "b"]).round(12).tolist()
    [8.0, 0.0, 0.0]
    """

    def __call__(self, X: np.ndarray, y: Any = None) -> np.ndarray:
        classes, codes = classes_of(y)
        return by_blocks(X, lambda block: _f_statistic(block, codes, len(classes)))


def _f_statistic(X: np.ndarray, codes: np.ndarray, n_classes: int) -> np.ndarray:
    Z = unit_columns(X)  # the sum of squares of each feature is 1
    between, within = np.zeros((2, len(Z)))
    for k in range(n_classes):
        members = Z[:, codes == k]
        mean = members.mean(axis=1)
        between += members.shape[1] * np.square(mean)
        within += np.square(members - mean[:, np.newaxis]).sum(axis=1)
    degrees = max(Z.shape[1] - n_classes, 1)  # classes of one sample each leave none, and no variance within
    return between / (n_classes - 1) / (np.maximum(within, np.finfo(np.float64).eps) / degrees)
