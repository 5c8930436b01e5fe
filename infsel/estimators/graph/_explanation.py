"""How scores arise: by hops, and for one feature as a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from infsel._runtime.ranges import Count, check
from infsel._runtime.threads import at_most
from infsel.estimators.base._outputs import as_frame, as_labeled_frame
from infsel.estimators.base._parallel import threads
from infsel.estimators.graph._result_attributes import ResultAttributes
from infsel.propagations import Flow
from infsel.tables import Table, as_table, column_number, group_of_each
from infsel.walks import Depths, collapse, group_flow, reasons

T = TypeVar("T")
_CANCELED = 1e-12  # of what a sum is made of: the rest is round-off


class Explainable(ResultAttributes):
    """What a fitted selector says about its scores beyond their values."""

    n_jobs: int | None
    scores_: np.ndarray
    _library: str | None

    @property
    def support_(self) -> np.ndarray:
        """Which features are selected."""
        raise NotImplementedError

    @property
    def hop_profile_(self) -> np.ndarray:
        """Share of the scores that walks of 1, 2, ..., at most 1,000 hops bring; longer ones bring the rest to 1."""
        return self._of_hops(lambda: self._flow().hop_profile())

    @property
    def effective_hops_(self) -> float:
        """Mean length of the walks behind the scores, over walks of every length."""
        return self._of_hops(lambda: self._flow().mean_hops())

    @property
    def saturation_depth_(self) -> int:
        """Length of walks from which on longer ones no longer change the ranking; 1 if a single hop ranks the same."""
        return self._of_hops(lambda: self._depths().saturation())

    @property
    def hop_gain_(self) -> float:
        """What longer walks change: 1 - Kendall's tau between the ranking by single hops and the ranking by all.

        It is 0 where a single hop ranks the same.
        """
        return self._of_hops(lambda: self._depths().gain())

    def hop_path(self, p: float = 0.9) -> Any:
        """Compare the ranking by walks of limited length with the final one, from the basis of the one fit.

        Parameters
        ----------
        p : float in (0, 1), default=0.9
            Persistence of `infsel.comparison.rank_biased_overlap`.

        Returns
        -------
        path : data frame of the library of X
            One row for each of about 25 depths from 1 to `saturation_depth_`, evenly on a logarithmic axis: ``n_hops``
            (the depth), ``share`` (of the scores, brought by walks of at most that length), ``kendall``, ``spearman``,
            ``weighted_kendall``, ``rank_biased_overlap``, and ``top_k_overlap`` with k the number of selected features.
            Only features that vary are ranked.

        See Also
        --------
        infsel.inspection.HopPathDisplay : The path as a plot.

        Examples
        --------
        >>> from sklearn.datasets import load_wine
        >>> from infsel import InfFS
        >>> fitted = InfFS().fit(load_wine().data)
        >>> fitted.hop_path().kendall.round(2).tolist(), fitted.saturation_depth_
        ([0.9, 0.95, 1.0], 3)
        """
        depths = self._of_hops(self._depths)
        k = max(1, int(np.count_nonzero(self.support_[self._fitted().inside])))
        return as_frame(depths.path(k, p), self._library)

    def anisotropy_path(self, X: Any, n_hops: int = 10) -> np.ndarray:
        """Say how alike features become as they gather from each other, hop by hop: a monitor of over-smoothing.

        Each hop replaces the standardized columns Z by what the graph lets them gather, A Z. The anisotropy is the mean
        cosine between different rows. Near 1 all features hold the same, and more hops only blur what tells them apart.

        Parameters
        ----------
        X : array-like or data frame of shape (n_samples, n_features)
            The table of the fit, or other samples of its columns; no sparse matrix.
        n_hops : int >= 1, default=10
            How many hops to take; each costs as much as n_samples products with the graph.

        Returns
        -------
        anisotropies : ndarray of shape (n_hops + 1,)
            After 0, 1, ..., n_hops hops, each from -1 / (n - 1) to 1 for a graph of n features.

        Raises
        ------
        ValueError
            If X does not have the columns of the fit, is sparse, or holds what is no finite number.
        AttributeError
            If the selector comes from a pickle, which does not keep the graph.

        References
        ----------
        Ethayarajh (2019). How Contextual are Contextualized Word Representations? EMNLP.

        Examples
        --------
        >>> from sklearn.datasets import load_wine
        >>> from infsel import AttentionSelector
        >>> X, _ = load_wine(return_X_y=True)
        >>> AttentionSelector(temperature="auto").fit(X).anisotropy_path(X, n_hops=4).round(2).tolist()
        [0.08, 0.3, 0.5, 0.68, 0.8]
        """
        graph = self.graph_
        check("n_hops", n_hops, Count())
        table = self._validated(X, None, reset=False).columns(np.flatnonzero(self._fitted().inside))
        table.require_dense("anisotropy_path")
        with at_most(threads(self.n_jobs)):
            return collapse(graph, table.unit_columns(), n_hops)

    def _flow(self) -> Flow:
        """The walks of the first direction; against it they are as many."""
        return self._fitted().flows[0]

    def _depths(self) -> Depths:
        result = self._fitted()
        if not result.additive:
            raise ValueError("the readout is no sum of walks, so walks of limited length have no ranking of their own.")
        return Depths(result.flows, result.eps)

    def _of_hops(self, read: Callable[[], T]) -> T:
        """What hops alone can say, or an AttributeError where the propagation is no sum over them."""
        self._fitted()
        try:
            return read()
        except ValueError as error:
            raise AttributeError(str(error)) from error

    def explain(self, feature: str | int, n_neighbors: int = 5) -> Any:
        """Say how the score of one feature arises.

        Parameters
        ----------
        feature : str or int
            A column name, or the number of a column.
        n_neighbors : int, default=5
            How many of the features that bring most to list.

        Returns
        -------
        explanation : data frame of the library of X
            One row per reason: ``part`` is "start" (where walks start: the feature's own relevance), "neighbor" (what
            the walks bring along the edge from another feature, all edges summing to the score), or "hop" (what walks
            of that length bring); ``name``, ``value`` in units of the score, and ``share`` of it.

        Raises
        ------
        ValueError
            If there is no such feature, or it is constant or excluded and so outside the graph.
        AttributeError
            If the selector comes from a pickle, which does not keep the graph.
        """
        self._fitted()
        number, node = self._node(feature)
        result, names = self._fitted(), self._names()
        with at_most(threads(self.n_jobs)):
            rows = reasons(result, self.graph_, node, self.scores_[number], names[result.inside], n_neighbors)
        columns = map(np.array, zip(*rows, strict=True))
        return as_frame(dict(zip(("part", "name", "value", "share"), columns, strict=True)), self._library)

    def group_flow(self, groups: Any) -> Any:
        """Say what the scores of each group of columns owe to each group.

        Parameters
        ----------
        groups : mapping or sequence
            A mapping of labels to columns, by name or number; a mapping of columns to labels; or one label for each
            column. Each column of the graph has one group.

        Returns
        -------
        flow : data frame of the library of X
            One row for each group, whose scores they are, and one column for each group in which walks start: shares of
            what all walks bring, which sum to 1. What lies off the diagonal crosses between groups.

        Raises
        ------
        ValueError
            If a column is not there, has no group or two, all have the same, or the scores sum to 0.
        AttributeError
            If the selector comes from a pickle, which does not keep the graph.

        See Also
        --------
        infsel.studies.group_coupling : Whether as much crosses by chance.

        Examples
        --------
        >>> from sklearn.datasets import load_wine
        >>> from infsel import InfFS
        >>> from infsel.affinities import SquaredCorrelation
        >>> fitted = InfFS(affinity=SquaredCorrelation(debiased=False)).fit(load_wine().data)
        >>> fitted.group_flow(["acid"] * 5 + ["phenol"] * 8).round(2).to_numpy().tolist()
        [[0.04, 0.15], [0.15, 0.67]]
        """
        result, graph, names = self._fitted(), self.graph_, self._names()
        if result.flows[0].rule.of_gramian:
            raise ValueError("propagation='singular' squares what walks bring: its scores are no sum over groups.")
        columns = as_table(np.empty((1, len(names))), names=names)  # they have names and numbers alone
        group, labels = group_of_each(groups, np.flatnonzero(result.inside), columns)
        with at_most(threads(self.n_jobs)):
            flow = group_flow(result, graph, group[:, np.newaxis] == np.arange(len(labels)))
        if flow.min() < -_CANCELED * np.abs(flow).sum() or abs(flow.sum()) <= _CANCELED * np.abs(flow).sum():
            raise ValueError(
                "walks of both signs cancel, so that groups have no shares of the scores: take an affinity without "
                "negative entries, such as SquaredCorrelation(debiased='cut')."
            )
        return as_labeled_frame(flow / flow.sum(), labels, labels, self._library, ("to", "from"))

    def _node(self, feature: str | int) -> tuple[int, int]:
        """The number of a feature among all columns and among those inside the graph."""
        numbers = {name: number for number, name in enumerate(self._names())}
        number, inside = column_number(feature, numbers, "feature"), self._fitted().inside
        if not inside[number]:
            raise ValueError(f"feature {feature!r} is constant or excluded: it has no place in the graph.")
        return number, int(np.count_nonzero(inside[:number]))

    def _names(self) -> np.ndarray:
        raise NotImplementedError

    def _validated(self, X: Any, y: Any, *, reset: bool = True, min_samples: int = 2) -> Table:
        raise NotImplementedError
