"""Relevance by mutual information as the original supervised programs computed it."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from infsel.relevances._base import Relevance
from infsel.relevances._mutual_information import default_bins
from infsel.statistics import blocks, column_counts
from infsel.targets import classes_of

_EMPTY = 1e-5


@dataclass
class Muteinf(Relevance):
    """The normalized mutual information of the original programs, kept to compare with published rankings.

    It is 2 I(x; y) / (H(x) + H(y)) from two histograms that disagree. A value on the edge of two bins counts in the
    lower bin of the feature's own histogram and in the upper bin of the joint one; an empty bin has probability 1e-5 in
    the first, and 1e-5 samples in the second. Continuous data hardly notice. Discrete data meet many edges and get
    values far above 1, or below 0, and a constant column gets the top value. `MutualInformation` is the sound one.

    Notes
    -----
    The histogram follows Octave 7, whose rule depends on the number of bins: 10 for up to 109 samples, then a tenth of
    the samples, and 20 for more than 200. Numbers too large to compute with give 0.

    References
    ----------
    Roffo (2016). Feature Selection Library (MATLAB Toolbox). arXiv:1607.01327.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[0.1, 1.0], [0.3, 1.0], [0.6, 1.0], [0.8, 1.0]])
    >>> Muteinf()(X, [0, 0, 1, 1]).round(3).tolist()
    [0.666, 33.169]
    """

    classes_only: ClassVar[bool] = True

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        classes, codes = classes_of(y)
        result = np.empty(X.shape[1])
        for where, block in blocks(X):
            with np.errstate(all="ignore"):
                result[where] = _rate(block, codes, len(classes), default_bins(len(X)))
        return np.where(np.isfinite(result), result, 0.0)


def _rate(X: np.ndarray, codes: np.ndarray, n_classes: int, bins: int) -> np.ndarray:
    own = column_counts(_lower_bins(X, bins), bins) / len(X)
    own[own == 0] = _EMPTY
    shares = np.bincount(codes) / len(X)
    cells = _upper_bins(X, bins)
    information = np.zeros(X.shape[1])
    for k in range(n_classes):
        joint = column_counts(cells[codes == k], bins).astype(np.float64)
        joint[joint == 0] = _EMPTY
        joint /= len(X)
        information += (joint * np.log(joint / (own * shares[k]))).sum(axis=0)
    return 2 * information / (-(own * np.log(own)).sum(axis=0) - (shares * np.log(shares)).sum())


def _lower_bins(X: np.ndarray, bins: int) -> np.ndarray:
    """Bins by centers; the order of the operations decides which side of an edge a value falls on."""
    low, high = X.min(axis=0), X.max(axis=0)
    odd = np.arange(1, 2 * bins, 2)[:, np.newaxis]
    centers = ((high - low) * odd + 2 * bins * low) / (2 * bins)
    edges = (centers[:-1] + centers[1:]) / 2
    if bins == 10:
        found = _count_edges(edges, X, np.less)
    else:
        step = (centers[-1] - centers[0]) / (bins - 1)
        found = np.clip(np.nan_to_num(np.ceil((X - edges[0]) / step)), 0, bins - 1).astype(np.int64)
    return np.where(low == high, (bins - 1) // 2, found)


def _upper_bins(X: np.ndarray, bins: int) -> np.ndarray:
    """Bins by edges that are added up from the smallest value."""
    low = X.min(axis=0)
    width = (X.max(axis=0) - low) / bins
    edges = np.cumsum(np.stack([low, *[width] * (bins - 1)]), axis=0)
    return _count_edges(edges[1:], X, np.less_equal)


def _count_edges(edges: np.ndarray, X: np.ndarray, below: np.ufunc) -> np.ndarray:
    found = np.zeros(X.shape, dtype=np.int64)
    for edge in edges:
        found += below(edge, X)
    return found
