"""Relevance by Fisher's criterion."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from infsel.relevances._mixed import ByColumn, over_pairs, recoded
from infsel.statistics import (
    by_blocks,
    class_moments,
    class_sums_of_present,
    classes_of_moments,
    counts_of,
    mean_over_known_pairs,
    mean_over_pairs,
)
from infsel.tables import MixedTable, Moments, differ
from infsel.targets import classes_of

_NO_VARIANCE = 10_000.0


@dataclass
class Fisher(ByColumn):
    """(mean difference)^2 / (sum of variances) of two classes, averaged over all pairs of classes: in [0, inf).

    Variances have ddof 1 and are 0 in a class of one sample. As in the original program a feature that is constant
    within both classes has its squared difference divided by 10000, so that perfect separation rates low; `AnovaF` and
    `AUC` rate it high. Numbers with gaps are rated by the samples that have them; labels stand by the share of one
    class of two, less what chance makes of many labels.

    References
    ----------
    Duda, Hart, Stork (2001). Pattern Classification, 3.8.2.
    Roffo, Melzi, Castellani, Vinciarelli, Cristani (2020). Infinite Feature Selection: A Graph-based Feature Filtering
    Approach. IEEE TPAMI.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[0.0, 3.0, 1.0], [2.0, 1.0, 1.0], [4.0, 2.0, 1.0], [6.0, 2.0, 1.0]])
    >>> Fisher()(X, ["a", "a", "b", "b"]).tolist()
    [4.0, 0.0, 0.0]
    """

    reads: ClassVar[frozenset[str]] = frozenset({"classes"})
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

        return float(np.mean(over_pairs(labels, output, weights, rate, squared=True)))

    def _of_numbers(self, X: MixedTable, output: np.ndarray) -> np.ndarray:
        """All columns at once, each by the classes that it is there for."""
        low, high = X.extremes()
        exponents = np.clip(np.frexp(np.maximum(np.abs(low), np.abs(high)))[1], -1022, None)
        sums, counts = class_sums_of_present(X.numbers, output, X.counts, exponents)
        rated = _criterion(*sums.moments(counts), exponents, counts > 0)
        return np.where(differ(low, high, X.dtype), rated, 0)

    def of_moments(self, X: Moments) -> np.ndarray:
        """The same from the moments within classes."""
        counts, means, squares = classes_of_moments(X)
        variances = squares / np.maximum(counts - 1, 1)[:, np.newaxis]
        return _criterion(means, variances, X.exponents)


def _of_block(X: np.ndarray, codes: np.ndarray, n_classes: int, weights: np.ndarray | None) -> np.ndarray:
    # a power of two as the unit changes no digit and keeps the squares of huge and tiny numbers representable
    exponents = np.frexp(np.abs(X).max(axis=0))[1]
    return _criterion(*class_moments(np.ldexp(X, -exponents), codes, n_classes, weights), exponents)


def _criterion(
    means: np.ndarray, variances: np.ndarray, exponents: np.ndarray, there: np.ndarray | None = None
) -> np.ndarray:
    """The mean over pairs of classes, of those that are there where not all columns have all."""

    def apart(first: int, second: int) -> np.ndarray:
        gap = np.square(means[first] - means[second])
        spread = variances[first] + variances[second]
        with np.errstate(over="ignore", under="ignore"):
            separated = np.minimum(np.ldexp(gap, 2 * exponents), np.finfo(np.float64).max) / _NO_VARIANCE
        return np.divide(gap, spread, out=separated, where=spread > 0)

    return mean_over_pairs(apart, len(means)) if there is None else mean_over_known_pairs(apart, there)
