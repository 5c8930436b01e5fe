"""Greedy forward selection."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from infsel._progress import stage
from infsel.criteria._base import Gains

if TYPE_CHECKING:
    from infsel.selection import Choices

_ULPS = 128


class Path(NamedTuple):
    """Candidates in the order of picking, best first, then those never picked by the gain left to them, and all gains.

    Attributes
    ----------
    order : ndarray of int of shape (n_candidates,)
    gains : ndarray of shape (n_candidates,)
        In the order of the candidates, not of the picks.
    """

    order: np.ndarray
    gains: np.ndarray


def forward(gains: Gains, n_picks: int, eps: float, among: Choices) -> Path:
    """Pick the group of the largest gain `n_picks` times, then order the rest by the gain that is left to them.

    The gain of a group is the mean over its candidates, which are picked one after the other, the largest gain first;
    most groups are of one candidate. Groups to keep come before all others. Gains that differ by round-off, at a
    relative precision `eps`, are equal, and the group of the lower number comes first.
    """
    found = np.array(gains.values, dtype=np.float64)
    left, picks = np.ones(len(found), dtype=bool), []
    n_picks = min(n_picks, among.n_groups)
    with stage("picks", n_picks) as advance:
        for _ in range(n_picks):
            team, size = (left, 1) if among.plain else _team(gains.values, left, eps, among)
            for _ in range(size):
                pick = _best(gains.values, team, eps)
                found[pick], left[pick], team[pick] = gains.values[pick], False, False
                picks.append(pick)
                if left.any():
                    gains.pick(pick)
            advance(1)
    found[left] = gains.values[left]
    rest = np.argsort(among.rank(found, left, eps))[: int(left.sum())]
    return Path(np.r_[picks, rest].astype(np.intp), found)


def _team(values: np.ndarray, left: np.ndarray, eps: float, among: Choices) -> tuple[np.ndarray, int]:
    """The candidates of the best group, as a mask, and how many they are."""
    kept = left & among.kept
    free = kept if kept.any() else left
    has_left = np.bincount(among.group, free) > 0
    team = among.group == _best(among.means(values, free), has_left, eps)
    return team, int(team.sum())


def _best(values: np.ndarray, left: np.ndarray, eps: float) -> int:
    among = np.where(left, values, -np.inf)
    best = among.max()
    return int(np.argmax(among >= best - _ULPS * eps * abs(best)))
