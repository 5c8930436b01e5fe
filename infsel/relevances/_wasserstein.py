"""Relevance by how far the samples of one class would have to move to look like those of another."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any, ClassVar

import numpy as np

from infsel.relevances._mixed import ByColumn, over_pairs
from infsel.statistics import by_blocks, counts_of
from infsel.tables import as_table, differ
from infsel.targets import classes_of


@dataclass
class Wasserstein(ByColumn):
    """The largest Wasserstein distance of order 1 between the values of two classes, in standard deviations, [0, inf).

    W1 = integral |F_a(x) - F_b(x)| dx, with the distribution functions of a column in two classes: the least mean
    distance that its values in one class have to move to become those in the other. It sees shifts, scales and
    shapes, where an F statistic sees shifts only. Columns are sorted: O(n_features n_samples log n_samples). A constant
    column gets 0. Numbers with gaps are rated by the samples that have them; labels stand by the share of one class of
    two, less what chance makes of many labels.

    References
    ----------
    Vallender (1974). Calculation of the Wasserstein distance between probability distributions on the line. Theory of
    Probability and its Applications 18.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[0.0, -3.0, 1.0], [2.0, 3.0, 1.0], [4.0, 0.5, 1.0], [6.0, -0.5, 1.0]])
    >>> Wasserstein()(X, ["a", "a", "b", "b"]).round(2).tolist()
    [1.79, 1.16, 0.0]
    """

    classes_only: ClassVar[bool] = True
    weighted: ClassVar[bool] = True

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        codes = classes_of(y, sample_weight)[1]
        weights = counts_of(sample_weight, len(X))
        shares = _shares(codes, weights)
        return by_blocks(X, lambda block: _of_block(block.astype(np.float64), shares, weights))

    def of_labels(self, labels: np.ndarray, output: np.ndarray, weights: np.ndarray) -> float:
        """The largest over pairs of classes, where labels stand by the share of one of them."""
        shares = _shares(output, weights)

        def rate(x: np.ndarray, _: np.ndarray) -> float:
            return float(_of_block(x[:, np.newaxis], shares, weights)[0])

        return float(np.max(over_pairs(labels, output, weights, rate, squared=False)))


def _shares(codes: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The share of its class that each sample has, in the column of the class."""
    shares = weights[:, np.newaxis] * (codes[:, np.newaxis] == np.arange(codes.max() + 1))
    return np.asarray(shares / shares.sum(axis=0))


def _of_block(X: np.ndarray, shares: np.ndarray, weights: np.ndarray) -> np.ndarray:
    order = np.argsort(X, axis=0)
    gaps = np.diff(np.take_along_axis(X, order, axis=0), axis=0)
    below = [np.cumsum(share[order], axis=0)[:-1] for share in shares.T]
    farthest = np.zeros(X.shape[1])
    for first, second in combinations(below, 2):
        np.maximum(farthest, np.einsum("ij,ij->j", np.abs(first - second), gaps), out=farthest)
    varies = differ(X.min(axis=0), X.max(axis=0), X.dtype)
    deviation = np.asarray(as_table(X, weights).standard_deviation())
    return np.divide(farthest, deviation, out=np.zeros_like(farthest), where=varies)
