"""Affinity by agreement: two features relate when they rise and fall together."""

from dataclasses import dataclass
from typing import Any, Literal

from infsel._runtime.ranges import Choice, parameter
from infsel.affinities._base import Affinity
from infsel.operators import FeatureOperator, Similarity
from infsel.tables import Table


@dataclass
class Correlation(Affinity):
    """Signed correlation, 1 on the diagonal, with products in O(n T). A constant column correlates with nothing.

    Parameters
    ----------
    correlation : {"spearman", "pearson"}, default="spearman"
        Spearman's rank correlation (ties share their mean rank) or Pearson's.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0, 2.0, 1.0], [2.0, 4.0, 3.0], [3.0, 9.0, 2.0]])
    >>> Correlation()(X).to_dense().round(12)
    array([[1. , 1. , 0.5],
           [1. , 1. , 0.5],
           [0.5, 0.5, 1. ]])
    """

    correlation: Literal["spearman", "pearson"] = parameter(Choice(("spearman", "pearson")), "spearman")

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({"pairs"}) if self.correlation == "pearson" else super().reads

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        return Similarity(table.correlating(self.correlation))
