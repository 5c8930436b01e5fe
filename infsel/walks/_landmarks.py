"""Scores from a sample of the features, with what the sample leaves uncertain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from infsel.krylov import FEWEST_LANDMARKS
from infsel.operators import FeatureOperator, Sampling
from infsel.propagations import Flow
from infsel.readouts import Readout

_GROUPS = FEWEST_LANDMARKS // 2  # of two or more landmarks each
_RESCORED = 4  # contenders per landmark: their rows cost a few times what the products with the landmarks cost
_SURE = 4.0  # standard errors between a score and the cut


class Walked(NamedTuple):
    """A normalized affinity and the walks through it."""

    graph: FeatureOperator
    flows: tuple[Flow, ...]


@dataclass(frozen=True)
class Estimate:
    """Scores that landmarks estimate.

    Attributes
    ----------
    graph : FeatureOperator
        The normalized affinity, whose products are again exact where its normalization allows it.
    flows : tuple of Flow
        The walks through all landmarks.
    scores, errors : ndarray of shape (n,)
        Scores and their standard errors.
    rescored : ndarray of bool of shape (n,)
        The contenders, whose last hop is exact.
    recall : float
        Expected share of the k best by these scores among the k best by exact scores.
    """

    graph: FeatureOperator
    flows: tuple[Flow, ...]
    scores: np.ndarray
    errors: np.ndarray
    rescored: np.ndarray
    recall: float


def estimate(
    A: FeatureOperator,
    walk: Callable[[FeatureOperator], Walked],
    readout: Readout,
    n_landmarks: int,
    k: int,
    rng: np.random.RandomState,
) -> Estimate:
    """Let relevance flow through the landmarks, then score the contenders for the k best by their exact rows.

    Parameters
    ----------
    A : FeatureOperator of shape (n, n)
        The affinity, before normalization.
    walk : callable
        Normalizes the sampled affinity that it gets, and propagates.
    readout : Readout
        Makes scores of walks.
    n_landmarks : int
        How many features stand for all.
    k : int
        How many features will be selected.
    rng : RandomState

    Notes
    -----
    The landmarks fall into eight random groups, and each group alone gives a second estimate: their spread is the
    error of the whole (the random group method; Wolter 2007, Introduction to Variance Estimation, ch. 2). All eight
    cost one more propagation.
    """
    n = A.shape[0]
    order = rng.permutation(n)[:n_landmarks]
    whole, *groups = (
        _Sample(*walk(A.sampled(Sampling(np.sort(members)))), readout)
        for members in (order, *np.array_split(order, _GROUPS))
    )
    contenders = _contenders(whole.scores, _errors(groups), k, _RESCORED * n_landmarks)
    exact = Sampling(np.sort(order), exact=np.flatnonzero(contenders))
    for sample in (whole, *groups):
        sample.rescore(exact)
    return Estimate(
        whole.graph.sampled(None), whole.flows, whole.scores, _errors(groups), contenders, _recall(whole, groups, k)
    )


class _Sample:
    """One estimate of the scores, and the last hop that may be repeated exactly."""

    def __init__(self, graph: FeatureOperator, flows: tuple[Flow, ...], readout: Readout) -> None:
        self.graph, self.flows, self._readout = graph, flows, readout
        self._last = [flow.last_hop() for flow in flows]
        # a copy, because scores of a single direction are those of its flow
        self.scores: np.ndarray = np.array(readout(*(flow.scores for flow in flows)))

    def rescore(self, sampling: Sampling) -> None:
        """Take the last hop to the features that are exact again."""
        graph = self.graph.sampled(sampling)
        self.scores[sampling.exact] = self._readout(*(last.scores(graph)[sampling.exact] for last in self._last))


def _errors(groups: list[_Sample]) -> np.ndarray:
    """Standard errors of the estimate from all groups together."""
    return np.std([group.scores for group in groups], axis=0, ddof=1) / np.sqrt(len(groups))


def _contenders(scores: np.ndarray, errors: np.ndarray, k: int, most: int) -> np.ndarray:
    """The features around the cut after the k-th, save those below it for sure: at most `most`, as a mask."""
    order = np.argsort(-scores, kind="stable")
    first = max(0, min(k - most // 2, len(scores) - most))
    window = order[first : first + most]
    cut = order[k - 1]
    doubt = _SURE * np.hypot(errors[window], errors[cut])
    mask = np.zeros(len(scores), dtype=bool)
    mask[window[scores[window] >= scores[cut] - doubt]] = True
    return mask


def _recall(whole: _Sample, groups: list[_Sample], k: int) -> float:
    """How much of the k best stays when the scores move by errors like their own."""
    mean = np.mean([group.scores for group in groups], axis=0)
    best = _best(whole.scores, k)
    # the deviation of one of G groups has G - 1 times the variance of the whole
    moved = (whole.scores + (group.scores - mean) / np.sqrt(len(groups) - 1) for group in groups)
    return float(np.mean([len(np.intersect1d(best, _best(scores, k))) / k for scores in moved]))


def _best(scores: np.ndarray, k: int) -> np.ndarray:
    return np.argsort(-scores, kind="stable")[:k]
