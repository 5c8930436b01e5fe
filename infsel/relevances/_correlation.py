"""Relevance to a numeric target."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from infsel._runtime.ranges import Choice, Flag, parameter
from infsel.relevances._base import Relevance
from infsel.statistics import by_blocks
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

    method: Literal["pearson", "spearman"] = parameter(Choice(("pearson", "spearman")), "pearson")
    signed: bool = parameter(Flag(), False)

    def __call__(self, X: np.ndarray, y: Any = None) -> np.ndarray:
        target = self._standardized(numbers_of(y)[:, np.newaxis])[0]
        # summed feature by feature: a matrix product would round equal features differently
        signed = by_blocks(X, lambda block: np.clip((self._standardized(block) * target).sum(axis=1), -1, 1))
        return signed if self.signed else np.abs(signed)

    def _standardized(self, X: np.ndarray) -> np.ndarray:
        return np.asarray(as_table(X).correlating(self.method))
