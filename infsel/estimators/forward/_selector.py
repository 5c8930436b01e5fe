"""The one fit of every selector that picks feature after feature."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, Self

import numpy as np

from infsel._runtime.threads import at_most
from infsel._runtime.warning import warn
from infsel.criteria import Candidates, Criterion, Gains, StoppingGains
from infsel.estimators.base._callbacks import CallbackSupportMixin, reported_to_callbacks
from infsel.estimators.base._frames import check_roles
from infsel.estimators.base._outputs import whole
from infsel.estimators.base._parallel import threads
from infsel.estimators.base._ranking import RankingSelector
from infsel.estimators.base._sample_weight import FEWEST, weighed
from infsel.greedy import Path, forward, grow_shrink
from infsel.selection import Choices
from infsel.tables import Table, in_memory, leaders, with_copies
from infsel.targets import read_target


class ForwardSelector(CallbackSupportMixin, RankingSelector):
    """Picks the feature with the largest gain given those picked before it. Subclasses say what a gain is."""

    n_jobs: int | None
    task: str = "auto"
    _reads_dask = True
    _ranks_all = False
    _scores_are_ranks = True

    @abstractmethod
    def _criterion(self) -> Criterion:
        """Check the parameters and resolve them to a criterion."""

    def _fit(self, X: Any, y: Any, sample_weight: Any) -> Self:
        criterion = self._criterion()
        check_roles(X, y)  # also where y is not read
        if criterion.supervised:
            table = self._validated_with_target(X, y, min_samples=FEWEST)
        else:
            table, y = self._validated(X, None, min_samples=FEWEST), None
        among = self._choices()
        table, y = weighed(in_memory(table), y, sample_weight)
        table = table.simplified()
        self.__dict__.pop("task_", None)  # of an earlier fit
        if criterion.supervised:
            y = read_target(y, table.counts, self.task)
            self.task_ = y.task
        with at_most(threads(self.n_jobs)), reported_to_callbacks(self):
            self._pick(criterion, table, y, among)
        return self

    def _pick(self, criterion: Criterion, table: Table, y: Any, among: Choices) -> None:
        shown, k = np.flatnonzero(~among.excluded), self._most(among)
        whole, table, those = table, table.columns(shown), among.of(shown)
        inside, everyone = table.varying(), np.arange(len(shown))
        first = leaders(table.originals(), those.precedence) if criterion.complements else everyone
        if not inside.any():
            raise ValueError("every column of X is constant or excluded: there is nothing to rank.")
        distinct = np.flatnonzero(inside & (first == everyone))
        if not criterion.complements and those.kept.any() and not those.kept[distinct].any():
            raise ValueError("keep names constant columns alone, from which nothing grows: name one that varies.")
        competing = those.of(distinct)
        seeds = np.isin(competing.group, competing.group[competing.kept])
        candidates = Candidates(table.columns(distinct), y, self.task, (whole, shown[distinct]), seeds)
        path, k = self._path(criterion.gains(candidates), k, competing)
        self.gains_, self._steps = np.full((2, len(among.group)), np.nan)
        self.gains_[shown[distinct]], self._steps[shown[distinct]] = path.gains, path.steps
        order = shown[with_copies(distinct[path.order], first, those.group)]
        self._rank_in(order, k)

    def _path(self, gains: Gains, k: int, among: Choices) -> tuple[Path, int]:
        """The picks, and how many groups of them to select at most."""
        if not (isinstance(gains, StoppingGains) and isinstance(self._wish("n_features_to_select"), str)):
            return forward(gains, k, among), k
        path = grow_shrink(gains, k, among)
        n_members = len(np.unique(among.group[~np.isnan(path.steps)]))
        if n_members == 0:
            warn("No column is significantly related to y: the best is selected all the same.")
        return path, max(n_members, 1)

    def to_frame(self) -> Any:
        """The ranking as a tidy table, best feature first.

        Returns
        -------
        ranking : data frame
            One row per feature: ``feature`` (its name), ``score``, ``rank`` (1 is best), ``selected``, ``gain`` (what
            it added when it was picked, or was left to add), and ``step`` (when it was picked: 0 for columns in `keep`,
            then 1, 2, ...; missing where it was not). It is of the library of X, and of pandas where X was no frame.
        """
        return super().to_frame()

    def _told(self) -> dict[str, np.ndarray]:
        return super()._told() | {"gain": self.gains_, "step": whole(self._steps)}

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags
