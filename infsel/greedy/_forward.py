"""Greedy forward selection."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from infsel._runtime.progress import stage
from infsel._runtime.ties import first_of_best, settle_within
from infsel.criteria import Gains
from infsel.selection import Choices


class Path(NamedTuple):
    """Candidates in the order of picking, best first, then those never picked by the gain left to them, and all gains.

    Attributes
    ----------
    order : ndarray of int of shape (n_candidates,)
    gains : ndarray of shape (n_candidates,)
        In the order of the candidates, not of the picks.
    steps : ndarray of shape (n_candidates,)
        The step at which each was picked, 0 for those to keep; NaN for the rest.
    """

    order: np.ndarray
    gains: np.ndarray
    steps: np.ndarray


def forward(gains: Gains, n_picks: int, among: Choices, is_done: Callable[[np.ndarray], bool] | None = None) -> Path:
    """Pick the group of the largest gain `n_picks` times, then order the rest by the gain that is left to them.

    The gain of a group is the mean over its candidates, which are picked one after the other, the largest gain first;
    most groups are of one candidate. Groups to keep come before all others. Gains no farther apart than their
    resolution are equal, among the picks and among the rest, and the group of the lower number comes first. Where
    `is_done` says so of the mask of candidates left, picking ends.
    """
    found = np.array(gains.values, dtype=np.float64)
    left, picks = np.ones(len(found), dtype=bool), []
    n_picks, steps = min(n_picks, among.n_groups), np.full(len(found), np.nan)
    with stage("picks", n_picks) as advance:
        for number in range(n_picks):
            if is_done is not None and number >= among.n_kept and is_done(left):
                break
            team, size = (left, 1) if among.plain else _team(gains, left, among)
            for _ in range(size):
                pick = first_of_best(gains.values, team, gains.resolution)
                found[pick], left[pick], team[pick] = gains.values[pick], False, False
                picks.append(pick)
                steps[pick] = 0 if among.kept[pick] else number + 1 - among.n_kept
                if left.any():
                    gains.pick(pick)
            advance(1)
    rest = np.flatnonzero(left)
    if len(rest):
        found[rest] = settle_within(gains.values[rest], _each(gains)[rest])[0]
        rest = rest[_falling(found, gains, left, among)]
    return Path(np.r_[picks, rest].astype(np.intp), found, steps)


def _team(gains: Gains, left: np.ndarray, among: Choices) -> tuple[np.ndarray, int]:
    """The candidates of the best group, as a mask, and how many they are."""
    kept = left & among.kept
    free = kept if kept.any() else left
    has_left = np.bincount(among.group, free) > 0
    best = first_of_best(among.means(gains.values, free), has_left, among.means(_each(gains), free))
    team = among.group == best
    return team, int(team.sum())


def _falling(found: np.ndarray, gains: Gains, left: np.ndarray, among: Choices) -> np.ndarray:
    """The order of what is left: groups by their mean, then by their number, and within a group by the gain."""
    means, _ = settle_within(among.means(found, left), among.means(_each(gains), left))
    group = among.group[left]
    return np.lexsort((-found[left], group, -means[group]))


def _each(gains: Gains) -> np.ndarray:
    """The resolution of every gain."""
    return np.broadcast_to(gains.resolution, len(gains.values))
