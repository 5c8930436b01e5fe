"""Relevance by how well the feature orders times, of which some are censored."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from infsel._runtime.ranges import Flag, parameter
from infsel.relevances._mixed import ByColumn
from infsel.statistics import (
    beyond_chance,
    by_blocks,
    counts_of,
    explained_by_labels,
    means_of_labels,
    order_of_members,
    order_of_times,
)
from infsel.tables import MixedTable
from infsel.targets import martingale_residuals, times_of


@dataclass
class Concordance(ByColumn):
    """|2 C - 1| with Harrell's concordance C of each feature with times of which some are censored: in [0, 1].

    C is the share of the pairs of samples, among those of which it is known who outlived whom, in which the larger
    value outlives; equal values count half. It depends on the order of the values and of the times alone. Of numbers
    and grades, which nothing censors, it is the probability of the same order, of two numbers the area that `AUC` has.
    A constant column gets 0. Numbers with gaps are rated by the samples that have them; labels stand where their mean
    martingale residual puts them, less what chance makes of that, and have no sign.

    Parameters
    ----------
    signed : bool, default=False
        Whether to return 2 C - 1 in [-1, 1], which is negative where larger values fail earlier.

    References
    ----------
    Harrell, Califf, Pryor, Lee, Rosati (1982). Evaluating the yield of medical tests. JAMA 247.
    Harrell, Lee, Mark (1996). Multivariable prognostic models: issues in developing models, evaluating assumptions and
    adequacy, and measuring and reducing errors. Statistics in Medicine 15.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0, 8.0], [2.0, 2.0], [3.0, 4.0], [4.0, 3.0]])
    >>> y = np.array([(True, 5.0), (False, 6.0), (True, 7.0), (True, 9.0)], dtype=[("event", bool), ("time", float)])
    >>> Concordance()(X, y).tolist(), Concordance(signed=True)(X, y).tolist()
    ([1.0, 1.0], [1.0, -1.0])
    """

    cancels: ClassVar[float] = 1.0
    weighted: ClassVar[bool] = True

    signed: bool = parameter(Flag(), False)

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        return self._rate(X, times_of(y), sample_weight)

    def of_gaps(self, X: MixedTable, output: np.ndarray) -> np.ndarray:
        """The same of where the gaps are."""
        members = order_of_members(output, X.counts)
        signed = np.clip(X.sums_in_gaps(members[np.newaxis])[:, 0], -1, 1)
        return signed if self.signed else np.abs(signed)

    def of_labels(self, labels: np.ndarray, output: np.ndarray, weights: np.ndarray) -> float:
        """The same where labels stand by their mean residuals, shrunk as far as many labels explain these by chance."""
        residuals = martingale_residuals(output, weights)
        explained = explained_by_labels(labels, residuals, weights)
        if not explained:
            return 0.0
        kept = beyond_chance(explained, weights.sum(), int(labels.max())) / explained
        placed = means_of_labels(labels, residuals, weights)[labels]
        return float(np.sqrt(kept) * np.abs(order_of_times(placed[:, np.newaxis], output, weights)[0]))

    def _read(self, y: Any, weights: np.ndarray | None) -> np.ndarray:
        return times_of(y)

    def _rate(self, X: np.ndarray, output: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
        counts = counts_of(weights, len(X))
        signed = by_blocks(X, lambda block: order_of_times(block, output, counts)) if len(X) else np.zeros(X.shape[1])
        return signed if self.signed else np.abs(signed)
