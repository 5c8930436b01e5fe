"""Affinity by profile: two features are alike when they relate alike to others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel._runtime.ranges import Count, InvalidParameter, Or, parameter
from infsel.affinities._base import OfOne
from infsel.operators import FeatureOperator, cosines, row_cosine
from infsel.relevances import as_relevance, relevance_of
from infsel.tables import Table


@dataclass
class Profile(OfOne):
    """Cosine between rows of another affinity, to all columns or to a few anchors; 1 on the diagonal.

    The profile of a column is how it relates to the others. With anchors it is the part of its row that leads to them:
    the context of contextual similarity aggregation, the patch of non-local means where columns have no order, and the
    second order of word vectors, where terms are alike that occur beside the same terms. A column that relates to
    nothing has cosine 0 with every column. Of a debiased `SquaredCorrelation` two profiles made by chance have
    cosine 0 in the mean, and of a non-negative affinity all profiles are alike to some degree.

    Parameters
    ----------
    affinity : Affinity
        How columns relate at first.
    n_anchors : int, default=None
        To how many columns profiles are held, all of them where there are fewer; None for all. Cosines to all columns
        take two products with the affinity each, and to L anchors n_features x L numbers.
    relevance : str, relevance or callable, default=None
        What makes an anchor of a column: the highest by this relevance, as for `Relevance`, which then sees the target;
        None for those that the affinity relates to all others most, by the size of their row sums, without a target.
        What equals the last of them is an anchor, too, so that equal columns have equal profiles.

    References
    ----------
    Ouyang, Wu, Wang, Yu, Lin, Tang, Zeng (2021). Contextual Similarity Aggregation with Self-attention for Visual
    Re-ranking. NeurIPS.
    Buades, Coll, Morel (2005). A non-local algorithm for image denoising. CVPR.
    Pennington, Socher, Manning (2014). GloVe: Global Vectors for Word Representation. EMNLP.

    Examples
    --------
    >>> import numpy as np
    >>> from infsel.affinities import Given
    >>> bridge = Given(np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 2.0], [1.0, 2.0, 0.0]]))
    >>> Profile(bridge)(np.eye(3)).to_dense().round(12)
    array([[1., 1., 0.],
           [1., 1., 0.],
           [0., 0., 1.]])
    """

    n_anchors: int | None = parameter(Or(None, Count()), None)
    relevance: str | Callable[[Any, Any], Any] | None = None

    @property
    def reads(self) -> frozenset[str]:
        return self.affinity.reads | (frozenset() if self.relevance is None else as_relevance(self.relevance).reads)

    def among(self, columns: np.ndarray, table: Table, y: Any = None) -> FeatureOperator:
        if self.n_anchors is None and self.relevance is not None:
            raise InvalidParameter(
                f"relevance={self.relevance!r} without n_anchors, which profiles to all columns do not read: pass "
                "n_anchors=100, or leave relevance out."
            )
        A = self.affinity.among(columns, table, y)
        if self.n_anchors is None or self.n_anchors >= len(columns):
            return row_cosine(A)
        anchors = _highest(self._prominence(A, table.columns(columns), y), self.n_anchors, float(np.finfo(A.dtype).eps))
        return cosines(A.columns(anchors), nonnegative=A.nonnegative) if len(anchors) < len(columns) else row_cosine(A)

    def _prominence(self, A: FeatureOperator, table: Table, y: Any) -> np.ndarray:
        """By what columns become anchors."""
        if self.relevance is None:
            return np.abs(A.matvec(np.ones(A.shape[0])))
        return relevance_of(self.relevance, table, y, "the relevance of a Profile")


def _highest(values: np.ndarray, n: int, eps: float) -> np.ndarray:
    """Numbers of the n highest values and of those that equal the last of them but for round-off."""
    least = np.partition(values, -n)[-n]
    return np.flatnonzero(values >= least - np.sqrt(eps) * abs(least))
