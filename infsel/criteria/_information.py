"""Criteria made of mutual information between binned columns."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel._runtime.ranges import Count, Flag, parameter
from infsel.criteria._base import Criterion, Gains
from infsel.criteria._candidates import Candidates
from infsel.statistics import One, entropies_of

_FLOOR = 1e-3  # of redundancy, below which a quotient would only measure noise


@dataclass
class Information(Criterion):
    """A criterion that reads binned features and a target of classes, or of numbers in quantile groups.

    A feature of at most `bins` different values keeps them, any other is cut into bins of equal frequency. Labels are
    bins; those beyond `bins`, and what comes of pairs of them, cost what they give by chance. Gaps are a bin where they
    are informative, else information is that beyond where they are: of one feature that of the samples which have it,
    times their share (see `infsel.statistics`). Of a multi-output target the mean over the outputs counts.

    Parameters
    ----------
    bins : int from 2 to 256, default=5
        Number of bins of a feature.
    """

    bins: int = parameter(Count(2, 256), 5)

    def gains(self, candidates: Candidates) -> Gains:
        """The gains before the first pick."""
        weights, bins = candidates.weights, int(self.bins)
        codes, gaps = candidates.table.binned(bins), candidates.table.unknown()
        groups = [output.grouped(weights) for output in candidates.outputs]
        return _Gains(self, [entropies_of(codes, bins, group, weights, gaps) for group in groups])

    def begin(self, relevance: np.ndarray) -> np.ndarray:
        """What the criterion carries from pick to pick, one number a feature, before the first."""
        return np.zeros_like(relevance)

    @abstractmethod
    def update(self, state: np.ndarray, entropies: Any, pick: One) -> None:
        """Add a pick."""

    @abstractmethod
    def worth(self, state: np.ndarray, relevance: np.ndarray, n_picks: int) -> np.ndarray:
        """The gains after at least one pick; before it they are the relevance I(f; y)."""

    @abstractmethod
    def errors(self, state: np.ndarray, relevance: np.ndarray, n_picks: int) -> float | np.ndarray:
        """How many times the round-off of a single information there is in these gains."""


class JMI(Information):
    """Joint mutual information: sum_{j in S} I(x_f, x_j; y).

    Parameters
    ----------
    bins : int from 2 to 256, default=5
        Number of bins of a feature.

    References
    ----------
    Yang, Moody (1999). Data Visualization and Feature Selection: New Algorithms for Nongaussian Data. NIPS.
    Brown, Pocock, Zhao, Lujan (2012). Conditional Likelihood Maximisation: A Unifying Framework for Information
    Theoretic Feature Selection. JMLR 13.
    """

    def update(self, state: np.ndarray, entropies: Any, pick: One) -> None:
        """Add I(f, j; y)."""
        state += entropies.with_target(pick)

    def worth(self, state: np.ndarray, relevance: np.ndarray, n_picks: int) -> np.ndarray:
        """The sum."""
        return state

    def errors(self, state: np.ndarray, relevance: np.ndarray, n_picks: int) -> float | np.ndarray:
        """One for each pick."""
        return n_picks


class CMIM(Information):
    """Conditional mutual information maximization: min_{j in S} I(x_f; y | x_j), at most I(x_f; y).

    Parameters
    ----------
    bins : int from 2 to 256, default=5
        Number of bins of a feature.

    References
    ----------
    Fleuret (2004). Fast Binary Feature Selection with Conditional Mutual Information. JMLR 5.
    """

    def begin(self, relevance: np.ndarray) -> np.ndarray:
        """I(f; y)."""
        return relevance.copy()

    def update(self, state: np.ndarray, entropies: Any, pick: One) -> None:
        """Keep the smallest I(f; y | j) = I(f, j; y) - I(j; y)."""
        np.minimum(state, entropies.given(pick), out=state)

    def worth(self, state: np.ndarray, relevance: np.ndarray, n_picks: int) -> np.ndarray:
        """The minimum."""
        return state

    def errors(self, state: np.ndarray, relevance: np.ndarray, n_picks: int) -> float | np.ndarray:
        """Two, in a difference."""
        return 2


@dataclass
class MRMRInformation(Information):
    """Maximum relevance, minimum redundancy by mutual information: I(x_f; y) less or over mean_{j in S} I(x_f; x_j).

    Parameters
    ----------
    bins : int from 2 to 256, default=5
        Number of bins of a feature.
    quotient : bool, default=False
        Divide by the redundancy (MIQ), which counts as at least 0.001 nats, instead of subtracting it (MID).

    References
    ----------
    Peng, Long, Ding (2005). Feature Selection Based on Mutual Information: Criteria of Max-Dependency, Max-Relevance,
    and Min-Redundancy. IEEE TPAMI 27.
    """

    quotient: bool = parameter(Flag(), False)

    def update(self, state: np.ndarray, entropies: Any, pick: One) -> None:
        """Add I(f; j)."""
        state += entropies.shared(pick)

    def worth(self, state: np.ndarray, relevance: np.ndarray, n_picks: int) -> np.ndarray:
        """Relevance against mean redundancy."""
        return against(relevance, state / n_picks, self.quotient)

    def errors(self, state: np.ndarray, relevance: np.ndarray, n_picks: int) -> float | np.ndarray:
        """Two in a difference, and in a quotient q over r (1 + q) / r."""
        if not self.quotient:
            return 2
        redundancy = state / n_picks
        return (1 + against(relevance, redundancy, True)) / np.maximum(redundancy, _FLOOR)


def against(relevance: np.ndarray, redundancy: np.ndarray, quotient: bool) -> np.ndarray:
    """Relevance over redundancy, which counts as at least 0.001, or their difference."""
    return relevance / np.maximum(redundancy, _FLOOR) if quotient else relevance - redundancy


class _Gains(Gains):
    """The mean over the outputs of a target; one state for each."""

    def __init__(self, criterion: Information, outputs: list[Any]) -> None:
        self._criterion, self._outputs, self._n_picks = criterion, outputs, 0
        self._states = [criterion.begin(entropies.relevance) for entropies in outputs]
        self.values = np.mean([entropies.relevance for entropies in outputs], axis=0)

    @property
    def resolution(self) -> float | np.ndarray:
        return self._outputs[0].resolution * self._mean(self._criterion.errors if self._n_picks else _one)

    def pick(self, feature: int) -> None:
        self._n_picks += 1
        for entropies, state in zip(self._outputs, self._states, strict=True):
            self._criterion.update(state, entropies, entropies.one(feature))
        self.values = self._mean(self._criterion.worth)

    def _mean(self, rule: Callable[..., Any]) -> np.ndarray:
        pairs = zip(self._states, self._outputs, strict=True)
        return np.mean([rule(state, entropies.relevance, self._n_picks) for state, entropies in pairs], axis=0)


def _one(*_: Any) -> int:
    return 1
