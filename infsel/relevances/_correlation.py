"""Relevance to a numeric target."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from infsel._runtime.ranges import Choice, Flag, parameter
from infsel.relevances._base import Relevance
from infsel.statistics import by_blocks, counts_of, projections, row_by_row
from infsel.tables import as_table
from infsel.targets import numbers_of


@dataclass
class Correlation(Relevance):
    """|correlation| of each feature with a numeric target: in [0, 1], or signed in [-1, 1]; 0 for a constant column.

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
        if self.method == "spearman":
            target = as_table(target[:, np.newaxis], weights).ranks()[:, 0]

        def of_block(block: np.ndarray) -> np.ndarray:
            Z = as_table(block, weights).correlating(self.method)
            return np.clip(projections(Z, target, weights, row_by_row)[0], -1, 1)

        signed = by_blocks(X, of_block)
        return signed if self.signed else np.abs(signed)
