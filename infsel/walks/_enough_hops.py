"""How many hops are enough for the features that infinitely many would select."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from infsel._runtime.ranges import InvalidParameter
from infsel.propagations import Flow
from infsel.selection import Choices
from infsel.walks._result import Result, with_scores

_NOTHING = 1e-13  # of the largest share: round-off


def cut_short(result: Result, among: Choices, select: Callable[[np.ndarray], np.ndarray]) -> Result:
    """The result of the fewest hops after which longer walks can no longer change what is selected.

    The walks of k hops bring h = (r A)^k b. With m and M the least and the largest ratio of an entry of r A h to that
    of h (Collatz and Wielandt), all longer ones together bring each feature from m / (1 - m) to M / (1 - M) times its
    h. Hops are enough once every selected group has a lower bound above the upper bound of every other. Where that
    never holds, as between equal scores, they end where walks bring less than round-off.

    Parameters
    ----------
    result : Result
        Of infinitely many hops.
    among : Choices
    select : callable
        From scores of all features to the mask of those selected.

    Raises
    ------
    ValueError
        If the graph or the start is signed, or the scores are no sum of walks.
    """
    _check(result)
    n_hops, scores = _enough(result, among, select)
    return replace(with_scores(result, scores), flows=tuple(_shortened(flow, n_hops) for flow in result.flows))


def _check(result: Result) -> None:
    unsigned = result.graph is not None and bool(result.graph.nonnegative)
    if not result.additive or not unsigned or any((flow.basis.start() < 0).any() for flow in result.flows):
        raise InvalidParameter(
            "n_hops='auto' bounds longer walks by those there are, which takes an affinity without negative entries, a "
            "start without negative weights and a readout that adds walks: pass a number, or numpy.inf."
        )


def _enough(result: Result, among: Choices, select: Callable[[np.ndarray], np.ndarray]) -> tuple[int, np.ndarray]:
    """The depth, and the scores by then."""
    n_hops, scores = 0, result.scores
    for n_hops, scores, lower, upper in _depths(result):
        if _certain(among, result.inside, select(scores), lower, upper):
            return n_hops, scores
    return n_hops, scores


def _depths(result: Result) -> Iterator[tuple[int, np.ndarray, np.ndarray, np.ndarray]]:
    """Scores by walks of at most 1, 2, ... hops, and bounds on those by all walks, for all features."""
    walks = [(flow, flow.depths()) for flow in result.flows]
    deepest = min(len(totals) for _, totals in walks)
    slack = result.error * float(np.linalg.norm(result.scores))
    for k in range(1, deepest + 1):
        found = np.zeros((3, len(result.inside)))
        for flow, totals in walks:
            so_far = flow.own() + flow.basis.combine(totals[k - 1])
            least, most = _tail(flow, totals, k) if k < deepest else (0.0, 0.0)
            found[:, result.inside] += so_far, so_far + least - slack, so_far + most + slack
        yield k, *found


def _tail(flow: Flow, totals: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Bounds on what the walks of more than k hops bring."""
    before = totals[k - 2] if k > 1 else np.zeros_like(totals[0])
    h, after = (flow.basis.combine(step) for step in (totals[k - 1] - before, totals[k] - totals[k - 1]))
    nothing = _NOTHING * h.max(initial=0.0)
    met = h > nothing
    if (after[~met] > nothing).any():  # a node that walks have not met yet
        return np.zeros_like(h), np.full_like(h, np.inf)
    ratios = after[met] / h[met]
    least, most = max(float(ratios.min(initial=np.inf)), 0.0), float(ratios.max(initial=0.0))
    least = min(least, most)
    h = np.where(met, h, 0)
    above = most / (1 - most) * h if most < 1 else np.where(met, np.inf, 0)
    return (least / (1 - least) * h if least < 1 else np.zeros_like(h)), above


def _certain(among: Choices, inside: np.ndarray, support: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> bool:
    """Whether every group that is selected, but for those that must be, ranks before every one that is not."""
    low, high = among.means(lower, inside), among.means(upper, inside)
    present, kept, chosen = (np.bincount(among.group, mask, len(low)) > 0 for mask in (inside, among.kept, support))
    closed = np.bincount(among.group, among.excluded, len(low)) > 0
    last = low[present & chosen & ~kept].min(initial=np.inf)
    return bool(last > high[present & ~chosen & ~closed].max(initial=-np.inf))


def _shortened(flow: Flow, n_hops: int) -> Flow:
    """The flow of walks of at most so many hops, in the same basis."""
    rule: Any = flow.rule
    inner = getattr(rule, "rule", None)
    rule = replace(rule, n_hops=n_hops) if inner is None else replace(rule, rule=replace(inner, n_hops=n_hops))
    M = flow.basis.over(flow.unit)
    return replace(flow, rule=rule, scores=flow.basis.combine(rule.act(M, np.eye(len(M))[0])))
