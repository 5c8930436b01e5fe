"""Drop the weakest columns, refit, and drop again."""

from __future__ import annotations

import numpy as np

from infsel._runtime.progress import stage
from infsel._runtime.ties import settle_within
from infsel.eliminations import Enough, RowModel
from infsel.greedy._enough import is_settled
from infsel.greedy._rounds import Rounds, share_explained
from infsel.selection import Choices

_TINY = float(np.finfo(np.float64).tiny)
_EPS = 8 * float(np.finfo(np.float64).eps)  # of a mean over a group


def eliminate(model: RowModel, prior: np.ndarray, drop: float, among: Choices, tol: float = 0.0) -> Rounds:
    """The order in which columns are dropped, and the rounds.

    Parameters
    ----------
    model : RowModel
        The model on all columns.
    prior : ndarray of shape (n_features,)
        What the importance of each column is multiplied by, or where it is negative divided: the larger the better,
        and the same number for columns that round-off alone sets apart.
    drop : float in (0, 1)
        Share of the groups that each round drops, one at least.
    among : Choices
        Groups of columns that are dropped together, by their mean importance and their mean prior, and those to drop
        only when no other is left.
    tol : float >= 0, default=0.0
        What a wrong choice may cost, in units of the mean score, where a model may see parts of the samples; 0 lets it
        see all.

    Returns
    -------
    Rounds
    """
    alive, dropped, sizes, explained = np.arange(len(prior)), [], [], []
    with stage("rounds", len(prior)) as advance:  # in columns: a round takes as long as it drops many
        while len(alive):
            if tol > 0:
                model.until(_settled(prior[alive], drop, among, tol))
            importance = model.importance()
            sizes.append(len(alive))
            explained.append(share_explained(model.errors, model.null_errors, model.counts))
            weakest = _weakest(importance, model.resolution, prior[alive], drop, among)
            stays = np.ones(len(alive), dtype=bool)
            stays[weakest] = False
            dropped.append(alive[weakest])
            alive = alive[stays]
            if len(alive):
                among = among.of(np.flatnonzero(stays))
                model.restrict(stays)
            advance(len(weakest))
    order = np.concatenate(dropped)[::-1]
    return Rounds(order, np.array(sizes), *np.transpose(explained))


def _settled(prior: np.ndarray, drop: float, among: Choices, tol: float) -> Enough:
    """Whether more parts would hardly change what a round drops."""
    everything = np.ones(len(prior), dtype=bool)
    by_group = among.means(prior, everything)
    never = np.bincount(among.group, among.kept) > 0

    def enough(shares: np.ndarray, n_parts: int) -> bool:
        goes = np.zeros(len(by_group), dtype=bool)
        goes[among.group[_weakest(shares.sum(axis=0), 0.0, prior, drop, among)]] = True
        scores = np.array([among.means(share, everything) for share in shares]) * by_group
        return is_settled(scores, n_parts, goes, ~goes & ~never, tol)

    return enough


def _weakest(importance: np.ndarray, resolution: float, prior: np.ndarray, drop: float, among: Choices) -> np.ndarray:
    """What a round drops, the weakest first."""
    ascending = _ascending(importance, resolution, prior)
    if among.plain:
        return ascending[: max(1, int(drop * len(ascending)))]
    everything = np.ones(len(prior), dtype=bool)
    means = [among.means(values, everything) for values in (importance, prior)]
    groups = _ascending(means[0], resolution, settle_within(means[1], _EPS * float(prior.max()))[0])
    kept = np.bincount(among.group, among.kept) > 0
    groups = groups if kept.all() else groups[~kept[groups]]  # where only kept ones are left they have an order, too
    # groups go in their order and columns within a group in theirs: a stable sort of the latter by the former
    place = np.full(len(kept), len(kept))
    weakest = groups[: max(1, int(drop * len(groups)))]
    place[weakest] = np.arange(len(weakest))
    by_group = ascending[np.argsort(place[among.group[ascending]], kind="stable")]
    return by_group[: int((place[among.group] < len(kept)).sum())]


def _ascending(importance: np.ndarray, resolution: float, prior: np.ndarray) -> np.ndarray:
    """The order of dropping; where the prior is 0 importance alone decides, and of equals the later one goes."""
    importance = settle_within(importance, resolution)[0]
    return np.lexsort((-np.arange(len(importance)), importance, _weighed(importance, prior)))


def _weighed(importance: np.ndarray, prior: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):  # where the prior is 0, a negative importance becomes minus infinity
        return np.where(importance > 0, importance * prior, importance / np.maximum(prior, _TINY))
