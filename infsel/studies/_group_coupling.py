"""Whether more crosses between groups of columns than chance lets cross."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import clone
from sklearn.utils import check_array, check_random_state

from infsel._runtime.progress import stage
from infsel._runtime.ranges import Count, check
from infsel.tables import as_table, group_of_each

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class GroupCoupling:
    """What crosses between groups, and what would by chance.

    Attributes
    ----------
    flow : DataFrame
        Shares of what walks bring, to each group from each, as `InfFS.group_flow` returns them.
    share : float
        What crosses between groups: 1 less the diagonal.
    by_chance : ndarray of shape (n_permutations,)
        The same on tables whose groups know nothing of each other.
    z : float
        How many standard deviations of those `share` lies above their mean; NaN where they do not differ.
    """

    flow: pd.DataFrame
    share: float
    by_chance: np.ndarray

    @property
    def z(self) -> float:
        """The distance from chance."""
        spread = float(np.std(self.by_chance, ddof=1))
        return (self.share - float(np.mean(self.by_chance))) / spread if spread else float("nan")


def group_coupling(
    selector: Any, X: Any, y: Any = None, *, groups: Any, n_permutations: int = 50, random_state: Any = None
) -> GroupCoupling:
    """Measure the share of flow between groups of columns against tables whose groups know nothing of each other.

    In these the rows of each group but the first are interchanged, all columns of a group alike: within groups
    everything stays, and what the groups have in common is gone, as is what the others tell of y. A coupling of few
    columns may well be there and not be seen; a small z is no proof that there is none.

    Parameters
    ----------
    selector : InfFS or AttentionSelector
        It is cloned. Its affinity has to relate columns of different groups and of the same.
    X : array-like or data frame of shape (n_samples, n_features)
    y : array-like, default=None
    groups : mapping or sequence
        As for `InfFS.group_flow`.
    n_permutations : int >= 2, default=50
        How many tables of chance.
    random_state : int, RandomState or None, default=None
        Interchanges rows.

    Returns
    -------
    GroupCoupling

    References
    ----------
    Abnar, Zuidema (2020). Quantifying Attention Flow in Transformers. ACL.

    Examples
    --------
    >>> from infsel import InfFS
    >>> from infsel.affinities import SquaredCorrelation
    >>> rng = np.random.default_rng(0)
    >>> common = rng.standard_normal((40, 1))
    >>> X = rng.standard_normal((40, 8)) + common * ([1, 1, 0, 0] * 2)
    >>> walks = InfFS(affinity=SquaredCorrelation(debiased=False), n_hops=1)
    >>> found = group_coupling(walks, X, groups=["left"] * 4 + ["right"] * 4, random_state=0)
    >>> bool(found.z > 2)
    True
    """
    check("n_permutations", n_permutations, Count(2))
    rng, fitted = check_random_state(random_state), clone(selector).fit(X, y)
    flow = fitted.group_flow(groups)
    names = getattr(fitted, "feature_names_in_", None)
    table = np.array(check_array(X))
    known = as_table(table, names=names)
    group, _ = group_of_each(groups, np.flatnonzero(fitted._fitted().inside), known)
    columns = [np.flatnonzero(fitted._fitted().inside)[group == number] for number in range(1, group.max() + 1)]
    by_chance = np.empty(n_permutations)
    with stage("permutations", n_permutations) as advance:
        for k in range(n_permutations):
            for others in columns:
                table[:, others] = table[rng.permutation(len(table))][:, others]
            by_chance[k] = _crossing(clone(selector).fit(_named(table, names), y).group_flow(groups))
            advance(1)
    return GroupCoupling(flow, _crossing(flow), by_chance)


def _crossing(flow: pd.DataFrame) -> float:
    return float(1 - np.trace(flow.to_numpy()))


def _named(table: np.ndarray, names: np.ndarray | None) -> Any:
    """The numbers as what the selector was given: with the names that a graph may ask for."""
    import pandas as pd

    return table if names is None else pd.DataFrame(table, columns=names)
