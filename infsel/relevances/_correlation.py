"""Relevance to a numeric target."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from infsel._runtime.ranges import Choice, Flag, parameter
from infsel.relevances._mixed import ByColumn
from infsel.statistics import beyond_chance, by_blocks, counts_of, explained_by_labels, projections, row_by_row
from infsel.tables import MixedTable, as_table
from infsel.targets import numbers_of


@dataclass
class Correlation(ByColumn):
    """|correlation| of each feature with a numeric target: in [0, 1], or signed in [-1, 1]; 0 for a constant column.

    Numbers with gaps are rated by the samples that have them. Of labels it is the correlation ratio, the root of the
    share of the target's variance that their means explain, less what many labels explain by chance
    (`infsel.statistics.beyond_chance`); it has no sign.

    Parameters
    ----------
    method : {"pearson", "spearman"}, default="pearson"
        Pearson's correlation or Spearman's rank correlation (ties share their mean rank).
    signed : bool, default=False
        Whether to keep the sign.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0, 9.0, 1.0], [2.0, 4.0, 1.0], [3.0, 1.0, 1.0]])
    >>> Correlation("spearman")(X, [0.1, 0.2, 0.4]).round(12).tolist()
    [1.0, 1.0, 0.0]
    """

    cancels: ClassVar[float] = 1.0
    weighted: ClassVar[bool] = True

    method: Literal["pearson", "spearman"] = parameter(Choice(("pearson", "spearman")), "pearson")
    signed: bool = parameter(Flag(), False)

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        weights, target = counts_of(sample_weight, len(X)), numbers_of(y, sample_weight)
        target = self._target(target, weights)

        def of_block(block: np.ndarray) -> np.ndarray:
            Z = as_table(block, weights).correlating(self.method)
            return np.clip(projections(Z, target, weights, row_by_row)[0], -1, 1)

        signed = by_blocks(X, of_block)
        return signed if self.signed else np.abs(signed)

    def of_labels(self, labels: np.ndarray, output: np.ndarray, weights: np.ndarray) -> float:
        """The correlation ratio, epsilon beside a column of numbers."""
        share = explained_by_labels(labels, self._target(output, weights), weights)
        return float(np.sqrt(beyond_chance(share, weights.sum(), int(labels.max()))))

    def _of_numbers(self, X: MixedTable, output: np.ndarray) -> np.ndarray:
        """All columns at once, with a target for each that has the same gaps."""
        targets = MixedTable(np.where(X.missing, np.nan, output[:, np.newaxis]), weights=X.weights)
        rows, others = (t.unit_ranks() if self.method == "spearman" else t.unit_columns() for t in (X, targets))
        signed = np.clip((rows * others).sum(axis=1, dtype=np.float64), -1, 1)
        return signed if self.signed else np.abs(signed)

    def of_gaps(self, X: MixedTable, output: np.ndarray) -> np.ndarray:
        """The same of where the gaps are, from the mean of the target in them."""
        target, total = self._target(output, X.counts), X.total_weight
        center = X.counts * (target - X.counts @ target / total)
        sums, gone = X.sums_in_gaps(np.stack([center, X.counts])).T
        scale = np.sqrt(gone * (total - gone) / total * (np.square(center) / X.counts).sum())
        signed = np.clip(np.divide(sums, scale, out=np.zeros_like(sums), where=scale > 0), -1, 1)
        return signed if self.signed else np.abs(signed)

    def _target(self, target: np.ndarray, weights: np.ndarray) -> np.ndarray:
        return as_table(target[:, np.newaxis], weights).ranks()[:, 0] if self.method == "spearman" else target
