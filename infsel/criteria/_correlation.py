"""Criteria made of linear relevance and of correlations with the picked features."""

from dataclasses import dataclass

import numpy as np

from infsel._runtime.ranges import Flag, parameter
from infsel._runtime.ties import round_off, round_off_of_squares
from infsel.criteria._base import Criterion, Gains
from infsel.criteria._candidates import Candidates
from infsel.criteria._information import against
from infsel.criteria._targets import Output
from infsel.embeddings import Embedding, lift, pick_rows
from infsel.statistics import explained, f_of_classes, f_of_numbers, f_ratio

_EPS = float(np.finfo(np.float64).eps)
_LEAST = 1e-3  # |correlation| that a picked feature counts for at least, as in the package mrmr_selection


@dataclass
class MRMRCorrelation(Criterion):
    """Maximum relevance, minimum redundancy: the F statistic over or less mean_{j in S} |rho_fj|.

    F is that of the analysis of variance, or of the regression on a numeric target; of a multi-output target the mean.
    A correlation counts as at least 0.001.

    Parameters
    ----------
    quotient : bool, default=True
        Divide by the redundancy (FCQ) instead of subtracting it (FCD). F grows with the number of samples and the
        redundancy is at most 1, so that a difference is nearly a ranking by F.

    References
    ----------
    Ding, Peng (2005). Minimum Redundancy Feature Selection from Microarray Gene Expression Data. JBCB 3.
    """

    quotient: bool = parameter(Flag(), True)

    def gains(self, candidates: Candidates) -> Gains:
        """The gains before the first pick."""
        return _AgainstMean(candidates.Z, f_statistic(candidates), candidates.weights.sum(), self.quotient)


@dataclass
class Suppression(Criterion):
    """Greedy suppression: R2_f (1 - max_{j in S} rho_fj^2).

    R2_f is the share of the variance of f that the target explains; of a multi-output target the mean. The pick that
    correlates most with f inhibits it. A product over all picks would let many weak correlations, which samples of
    moderate size always show, silence a feature: it selected worse on most tables we measured.

    References
    ----------
    Carbonell, Goldstein (1998). The Use of MMR, Diversity-Based Reranking for Reordering Documents and Producing
    Summaries. SIGIR.
    """

    def gains(self, candidates: Candidates) -> Gains:
        """The gains before the first pick."""
        R2 = [explained(candidates.Z, output.values, candidates.weights) for output in candidates.outputs]
        return _Suppressed(candidates.Z, np.mean(R2, axis=0))


def f_statistic(candidates: Candidates) -> np.ndarray:
    """F of each feature, the mean over the outputs of the target."""
    X, weights, statistics = candidates.table, candidates.weights, []
    if not X.is_plain:
        return np.mean([_f_of_rows(candidates, output) for output in candidates.outputs], axis=0)
    for output in candidates.outputs:
        if output.n_classes:
            statistics.append(f_of_classes(X, output.values, weights))
        else:
            statistics.append(f_of_numbers(X, output.values, weights, explained(candidates.Z, output.values, weights)))
    return np.mean(statistics, axis=0)


def _f_of_rows(candidates: Candidates, output: Output) -> np.ndarray:
    """F of rows that stand for labels, or have gaps, from the share that is explained."""
    share = explained(candidates.Z, output.values, candidates.weights)
    left = np.where(1 - share > 8 * np.finfo(candidates.Z.dtype).eps, 1 - share, 0)
    return f_ratio(1 - left, left, candidates.weights.sum(), max(output.n_classes, 2))


class _AgainstMean(Gains):
    def __init__(self, Z: Embedding, relevance: np.ndarray, n_samples: float, quotient: bool) -> None:
        self._Z, self._relevance, self._n_samples, self._quotient = Z, relevance, n_samples, quotient
        self._total, self._n_picks, self.values = np.zeros(len(relevance)), 0, relevance

    @property
    def resolution(self) -> float | np.ndarray:
        """That of F, and of the correlations from the second pick on."""
        of_F = round_off_of_squares(self._relevance, self._n_samples, _EPS)
        of_rho = round_off(1.0, float(np.finfo(self._Z.dtype).eps))
        if not self._n_picks:
            return of_F
        redundancy = self._total / self._n_picks
        return (of_F + of_rho * self.values) / redundancy if self._quotient else of_F + of_rho

    def pick(self, feature: int) -> None:
        self._total += np.clip(np.abs(correlations(self._Z, feature)), _LEAST, 1)
        self._n_picks += 1
        self.values = against(self._relevance, self._total / self._n_picks, self._quotient)


class _Suppressed(Gains):
    def __init__(self, Z: Embedding, relevance: np.ndarray) -> None:
        self._Z, self._relevance, self.values = Z, relevance, relevance

    @property
    def resolution(self) -> np.ndarray:
        """That of the relevance, of which the correlations leave a part."""
        return round_off_of_squares(self._relevance, 1, float(np.finfo(self._Z.dtype).eps))

    def pick(self, feature: int) -> None:
        left = np.maximum(1 - np.square(correlations(self._Z, feature)), 0)
        self.values = np.minimum(self.values, self._relevance * left)


def correlations(Z: Embedding, feature: int) -> np.ndarray:
    """Correlation of every feature with one of them, in double precision."""
    return lift(Z, pick_rows(Z, np.array([feature]))[0]).astype(np.float64)
