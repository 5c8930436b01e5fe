"""Grow and shrink: picks for as long as they add something, less those that the others make needless."""

from __future__ import annotations

import numpy as np

from infsel.criteria import StoppingGains
from infsel.greedy._forward import Path, forward
from infsel.selection import Choices


def grow_shrink(gains: StoppingGains, n_picks: int, among: Choices) -> Path:
    """Pick at most `n_picks` groups until nothing adds anything, then drop members that add nothing to the others.

    The least of them goes first, and the rest are tested again without it; groups with a column to keep stay. The path
    has the members first, each worth what it adds to the others, and then all others by what they would add to them.

    References
    ----------
    Margaritis, Thrun (1999). Bayesian Network Induction via Local Neighborhoods. NeurIPS.
    """
    grown = forward(gains, n_picks, among, gains.is_done)
    members = [int(pick) for pick in grown.order[: np.count_nonzero(~np.isnan(grown.steps))]]
    while True:
        worth, needed = _worth(gains, members)
        if needed.all() or not _drop(members, worth, needed, among):
            break
    last = gains.again(members)
    found, steps = np.array(last.values, dtype=np.float64), np.full(len(grown.steps), np.nan)
    found[members], steps[members] = worth, grown.steps[members]
    left = np.ones(len(found), dtype=bool)
    left[members] = False
    rest = np.flatnonzero(left)
    first = np.array(members, dtype=np.intp)[np.lexsort((np.array(members), -worth, ~among.kept[members]))]
    return Path(np.r_[first, rest[np.lexsort((rest, -found[rest]))]].astype(np.intp), found, steps)


def _worth(gains: StoppingGains, members: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """What each member adds to the others, and whether that is something."""
    worth, needed = np.zeros(len(members)), np.ones(len(members), dtype=bool)
    places = list(range(len(members)))
    alone = gains.among(members) if members else gains
    for place in places:
        others = alone.again(places[:place] + places[place + 1 :])
        worth[place], needed[place] = others.values[place], others.is_significant(place, len(members))
    return worth, needed


def _drop(members: list[int], worth: np.ndarray, needed: np.ndarray, among: Choices) -> bool:
    """Take the least of the needless members, with its group, out of them; whether there was one that may go."""
    kept = np.isin(among.group, among.group[among.kept])
    groups = among.group[members]
    free = [place for place in np.flatnonzero(~needed) if not kept[members[place]]]
    # a group stays as long as one of its columns is needed
    free = [place for place in free if not needed[groups == groups[place]].any()]
    if not free:
        return False
    gone = groups[min(free, key=lambda place: worth[place])]
    members[:] = [member for member, group in zip(members, groups, strict=True) if group != gone]
    return True
