"""Affinity by squared correlation, less what independent features would show by chance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from infsel._runtime.ranges import Choice, Flag, Or, parameter
from infsel.affinities._base import Affinity
from infsel.affinities._components import COMPONENTS, deglobalized, how_many, reads_with
from infsel.operators import FeatureOperator, MaxOuter, squared_gram
from infsel.tables import Table


@dataclass
class SquaredCorrelation(Affinity):
    """r_ij^2 - 1 / (n - 1) between different features, 0 on the diagonal, with products in O(n_features n_samples^2).

    Two independent features have a squared correlation of 1 / (n - 1) in the mean, for n samples, each as often as it
    counts. Among many features this mean is the same small number everywhere, and walks add it up; less it, a pair that
    nothing relates adds 0 in the mean. |r| allows no such products through the samples, r^2 does: sum_j r_ij^2 v_j =
    z_i^T (sum_j v_j z_j z_j^T) z_i for unit columns z. A constant column relates to nothing.

    Parameters
    ----------
    debiased : bool or "cut", default=True
        Whether to subtract 1 / (n - 1). What then is negative stays so, and its sum over chance relations is 0 in the
        mean; "cut" makes it 0, which row normalizations need, and which looks at every pair, tile by tile.
    remove_components : int >= 0 or "auto", default=0
        How many leading principal components of the standardized table to remove before columns are correlated, as
        a shared drift, a batch or a size factor relates all to all. "auto" removes them while each holds more than .1
        of the variance and more than .3 of the columns take part in it, by (sum v^2)^2 / (p sum v^4) of the loadings v,
        and no more than 3. Each costs a dimension of the samples: 1 / (n - 1 - remove_components) is subtracted then.
    correlation : {"pearson", "spearman"}, default="pearson"
        Pearson's correlation or Spearman's rank correlation (ties share their mean rank).

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0, 2.0, 1.0], [2.0, 4.0, 3.0], [3.0, 9.0, 2.0]])
    >>> SquaredCorrelation(correlation="spearman")(X).to_dense().round(12)
    array([[ 0.  ,  0.5 , -0.25],
           [ 0.5 ,  0.  , -0.25],
           [-0.25, -0.25,  0.  ]])
    """

    debiased: bool | Literal["cut"] = parameter(Or("cut", Flag()), True)
    remove_components: int | Literal["auto"] = parameter(COMPONENTS, 0)
    correlation: Literal["pearson", "spearman"] = parameter(Choice(("pearson", "spearman")), "pearson")

    @property
    def reads(self) -> frozenset[str]:
        return reads_with(self.correlation, self.remove_components)

    def resolve(self, columns: np.ndarray, table: Table, y: Any = None) -> SquaredCorrelation:
        """The same with the number of components that "auto" removes."""
        if self.remove_components != "auto":
            return self
        return replace(self, remove_components=how_many(table.columns(columns), self.correlation))

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        formula = self.resolve(np.arange(table.shape[1]), table, y)
        removed = int(formula.remove_components)
        Z, dimensions = deglobalized(table, self.correlation, removed), table.total_weight - 1 - removed
        if self.debiased and dimensions <= 1:  # every correlation is 1 or -1, by necessity
            return MaxOuter(np.zeros(len(Z), Z.dtype))
        return squared_gram(Z, 1 / dimensions if self.debiased else 0.0, cut=self.debiased == "cut")
