"""How much labels seem to say about a target that knows nothing of them."""

from typing import Any

import numpy as np
from scipy.special import gammaln

_RARE = 16.0  # expected in a cell, above which its count is as good as normal
_MOST = 100  # in a cell, where fewer than `_RARE` are expected


def expected_information(labels: np.ndarray, classes: np.ndarray) -> float:
    """Mean of the mutual information, in nats, of two variables over all orders of the samples of one of them.

    I is a sum over cells of k / N log(N k / (a b)), with k hypergeometric: N samples of which b have the class, of
    which a have the label. Of labels that few samples have it is far from (r - 1) (c - 1) / (2 N): where each sample
    has its own it is the entropy of the classes.

    Parameters
    ----------
    labels, classes : ndarray of shape (r,) and (c,)
        How many samples have each; numbers that are not whole are rounded.

    References
    ----------
    Vinh, Epps, Bailey (2009). Information theoretic measures for clusterings comparison: is a correction for chance
    necessary? ICML.

    Examples
    --------
    >>> round(float(expected_information(np.ones(4), np.array([2.0, 2.0]))), 3)  # a label a sample: all of log 2
    0.693
    """
    labels, times = np.unique(np.maximum(np.rint(labels), 1), return_counts=True)
    classes = np.rint(classes)
    a, b = labels[:, np.newaxis], classes[np.newaxis, classes > 0]
    N = max(float(classes.sum()), float(labels @ times))
    cells = (1 - a / N) * (1 - b / N) / (2 * N)
    row, column = np.nonzero(a * b < _RARE * N)
    if len(row):
        cells[row, column] = _of_cell(a[row, 0], b[0, column], N)
    return float(times @ cells.sum(axis=1))


def _of_cell(a: np.ndarray, b: np.ndarray, N: float) -> np.ndarray:
    """What cells with these margins add on average."""
    k, a, b = np.arange(1, _MOST + 1), a[:, np.newaxis], b[:, np.newaxis]
    possible = (k <= np.minimum(a, b)) & (k >= a + b - N)
    n = np.where(possible, k, np.maximum(1, np.maximum(a + b - N, 0)))  # some number that is
    n = np.minimum(n, np.minimum(a, b))
    log_odds = sum(sign * gammaln(x + 1) for sign, x in _choices(n, a, b, N))
    added = n / N * np.log(N * n / (a * b)) * np.exp(log_odds)
    return np.asarray(np.where(possible, added, 0).sum(axis=1))


def _choices(n: np.ndarray, a: np.ndarray, b: np.ndarray, N: float) -> list[tuple[int, Any]]:
    """The factorials of the hypergeometric probability of n, each with its power."""
    above, below = (a, b, N - a, N - b), (np.float64(N), n, a - n, b - n, N - a - b + n)
    return [(1, x) for x in above] + [(-1, x) for x in below]
