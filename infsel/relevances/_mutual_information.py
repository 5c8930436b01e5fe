"""Relevance by mutual information with the target."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from infsel._runtime.ranges import Count, Flag, Or, parameter
from infsel.relevances._base import Relevance
from infsel.statistics import Entropies, by_blocks, counts_of, entropies_of, unit_range
from infsel.tables import DenseTable, MixedTable, binned
from infsel.targets import output_of, quantile_groups


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

    Labels of a feature are bins, and so is a gap where gaps are informative; bins beyond `bins` cost what they give by
    chance. Else it is the information beyond where the gaps are, that of the samples without one times their share.

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
    weighted: ClassVar[bool] = True

    bins: int | None = parameter(Or(None, Count(2)), None)
    normalized: bool = parameter(Flag(), True)

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        weights = counts_of(sample_weight, len(X))
        bins = default_bins(weights.sum()) if self.bins is None else int(self.bins)
        groups = quantile_groups(output_of(y, weights), weights)
        return by_blocks(X, lambda block: self._rate(Entropies(_binned(block, bins), bins, groups, weights)))

    def of_mixed(self, X: MixedTable, y: Any = None) -> np.ndarray:
        """Labels and informative gaps are bins; those beyond `bins` cost what they give by chance (`Entropies`)."""
        weights = X.counts
        bins = default_bins(weights.sum()) if self.bins is None else int(self.bins)
        groups = quantile_groups(output_of(y, weights), weights)

        def cut(numbers: DenseTable) -> np.ndarray:
            return _binned(numbers.array, bins)

        rated = self._rate(entropies_of(binned(X, bins, cut), bins, groups, weights, X.unknown()))
        return np.where(X.varying(), rated, 0)

    def _rate(self, entropies: Entropies) -> np.ndarray:
        information = entropies.relevance
        if not self.normalized:
            return information
        return np.minimum(2 * information / (entropies.of_features + entropies.of_target), 1)


def default_bins(n_samples: float) -> int:
    """Number of bins of a feature's histogram, by the rule of the original program."""
    return 20 if n_samples > 200 else max(int(n_samples // 10), 10)


def _binned(X: np.ndarray, bins: int) -> np.ndarray:
    """Bins of equal width, shape (n_features, n_samples)."""
    codes = np.minimum(unit_range(X) * bins, bins - 1).astype(np.uint8 if bins <= 256 else np.intp)
    return np.ascontiguousarray(codes.T)
