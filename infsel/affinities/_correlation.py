"""Affinity by agreement: two features relate when they rise and fall together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from infsel._runtime.ranges import Choice, parameter
from infsel.affinities._base import Affinity
from infsel.affinities._components import COMPONENTS, deglobalized, how_many, reads_with
from infsel.operators import FeatureOperator, Similarity
from infsel.tables import Table


@dataclass
class Correlation(Affinity):
    """Signed correlation, 1 on the diagonal, with products in O(n T). A constant column correlates with nothing.

    Parameters
    ----------
    correlation : {"spearman", "pearson", "mutual-information"}, default="spearman"
        Spearman's rank correlation (ties share their mean rank), Pearson's, or normalized mutual information.
    remove_components : int >= 0 or "auto", default=0
        How many leading principal components to remove before columns are correlated, as for `SquaredCorrelation`.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0, 2.0, 1.0], [2.0, 4.0, 3.0], [3.0, 9.0, 2.0]])
    >>> Correlation()(X).to_dense().round(12)
    array([[1. , 1. , 0.5],
           [1. , 1. , 0.5],
           [0.5, 0.5, 1. ]])
    """

    correlation: Literal["spearman", "pearson", "mutual-information"] = parameter(
        Choice(("spearman", "pearson", "mutual-information")), "spearman"
    )
    remove_components: int | Literal["auto"] = parameter(COMPONENTS, 0)

    @property
    def reads(self) -> frozenset[str]:
        return reads_with(self.correlation, self.remove_components)

    def resolve(self, columns: np.ndarray, table: Table, y: Any = None) -> Correlation:
        """The same with the number of components that "auto" removes."""
        if self.remove_components != "auto":
            return self
        return replace(self, remove_components=how_many(table.columns(columns), self.correlation))

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        formula = self.resolve(np.arange(table.shape[1]), table, y)
        return Similarity(deglobalized(table, self.correlation, int(formula.remove_components)))
