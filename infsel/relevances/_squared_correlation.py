"""Relevance to a numeric target, less what chance makes of it."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from infsel._runtime.ranges import Choice, parameter
from infsel.relevances._correlation import Correlation
from infsel.relevances._mixed import ByColumn
from infsel.statistics import counts_of
from infsel.tables import MixedTable


@dataclass
class SquaredCorrelation(ByColumn):
    """r^2 - 1 / (n - 1), at least 0, of each feature with a numeric target of n samples, each as often as it counts.

    A feature that is independent of the target has a squared correlation of 1 / (n - 1) in the mean: as a start of
    walks or as a gate, where many such features add up, it should weigh nothing.

    Parameters
    ----------
    method : {"pearson", "spearman"}, default="pearson"
        As for `Correlation`.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 0.0], [4.0, 2.0]])
    >>> SquaredCorrelation()(X, [0.0, 1.0, 2.0, 3.5]).round(3).tolist()
    [0.655, 0.0]
    """

    cancels: ClassVar[float] = 1.0
    weighted: ClassVar[bool] = True

    method: str = parameter(Choice(("pearson", "spearman")), "pearson")

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        r = Correlation(self.method).rate(X, y, sample_weight)  # type: ignore[arg-type]
        return np.maximum(np.square(r) - 1 / max(counts_of(sample_weight, len(X)).sum() - 1, 1), 0)

    def _of_numbers(self, X: MixedTable, output: np.ndarray) -> np.ndarray:
        r = Correlation(self.method)._of_numbers(X, output)  # type: ignore[arg-type]
        return np.maximum(np.square(r) - 1 / np.maximum(X.present_weight() - 1, 1), 0)

    def of_gaps(self, X: MixedTable, output: np.ndarray) -> np.ndarray:
        """The same of where the gaps are."""
        r = Correlation(self.method).of_gaps(X, output)  # type: ignore[arg-type]
        return np.maximum(np.square(r) - 1 / max(X.total_weight - 1, 1), 0)

    def of_labels(self, labels: np.ndarray, output: np.ndarray, weights: np.ndarray) -> float:
        """The squared correlation ratio, less what chance makes of it."""
        r = Correlation(self.method).of_labels(labels, output, weights)  # type: ignore[arg-type]
        return max(r * r - 1 / max(weights.sum() - 1, 1), 0.0)
