"""How scores arise: by hops, and for one feature as a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from sklearn.utils.validation import check_is_fitted

from infsel._runtime.threads import at_most
from infsel.comparison import MEASURES
from infsel.estimators.base._column_choices import column_number
from infsel.estimators.base._parameters import check_jobs
from infsel.estimators.graph._depths import Depths
from infsel.operators import FeatureOperator
from infsel.propagations import Flow

if TYPE_CHECKING:
    import pandas as pd

_MOST_HOPS = 10
T = TypeVar("T")


class Explainable:
    """What a fitted selector says about its scores beyond their values."""

    n_jobs: int | None
    scores_: np.ndarray
    _flows: list[Flow]
    _inside: np.ndarray
    _eps: float

    @property
    def support_(self) -> np.ndarray:
        """Which features are selected."""
        raise NotImplementedError

    @property
    def graph_(self) -> FeatureOperator:
        """The graph that the walks go through."""
        raise NotImplementedError

    @property
    def hop_profile_(self) -> np.ndarray:
        """Share of the scores that walks of 1, 2, ..., at most 1,000 hops bring; longer ones bring the rest to 1."""
        check_is_fitted(self)
        return self._of_hops(self._flows[0].hop_profile)  # against the direction of the graph the walks are as many

    @property
    def effective_hops_(self) -> float:
        """Mean length of the walks behind the scores, over walks of every length."""
        check_is_fitted(self)
        return self._of_hops(lambda: self._flows[0].mean_hops())

    @property
    def saturation_depth_(self) -> int:
        """Length of walks from which on longer ones no longer change the ranking; 1 if a single hop ranks the same."""
        check_is_fitted(self)
        return self._of_hops(lambda: Depths(self._flows, self._eps).saturation())

    def hop_path(self, p: float = 0.9) -> pd.DataFrame:
        """Compare the ranking by walks of limited length with the final one, from the basis of the one fit.

        Parameters
        ----------
        p : float in (0, 1), default=0.9
            Persistence of `infsel.comparison.rank_biased_overlap`.

        Returns
        -------
        path : pandas.DataFrame
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
        import pandas as pd

        check_is_fitted(self)
        depths = self._of_hops(lambda: Depths(self._flows, self._eps))
        last = depths.saturation()
        k = max(1, int(np.count_nonzero(self.support_[self._inside])))
        parameters: dict[str, dict[str, float]] = {"rank-biased-overlap": {"p": p}, "top-k-overlap": {"k": k}}
        final, n_hops = depths.ranking(last), depths.spaced(last)
        rows = [
            {name.replace("-", "_"): of(ranking, final, **parameters.get(name, {})) for name, of in MEASURES.items()}
            for ranking in map(depths.ranking, n_hops)
        ]
        share = self._flows[0].share_within(last)[n_hops - 1]
        return pd.DataFrame({"n_hops": n_hops, "share": share}).join(pd.DataFrame(rows))

    def _of_hops(self, read: Callable[[], T]) -> T:
        """What hops alone can say, or an AttributeError where the propagation is no sum over them."""
        try:
            return read()
        except ValueError as error:
            raise AttributeError(str(error)) from error

    def explain(self, feature: str | int, n_neighbors: int = 5) -> pd.DataFrame:
        """Say how the score of one feature arises.

        Parameters
        ----------
        feature : str or int
            A column name, or the number of a column.
        n_neighbors : int, default=5
            How many of the features that bring most to list.

        Returns
        -------
        explanation : pandas.DataFrame
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
        check_is_fitted(self)
        number = self._number(feature)
        if not self._inside[number]:
            raise ValueError(f"feature {feature!r} is constant or excluded: it has no place in the graph.")
        node = int(np.count_nonzero(self._inside[:number]))
        names = self._names()[self._inside]
        with at_most(check_jobs(self.n_jobs)):
            return _table(self.graph_, self._flows, node, self.scores_[number], names, n_neighbors)

    def _number(self, feature: str | int) -> int:
        numbers = {name: number for number, name in enumerate(self._names())}
        return column_number(feature, numbers, "feature")

    def _names(self) -> np.ndarray:
        raise NotImplementedError


def _table(
    graph: FeatureOperator, flows: list[Flow], node: int, score: float, names: np.ndarray, n_neighbors: int
) -> pd.DataFrame:
    """The reasons for one score: where it starts, which neighbors bring it, over how many hops."""
    import pandas as pd

    start = sum(flow.basis.start()[node] for flow in flows) / len(flows)
    own = sum(flow.own()[node] for flow in flows)
    brought = sum(_edges(graph, flow, node) * flow.inflow() for flow in flows)
    raw = own + brought.sum()
    brought = brought * (score / raw if raw else 0)  # the scale, and the sign of an absolute value
    rows = [("start", names[node], start, own / raw if raw else 0)]
    strongest = np.argsort(-np.abs(brought), kind="stable")[:n_neighbors]
    rows += [("neighbor", names[j], brought[j], brought[j] / score if score else 0) for j in strongest]
    rest = brought.sum() - brought[strongest].sum()
    rows.append(("neighbor", "(others)", rest, rest / score if score else 0))
    if score:  # the hops of a score of zero are round-off
        rows += [("hop", name, share * score, share) for name, share in _hops(flows[0], node)]
    return pd.DataFrame(rows, columns=["part", "name", "value", "share"])


def _edges(graph: FeatureOperator, flow: Flow, node: int) -> np.ndarray:
    """The row of the graph, or against its direction the column, that leads to the node's score."""
    if not flow.transposed:
        return graph.rows(np.array([node]))[0]
    unit = np.zeros(graph.shape[0])
    unit[node] = 1
    return graph.matvec(unit)


def _hops(flow: Flow, node: int) -> list[tuple[str, float]]:
    """Shares of the score by length of the walks, the longest together."""
    try:
        shares = flow.hop_profile_of(node)
    except ValueError:  # the propagation is no sum over hops
        return []
    named = [(str(k), float(share)) for k, share in enumerate(shares[:_MOST_HOPS], start=1)]
    longer = (
        float(1 - shares[:_MOST_HOPS].sum()) if len(shares) > _MOST_HOPS else 0.0
    )  # what the profile leaves off, too
    return named + ([(f"more than {_MOST_HOPS}", longer)] if longer else [])
