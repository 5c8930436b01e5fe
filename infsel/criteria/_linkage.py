"""Region growing: what is most alike those picked before, from columns that are known to matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from infsel._runtime.ranges import Choice, Offers, Or, parameter
from infsel._runtime.ties import round_off
from infsel.criteria._base import Criterion, Gains
from infsel.criteria._candidates import Candidates
from infsel.operators import FeatureOperator, Similarity, absolute, row_sums


@dataclass
class Linkage(Criterion):
    """How alike a feature is to those picked: the mean, or the largest, of the affinities A_ji from each picked j.

    With ``keep=`` naming seeds, such as a known biomarker, the picks are the region that grows from them: mean linkage
    stays with what is alike all of it, maximum linkage follows a chain whose ends are no longer alike. Without seeds
    growth starts at the feature with the largest sum of affinities. Copies of a column are picked like any other.

    Parameters
    ----------
    linkage : {"mean", "max"}, default="mean"
        What the affinities with those picked come to.
    affinity : None or Affinity, default=None
        How two features relate: an object of `infsel.affinities`; None for the absolute value of Pearson's correlation.
        Entry (j, i) leads from a picked j to i.

    Notes
    -----
    One row of A a pick: time O(n_samples n_features). Without seeds one product with A comes before.

    References
    ----------
    Adeli, Ahn, Kriegeskorte, Zelinsky (2023). Affinity-based Attention in Self-supervised Transformers Predicts
    Dynamics of Object Grouping in Humans. arXiv:2306.00294.

    Examples
    --------
    >>> from sklearn.datasets import load_breast_cancer
    >>> from infsel import CriterionSelector
    >>> X, _ = load_breast_cancer(return_X_y=True, as_frame=True)
    >>> grown = CriterionSelector(Linkage(), keep=["mean radius"], n_features_to_select=4).fit(X)
    >>> grown.to_frame()[["feature", "step"]].head(4).to_numpy().tolist()
    [['mean radius', 0], ['mean perimeter', 1], ['mean area', 2], ['worst radius', 3]]
    """

    supervised: ClassVar[bool] = False
    complements: ClassVar[bool] = False

    linkage: Literal["mean", "max"] = parameter(Choice(("mean", "max")), "mean")
    affinity: Any = parameter(
        Or(None, Offers("among", ", one of infsel.affinities, such as Given(matrix)"), "for correlations"), None
    )

    def gains(self, candidates: Candidates) -> Gains:
        """Sums of affinities, by which growth starts: of the seeds alone where there are any."""
        return _Gains(self._graph(candidates), self.linkage, candidates.seeds)

    def _graph(self, candidates: Candidates) -> FeatureOperator:
        if self.affinity is None:
            return Similarity(candidates.Z).map(absolute, nonnegative=True, diagonal=1.0)
        table, columns = candidates.source
        related: FeatureOperator = self.affinity.among(columns, table, candidates.y)
        return related


class _Gains(Gains):
    def __init__(self, A: FeatureOperator, linkage: str, seeds: np.ndarray | None) -> None:
        self._A, self._linkage, self._n_picked = A, linkage, 0
        first = np.ones(A.shape[0], dtype=bool) if seeds is None or not seeds.any() else seeds
        self.values = np.zeros(A.shape[0])  # one of the first comes first, and then all are known
        self.values[first] = row_sums(A, None if first.all() else np.flatnonzero(first))
        self._size = float(np.abs(self.values).max())

    @property
    def resolution(self) -> float:
        """That of the largest entries met: a small one is a sum of numbers that cancel."""
        return float(round_off(self._size, np.finfo(self._A.dtype).eps))

    def pick(self, feature: int) -> None:
        alike = self._A.rows(np.array([feature]))[0].astype(np.float64)
        largest = float(np.abs(alike).max())
        self._size = largest if self._n_picked == 0 else max(self._size, largest)
        if self._n_picked == 0:
            self.values = alike
        elif self._linkage == "max":
            self.values = np.maximum(self.values, alike)
        else:
            self.values = self.values + (alike - self.values) / (self._n_picked + 1)
        self._n_picked += 1
