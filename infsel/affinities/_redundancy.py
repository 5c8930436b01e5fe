"""Affinity by independence: two features relate when neither repeats the other."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from infsel._columns import correlating, has_whole_ranks, varying, whole_ranks
from infsel._kernels import independence
from infsel.affinities._base import Affinity
from infsel.operators import Complement, FeatureOperator, Gram, LowRank, Similarity, Sum, absolute


@dataclass
class Redundancy(Affinity):
    """1 - |correlation|: 0 between copies, 1 between unrelated features, 0 on the diagonal.

    A constant column, where one is in the graph, is unrelated to every feature and to itself: 1 throughout, as in the
    programs released with the papers, which therefore rank it first. Signed, it counts as a copy of every feature: 0.

    Parameters
    ----------
    correlation : {"spearman", "pearson"}, default="spearman"
        Spearman's rank correlation (ties share their mean rank) or Pearson's.
    signed : bool, default=False
        1 - correlation instead: mirror images count as unrelated, up to 2.

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
    signed: bool = False

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({"pairs"}) if self.correlation == "pearson" else super().reads

    def __call__(self, X: np.ndarray, y: Any = None) -> FeatureOperator:
        inside = varying(X)
        if not self.signed and self.correlation == "spearman" and has_whole_ranks(X):
            Z, norms = whole_ranks(X)
            weights = np.divide(1, norms, out=np.zeros_like(norms), where=norms > 0)
            return Complement(weights, Gram(Z, absolute, nonnegative=True, diagonal=0.0), ~inside, X.dtype)
        Z = correlating(X, self.correlation)
        if not self.signed:
            return Gram(Z, independence, nonnegative=True, diagonal=~inside)
        ones = inside[:, None].astype(Z.dtype)
        if not isinstance(Z, np.ndarray):
            return Sum(LowRank(ones, ones, nonnegative=True), Similarity(Z, -1.0))
        return LowRank(np.hstack([ones, Z]), np.hstack([ones, -Z]), nonnegative=True)
