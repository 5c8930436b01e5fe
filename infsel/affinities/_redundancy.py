"""Affinity by independence: two features relate when neither repeats the other."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from infsel._columns import ranks, unit_columns
from infsel._kernels import independence
from infsel.affinities._base import Affinity
from infsel.operators import FeatureOperator, Gram


@dataclass
class Redundancy(Affinity):
    """1 - |correlation|: 0 between copies, 1 between unrelated features, 0 on the diagonal.

    Parameters
    ----------
    correlation : {"spearman", "pearson"}, default="spearman"
        Spearman's rank correlation (ties share their mean rank) or Pearson's.

    References
    ----------
    Roffo, Melzi, Cristani (2015). Infinite Feature Selection. ICCV.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0, 2.0, 1.0], [2.0, 4.0, 3.0], [3.0, 9.0, 2.0]])
    >>> Redundancy()(X).to_dense().round(12)
    array([[0. , 0. , 0.5],
           [0. , 0. , 0.5],
           [0.5, 0.5, 0. ]])
    """

    correlation: Literal["spearman", "pearson"] = "spearman"

    def __call__(self, X: np.ndarray, y: Any = None) -> FeatureOperator:
        if self.correlation not in ("spearman", "pearson"):
            raise ValueError(f"correlation={self.correlation!r}: choose 'spearman' or 'pearson'.")
        Z = unit_columns(ranks(X) if self.correlation == "spearman" else X)
        return Gram(Z, independence, nonnegative=True)
