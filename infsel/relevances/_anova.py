"""Relevance by the analysis of variance."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from infsel._columns import Moments, unit_columns, varying
from infsel.relevances._base import Relevance
from infsel.relevances._blocks import by_blocks
from infsel.relevances._labels import classes_of
from infsel.relevances._moments import classes_of_moments


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

    reads: ClassVar[frozenset[str]] = frozenset({"classes"})

    def __call__(self, X: np.ndarray, y: Any = None) -> np.ndarray:
        classes, codes = classes_of(y)
        return by_blocks(X, lambda block: _of_block(block, codes, len(classes)))

    def of_moments(self, X: Moments) -> np.ndarray:
        """The same from the moments within classes."""
        counts, means, squares = classes_of_moments(X)
        shares = X.total.squares()[X.columns]
        shares[~varying(X)] = np.inf
        shifts = np.square(means - X.total.mean[X.columns])
        return _f_statistic(counts @ shifts / shares, squares.sum(axis=0) / shares, len(X), len(counts))


def _of_block(X: np.ndarray, codes: np.ndarray, n_classes: int) -> np.ndarray:
    Z = unit_columns(X)  # the sum of squares of each feature is 1
    between, within = np.zeros((2, len(Z)))
    for k in range(n_classes):
        members = Z[:, codes == k]
        mean = members.mean(axis=1)
        between += members.shape[1] * np.square(mean)
        within += np.square(members - mean[:, np.newaxis]).sum(axis=1)
    return _f_statistic(between, within, Z.shape[1], n_classes)


def _f_statistic(between: np.ndarray, within: np.ndarray, n_samples: int, n_classes: int) -> np.ndarray:
    degrees = max(n_samples - n_classes, 1)  # classes of one sample each leave none, and no variance within
    return between / (n_classes - 1) / (np.maximum(within, np.finfo(np.float64).eps) / degrees)
