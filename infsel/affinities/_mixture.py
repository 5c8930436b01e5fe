"""A weighted sum of affinities whose weights are learned from what each says about the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.special import expit, logit, softmax

from infsel._runtime.ranges import Choice, Count, InvalidParameter, Number, Or, parameter
from infsel.affinities._ascent import ascend
from infsel.affinities._base import Affinity, Learned
from infsel.affinities._mixed_walks import Walks
from infsel.affinities._pseudo_labels import PseudoLabels, pseudo_labels
from infsel.affinities._rows import Rows
from infsel.operators import FeatureOperator
from infsel.relevances import CrossFitted, cross_fitted, relevance_of
from infsel.tables import Table

_MOST_DAMPING = 0.99
_DIGITS = 3  # of a weight: beyond them rows drawn anew would change it


@dataclass
class Mixture(Learned):
    """sum_h w_h D_h^-1 A_h, with weights that say which affinity knows where the relevant features lie.

    Weights are learned from the rows: a relevance r is taken on one half of them, scores gather it on walks through the
    mixture, s = sum_k (rho P)^k r, and the mean correlation of s with the relevance on the other half, of which the
    noise is independent, is made as large as possible over several splits. No label of a feature is needed. With
    pseudo-labels the 5 percent of the features with the highest relevance count as relevant and the lower half as
    irrelevant, and weights are to make relevant ones alike and others unlike them. No row is held out, so that the
    noise in the relevance is believed.

    It resolves to a weighted sum of `Rows`, `affinity_` of a fitted `InfFS`. Take ``readout="attended"`` with the same
    relevance as ``start``. It sees y: inside a `Pipeline` each fold learns its own weights.

    Parameters
    ----------
    affinities : sequence of Affinity
        At least two heads, none with negative entries.
    objective : {"cross-fitted", "pseudo-labels"}, default="cross-fitted"
    relevance : str, relevance or callable, default="pearson"
        What each feature is worth to the target, as the ``start`` of `InfFS`.
    damping : float in (0, 1) or "learned", default=0.9
        What a hop costs in the objective. If it is learned, it multiplies the weights, so that they sum to it: use
        ``normalization="none", propagation="resolvent", damping=1``. Pseudo-labels, which walk nowhere, do not read it.
    n_hops : int or inf, default=inf
        How long walks are in the objective. Endless ones end after 2 hops where the heads take more than 64 MiB.
    n_splits : int, default=8
        How many splits of the rows into halves.
    l2 : float >= 0, default=1e-3
        Penalty on theta, of which the weights are the softmax: it draws them towards equal ones.
    random_state : int, default=0
        Draws the splits.

    References
    ----------
    Ru, Zhan, Yu, Du (2022). Learning Affinity from Attention: End-to-End Weakly-Supervised Semantic Segmentation with
    Transformers. CVPR. (pseudo-labels)
    Byrd, Lu, Nocedal, Zhu (1995). A limited memory algorithm for bound constrained optimization. SIAM J. Sci. Comput.

    Examples
    --------
    >>> import numpy as np
    >>> from infsel import InfFS
    >>> from infsel.affinities import Given
    >>> rng = np.random.default_rng(0)
    >>> X = rng.standard_normal((60, 40))
    >>> y = X[:, :10].sum(axis=1) + 4 * rng.standard_normal(60)
    >>> decade, digit = np.arange(40) // 10, np.arange(40) % 10
    >>> heads = [Given((kind == kind[:, None]) * 1.0) for kind in (decade, digit)]
    >>> selector = InfFS(affinity=Mixture(heads), readout="attended", start="pearson").fit(X, y)
    >>> float(selector.affinity_.first.weight) > 0.8
    True
    """

    affinities: Sequence[Affinity]
    objective: Literal["cross-fitted", "pseudo-labels"] = parameter(
        Choice(("cross-fitted", "pseudo-labels")), "cross-fitted"
    )
    relevance: Any = "pearson"
    damping: float | Literal["learned"] = parameter(Or("learned", Number(low=0, high=1)), 0.9)
    n_hops: float = parameter(Count(infinity=True), np.inf)
    n_splits: int = parameter(Count(), 8)
    l2: float = parameter(Number(low=0, closed=True), 1e-3)
    random_state: int = parameter(Count(least=0), 0)

    def check(self) -> None:
        """Hold each parameter, and those of the heads, against its range."""
        super().check()
        heads = list(self.affinities) if isinstance(self.affinities, Sequence) else []
        if len(heads) < 2 or not all(isinstance(head, Affinity) for head in heads):
            raise InvalidParameter(
                f"Mixture.affinities={self.affinities!r}: pass a list of two or more affinities to weigh, such as "
                "[Given(graph), SquaredCorrelation()]; one alone needs no weight."
            )
        for head in heads:
            head.check()
        if self.objective == "pseudo-labels" and self.damping == "learned":
            raise InvalidParameter("Mixture.damping='learned' with objective='pseudo-labels': pass a number.")

    @property
    def placed(self) -> bool:
        return any(head.placed for head in self.affinities)

    def resolve(self, columns: np.ndarray, table: Table, y: Any = None) -> Affinity:
        """The sum of the heads, each with rows that sum to 1, with the weights learned.

        Raises
        ------
        ValueError
            If a head has negative entries, there is no target, or there are too few rows for halves.
        """
        self.check()
        heads = [as_rows(head.resolve(columns, table, y)) for head in self.affinities]
        related = [head.among(columns, table, y) for head in heads]
        weights = np.round(self._learned(related, table.columns(columns), y), _DIGITS)
        terms = [w * head for w, head in zip(weights.tolist(), heads, strict=True) if w]
        return sum(terms) if terms else 0 * heads[0]  # walks that harm are given no weight

    def _learned(self, heads: list[FeatureOperator], table: Table, y: Any) -> np.ndarray:
        start = np.zeros(len(heads) + 1)
        if self.objective == "pseudo-labels":
            r = relevance_of(self.relevance, table, y, "the relevance of a Mixture")
            labels = pseudo_labels(heads, r)
            return softmax(ascend(lambda x: labelled(x, labels, self.l2), start, "heads")[:-1])
        rated = cross_fitted(
            self.relevance, table, y, n_splits=self.n_splits, random_state=self.random_state, name="Mixture.relevance"
        )
        walks = Walks(heads, self.n_hops)
        fixed = None if self.damping == "learned" else float(self.damping)
        start[-1] = logit(0.9 / _MOST_DAMPING)
        x = ascend(lambda x: gathered(x, walks, rated, self.l2, fixed), start, "heads")
        return softmax(x[:-1]) * (1.0 if fixed else _MOST_DAMPING * expit(x[-1]))


def as_rows(head: Affinity) -> Rows:
    """The head with rows that sum to 1."""
    return head if isinstance(head, Rows) else Rows(head)


def gathered(
    x: np.ndarray, walks: Walks, rated: CrossFitted, l2: float, damping: float | None = None
) -> tuple[float, np.ndarray]:
    """Agreement of what walks gather with the relevance held out, less the penalty, and its gradient.

    Parameters
    ----------
    x : ndarray of shape (n_heads + 1,)
        theta, of which the weights are the softmax, and u, of which 0.99 sigmoid(u) is the damping where none is given.
    """
    w, rho = softmax(x[:-1]), damping or _MOST_DAMPING * expit(x[-1])
    scores = walks.scores(w, rho, rated.given)
    value, slope = rated.agreement(scores.values)
    by_weight, by_rho = scores.back(slope)
    by_u = 0.0 if damping else by_rho * rho * (1 - rho / _MOST_DAMPING)
    return value - l2 * float(x[:-1] @ x[:-1]), np.r_[_by_theta(w, by_weight) - 2 * l2 * x[:-1], by_u]


def labelled(x: np.ndarray, labels: PseudoLabels, l2: float) -> tuple[float, np.ndarray]:
    """The loss of pseudo-labels, negative, less the penalty, and its gradient by theta and the bias."""
    w = softmax(x[:-1])
    loss, slope = labels.loss(w, x[-1])
    penalty = l2 * float(x[:-1] @ x[:-1])
    return -loss - penalty, np.r_[-_by_theta(w, slope[:-1]) - 2 * l2 * x[:-1], -slope[-1]]


def _by_theta(w: np.ndarray, by_weight: np.ndarray) -> np.ndarray:
    """Through the softmax."""
    return w * (by_weight - w @ by_weight)
