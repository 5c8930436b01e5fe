"""How much labels seem to say about a target that knows nothing of them."""

from collections.abc import Callable

import numpy as np
from scipy.special import gammaln

_RARE = 16.0  # expected in a cell, above which its count is as good as normal
_MOST = 100  # in a cell, where fewer than `_RARE` are expected
_TABLE, _AT_ONCE = 2**20, 2**20  # factorials, and numbers, in memory


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
    one = np.zeros(len(labels), dtype=np.intp)
    return float(expected_informations(np.asarray(labels), one, np.asarray(classes)[np.newaxis])[0])


def expected_informations(labels: np.ndarray, owner: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """The same of several variables with labels, cells with the same margins being computed once.

    Parameters
    ----------
    labels : ndarray of shape (n_labels,)
        How many samples have each label of any variable.
    owner : ndarray of int of shape (n_labels,)
        The variable that each label belongs to.
    classes : ndarray of shape (n_variables, c)
        How many of the samples that have a variable have each class.

    Returns
    -------
    ndarray of shape (n_variables,)
    """
    order = np.lexsort((labels, owner))  # what labels are called does not decide in which order they add up
    labels, owner = np.maximum(np.rint(labels[order]), 1), owner[order]
    classes = np.rint(classes)
    total = np.maximum(classes.sum(axis=1), np.bincount(owner, labels, len(classes)))
    a, b, N = np.broadcast_arrays(labels[:, np.newaxis], classes[owner], total[owner, np.newaxis])
    cells = np.where(b > 0, (1 - a / N) * (1 - b / N) / (2 * N), 0)
    rare = (b > 0) & (a * b < _RARE * N)
    if rare.any():
        margins, which = np.unique(np.array([a[rare], b[rare], N[rare]]), axis=1, return_inverse=True)
        cells[rare] = _of_cells(margins, total.max())[which]
    return np.bincount(owner, cells.sum(axis=1), len(classes))


def _of_cells(margins: np.ndarray, most: float) -> np.ndarray:
    """What cells with these margins and numbers of samples, as many as `most`, add on average."""
    factorials = gammaln(np.arange(min(int(most), _TABLE) + 1) + 1.0)
    logs = (lambda x: factorials[x.astype(np.intp)]) if most <= _TABLE else (lambda x: gammaln(x + 1))
    width = max(1, _AT_ONCE // _MOST)
    blocks = [margins[:, start : start + width] for start in range(0, margins.shape[1], width)]
    return np.concatenate([_of_cell(a, b, N, logs) for a, b, N in blocks])


def _of_cell(a: np.ndarray, b: np.ndarray, N: np.ndarray, logs: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """The same of some cells; `logs` are those of factorials."""
    a, b, N = a[:, np.newaxis], b[:, np.newaxis], N[:, np.newaxis]
    k = np.arange(1, min(_MOST, int(np.minimum(a, b).max())) + 1)
    possible = (k <= np.minimum(a, b)) & (k >= a + b - N)
    n = np.where(possible, k, np.maximum(1, np.maximum(a + b - N, 0)))  # some number that is
    n = np.minimum(n, np.minimum(a, b))
    log_odds = logs(a) + logs(b) + logs(N - a) + logs(N - b) - logs(N)
    log_odds = log_odds - logs(n) - logs(a - n) - logs(b - n) - logs(N - a - b + n)
    added = n / N * np.log(N * n / (a * b)) * np.exp(log_odds)
    return np.asarray(np.where(possible, added, 0).sum(axis=1))
