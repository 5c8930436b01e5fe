"""Partial correlation with the target: orthogonal least squares, and when it has found the causes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import scipy.stats

from infsel._runtime.ranges import Number, parameter
from infsel._runtime.ties import round_off
from infsel.criteria._base import Criterion, StoppingGains
from infsel.criteria._candidates import Candidates
from infsel.criteria._column_subset import n_distinct
from infsel.criteria._targets import Output
from infsel.embeddings import lift, pick_rows
from infsel.targets import unit_vectors

_ALL = 4  # picks are at most one for so many samples
_GONE = 1e-12  # squared norm below which nothing is left of a target


@dataclass
class PartialCorrelation(Criterion):
    """The correlation of a feature with the target that is left once both are freed of the picks.

    Forward selection by it is orthogonal least squares, what FastCan computes for one output, and close to orthogonal
    matching pursuit, the linear form of Sequential Attention, which does not renormalize what the picks leave of a
    feature. With classes or several outputs it is the multiple partial correlation of the feature
    with all of them. ``n_features_to_select="auto"`` seeks the Markov blanket of a Gaussian target: it picks until the
    best is no longer significant among all that are left (grow), drops members that are not significant beside the
    others (shrink), and selects the members, or the single best column with a warning where there is none.

    Parameters
    ----------
    alpha : float in (0, 1), default=0.01
        Level of each step: Fisher's z with one output, else F, by Bonferroni over the features tested.

    Notes
    -----
    One product of the table with a vector a pick: time O(n_samples n_features). For explanation, not for prediction: it
    drops whatever is redundant, and a model predicts better with proxies beside causes.

    References
    ----------
    Chen, Billings, Luo (1989). Orthogonal least squares methods and their application to non-linear system
    identification. International Journal of Control 50.
    Margaritis, Thrun (1999). Bayesian Network Induction via Local Neighborhoods. NeurIPS.
    Yasuda et al. (2023). Sequential Attention for Feature Selection. ICLR.

    Examples
    --------
    >>> import numpy as np
    >>> from infsel import CriterionSelector
    >>> rng = np.random.default_rng(0)
    >>> X = rng.standard_normal((300, 8))
    >>> y = X[:, 0] + 2 * X[:, 1] + rng.standard_normal(300)
    >>> X[:, 2:5] = X[:, [1]] + 0.5 * X[:, 2:5]  # proxies of the stronger cause
    >>> blanket = CriterionSelector("partial-correlation", n_features_to_select="auto").fit(X, y)
    >>> np.flatnonzero(blanket.support_).tolist()
    [0, 1]
    """

    stops: ClassVar[bool] = True

    alpha: float = parameter(Number(0, 1), 0.01)

    def gains(self, candidates: Candidates) -> PartialCorrelations:
        """The gains before the first pick."""
        return PartialCorrelations(candidates, self.alpha)


class PartialCorrelations(StoppingGains):
    """|partial correlation| of each candidate given the picks, and what it says of independence."""

    def __init__(self, candidates: Candidates, alpha: float) -> None:
        self._candidates, self._alpha = candidates, alpha
        self._Z, self._n = candidates.Z, candidates.table.total_weight
        self._spent = np.sqrt(np.finfo(self._Z.dtype).eps)  # squared norm below which a residual is round-off
        self._Y = _directions(candidates.outputs, candidates.weights)
        self._most = max(1, min(len(candidates.table) // _ALL, len(self._Z)))
        self._Q = np.empty((0, self._Y.shape[1]))
        self._dimension = n_distinct(candidates) - 1
        self._norms = np.ones(len(self._Z))
        self._along = np.column_stack([lift(self._Z, y.astype(self._Z.dtype)) for y in self._Y]).astype(np.float64)
        self._weigh()

    @property
    def resolution(self) -> np.ndarray:
        """That of unit columns, over what the picks leave of each and of the target."""
        left = np.sqrt(np.where(self._norms > self._spent, self._norms, 1.0) * max(self._least, self._spent))
        return round_off(1 / left, float(np.finfo(self._Z.dtype).eps))

    def pick(self, feature: int) -> None:
        q = self._free(pick_rows(self._Z, np.array([feature]))[0].astype(np.float64))
        size = np.linalg.norm(q)
        if size**2 <= self._spent:  # it lies in the span of the picks
            self._norms[feature] = 0
            return
        q /= size
        a = lift(self._Z, q.astype(self._Z.dtype)).astype(np.float64)
        b = self._Y @ q
        self._norms = self._norms - a**2
        self._along = self._along - np.outer(a, b)
        self._Y = self._Y - np.outer(b, q)
        self._Q = np.vstack([self._Q, q])
        self._weigh()

    def is_done(self, left: np.ndarray) -> bool:
        """Whether none of the candidates left is significant, or there are too few samples for more picks."""
        if len(self._Q) >= self._most or not left.any():
            return True
        return bool(self._p_values(self.values[left].max(), len(self._Q)) * left.sum() > self._alpha)

    def again(self, members: list[int]) -> PartialCorrelations:
        """The gains after these picks and no others."""
        other = PartialCorrelations(self._candidates, self._alpha)
        for member in members:
            other.pick(member)
        return other

    def among(self, members: list[int]) -> PartialCorrelations:
        """The gains of these candidates alone, before the first pick."""
        given = self._candidates
        some = Candidates(given.table.columns(np.array(members, dtype=np.intp)), given.y, given.task)
        return PartialCorrelations(some, self._alpha)

    def is_significant(self, feature: int, n_tested: int) -> bool:
        """Whether a candidate is, among so many that are tested."""
        return bool(self._p_values(self.values[feature], len(self._Q)) * n_tested <= self._alpha)

    def _free(self, v: np.ndarray) -> np.ndarray:
        for _ in range(2):  # once leaves round-off of the size of what it removes
            v = v - self._Q.T @ (self._Q @ v)
        return v

    def _weigh(self) -> None:
        """R^2 of what is left of each feature on what is left of the outputs."""
        values, vectors = np.linalg.eigh(self._Y @ self._Y.T)
        kept = values > _GONE
        self._rank, self._least = int(kept.sum()), float(values[kept].min(initial=1.0))
        shares = np.square(self._along @ vectors[:, kept]) / values[kept]
        # in a space that the outputs fill, everything is explained: there is nothing to compare
        alive = (self._norms > self._spent) & (self._dimension - len(self._Q) > self._rank)
        share = np.zeros(len(self._norms))
        share[alive] = np.minimum(shares.sum(axis=1)[alive] / self._norms[alive], 1)
        self.values = np.sqrt(share)

    def _p_values(self, partial: float, n_given: int) -> float:
        """Chance of a partial correlation as large without any relation."""
        if self._rank == 1:
            degrees = self._n - n_given - 3
            if degrees <= 0:
                return 1.0
            z = np.arctanh(min(partial, 1 - 1e-15)) * np.sqrt(degrees)
            return float(2 * scipy.stats.norm.sf(z))
        degrees = self._n - n_given - 1 - self._rank
        if degrees <= 0 or self._rank == 0:
            return 1.0
        share = min(partial**2, 1 - 1e-15)
        return float(scipy.stats.f.sf(share / self._rank / ((1 - share) / degrees), self._rank, degrees))


def _directions(outputs: list[Output], weights: np.ndarray) -> np.ndarray:
    """Centered numbers and class indicators as rows, in the scale of weighted unit columns."""
    roots = np.sqrt(weights)
    constant = roots / np.linalg.norm(roots)
    Y = np.vstack([roots * unit_vectors(output.values, weights).T for output in outputs])
    return np.asarray(Y - np.outer(Y @ constant, constant))
