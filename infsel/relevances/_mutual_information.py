"""Relevance by mutual information with the target."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from scipy.special import xlogy

from infsel._runtime.ranges import Count, Flag, Or, parameter
from infsel.relevances._base import Relevance
from infsel.statistics import WIDTH, by_blocks, column_counts
from infsel.targets import output_of, quantile_groups

_CELLS = 2**22  # of all joint histograms that are in memory at once


@dataclass
class MutualInformation(Relevance):
    """Mutual information of each feature, cut into bins of equal width, with the target.

    Every value is counted in one bin, by the same rule in the feature's own histogram and in the joint one, and empty
    cells contribute nothing; compare `Muteinf`. A constant column gets 0.

    Parameters
    ----------
    bins : int >= 2 or None, default=None
        Number of bins of a feature. None takes 20 for more than 200 samples, else a tenth of the samples but at
        least 10.
    normalized : bool, default=True
        Return 2 I(x; y) / (H(x) + H(y)), in [0, 1]; otherwise I(x; y) in nats.

    Notes
    -----
    Labels are taken as they are. A continuous target (`infsel.targets.is_continuous`) is cut at quantiles into
    sqrt(n_samples) groups but at most 10, ties staying together.

    References
    ----------
    Cover, Thomas (2006). Elements of Information Theory, chapter 2.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0, 1.0, 5.0], [2.0, 2.0, 5.0], [7.0, 1.0, 5.0], [7.0, 2.0, 5.0]])
    >>> MutualInformation(bins=2)(X, ["no", "no", "yes", "yes"]).round(12).tolist()
    [1.0, 0.0, 0.0]
    """

    cancels: ClassVar[float] = 1.0

    bins: int | None = parameter(Or(None, Count(2)), None)
    normalized: bool = parameter(Flag(), True)

    def __call__(self, X: np.ndarray, y: Any = None) -> np.ndarray:
        bins = default_bins(len(X)) if self.bins is None else self.bins
        groups = quantile_groups(output_of(y), np.ones(len(X)))
        n_groups = int(groups.max()) + 1
        width = max(1, min(WIDTH, _CELLS // (int(bins) * n_groups)))
        return by_blocks(X, lambda block: self._rate(_binned(block, int(bins)), int(bins), groups, n_groups), width)

    def _rate(self, cells: np.ndarray, bins: int, groups: np.ndarray, n_groups: int) -> np.ndarray:
        joint = column_counts(cells * n_groups + groups[:, np.newaxis], bins * n_groups)
        own = _entropy(joint.reshape(bins, n_groups, -1).sum(axis=1))
        of_target = _entropy(np.bincount(groups)[:, np.newaxis])
        information = np.maximum(own + of_target - _entropy(joint), 0)
        return np.minimum(2 * information / (own + of_target), 1) if self.normalized else information


def default_bins(n_samples: int) -> int:
    """Number of bins of a feature's histogram, by the rule of the original program."""
    return 20 if n_samples > 200 else max(n_samples // 10, 10)


def _binned(X: np.ndarray, bins: int) -> np.ndarray:
    low, high = X.min(axis=0) / 2, X.max(axis=0) / 2  # halves, because high - low of the largest numbers overflows
    return np.minimum((X / 2 - low) / (high - low) * bins, bins - 1).astype(np.intp)


def _entropy(counts: np.ndarray) -> np.ndarray:
    total = counts[:, 0].sum()
    return np.log(total) - xlogy(counts, counts).sum(axis=0) / total
