"""Relevance by how well a threshold on the feature ranks the classes."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from infsel.relevances._mixed import ByColumn, over_pairs, recoded
from infsel.statistics import (
    by_blocks,
    counts_of,
    mean_over_known_pairs,
    mean_over_pairs,
    order_between,
    order_of_present,
)
from infsel.tables import MixedTable, differ
from infsel.targets import classes_of


@dataclass
class AUC(ByColumn):
    """|2 AUC - 1|, averaged over all pairs of classes: 0 for no order between the classes, 1 for a perfect one.

    AUC is the area under the receiver operating characteristic, the probability that a sample of one class exceeds one
    of the other, ties counting half; it depends on the order of the values alone. Numbers with gaps are rated by the
    samples that have them; labels stand by the share of one class of two, less what chance makes of many labels.

    References
    ----------
    Hand, Till (2001). A Simple Generalisation of the Area Under the ROC Curve for Multiple Class Classification
    Problems. Machine Learning 45.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0, 8.0, 1.0], [2.0, 7.0, 3.0], [3.0, 2.0, 1.0], [9.0, 1.0, 3.0]])
    >>> AUC()(X, ["a", "a", "b", "b"]).tolist()
    [1.0, 1.0, 0.0]
    """

    cancels: ClassVar[float] = 1.0
    classes_only: ClassVar[bool] = True
    weighted: ClassVar[bool] = True

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        classes, codes = classes_of(y, sample_weight)
        weights = None if sample_weight is None else counts_of(sample_weight, len(X))
        return by_blocks(X, lambda block: _of_block(block, codes, len(classes), weights))

    def of_labels(self, labels: np.ndarray, output: np.ndarray, weights: np.ndarray) -> float:
        """The mean over pairs of classes, where labels stand by the share of one of them."""

        def rate(x: np.ndarray, members: np.ndarray) -> float:
            w = weights[members]
            return float(_of_block(x[members, np.newaxis], recoded(output[members]), 2, w)[0])

        return float(np.mean(over_pairs(labels, output, weights, rate, squared=False)))

    def _of_numbers(self, X: MixedTable, output: np.ndarray) -> np.ndarray:
        """All columns at once, each by the pairs of classes that it is there for."""
        there = X.counts * np.equal.outer(np.arange(output.max() + 1), output)
        known = there.sum(axis=1)[:, np.newaxis] > X.sums_in_gaps(there).T

        def apart(first: int, second: int) -> np.ndarray:
            members = np.flatnonzero((output == first) | (output == second))
            counts = None if X.weights is None else X.weights[members]
            return np.abs(order_of_present(X.numbers.T[:, members], output[members] == first, counts))

        return np.where(differ(*X.extremes(), X.dtype), mean_over_known_pairs(apart, known), 0)

    def of_gaps(self, X: MixedTable, output: np.ndarray) -> np.ndarray:
        """The same of where the gaps are, from how many of them each class has."""
        members = X.counts * np.equal.outer(np.arange(output.max() + 1), output)
        total, gone = members.sum(axis=1), X.sums_in_gaps(members).T

        def apart(first: int, second: int) -> np.ndarray:
            a, b, n, m = gone[first], gone[second], total[first], total[second]
            return np.abs(2 * (a * (m - b) + (a * b + (n - a) * (m - b)) / 2) / (n * m) - 1)

        return mean_over_pairs(apart, len(total))


def _of_block(X: np.ndarray, codes: np.ndarray, n_classes: int, weights: np.ndarray | None) -> np.ndarray:
    def apart(first: int, second: int) -> np.ndarray:
        members = np.flatnonzero((codes == first) | (codes == second))
        counts = None if weights is None else weights[members]
        return np.abs(order_between(X[members], codes[members] == first, counts))

    return mean_over_pairs(apart, n_classes)
