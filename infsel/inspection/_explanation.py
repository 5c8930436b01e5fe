"""Why one feature ranks where it does."""

from typing import Any, Self

import numpy as np
from sklearn.utils.validation import check_is_fitted

from infsel.inspection._axes import panels
from infsel.inspection._labels import PLAIN, label_rows, names_of, plain
from infsel.inspection._style import BLUE, VERMILION, gray
from infsel.tables import column_number


class ExplanationDisplay:
    """What the score of one feature is made of: the neighbors that reinforce or inhibit it, and the lengths of walks.

    Both are complete accounts of the same score: what walks bring along the last edge from each other feature, and what
    walks of each length bring. Parts that are against the sign of the score inhibit.

    Parameters
    ----------
    name : str
        Name of the feature.
    score : float
    rank : int
    n_features : int
    selected : bool
    relevance : float
        Where walks start at the feature itself: 1 where they start everywhere alike.
    neighbors : dict of str to float
        Share of the score along the edge from each, the largest first.
    others : float
        Share along all other edges.
    own : float
        Share of the start itself.
    hops : dict of str to float
        Share of the score by length of the walks; empty where the propagation is no sum over hops.

    Attributes
    ----------
    axes_ : ndarray of matplotlib Axes of shape (n_panels,)
        Neighbors, then hops if there are walks of several lengths.
    figure_ : matplotlib Figure
    bars_ : list of matplotlib BarContainer
        One for each panel.

    See Also
    --------
    infsel.InfFS.explain : The same as a table.

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from infsel import InfFS
    >>> from infsel.inspection import ExplanationDisplay
    >>> X, _ = load_wine(return_X_y=True, as_frame=True)
    >>> display = ExplanationDisplay.from_estimator(InfFS().fit(X), "proline", n_neighbors=3)
    >>> display.rank, len(display.neighbors), round(sum(display.neighbors.values()) + display.others + display.own, 9)
    (1, 3, 1.0)
    """

    def __init__(
        self,
        *,
        name: str,
        score: float,
        rank: int,
        n_features: int,
        selected: bool,
        relevance: float,
        neighbors: dict[str, float],
        others: float,
        own: float,
        hops: dict[str, float],
    ) -> None:
        self.name = name
        self.score = score
        self.rank = rank
        self.n_features = n_features
        self.selected = selected
        self.relevance = relevance
        self.neighbors = neighbors
        self.others = others
        self.own = own
        self.hops = hops

    @classmethod
    def from_estimator(cls, estimator: Any, feature: str | int, *, n_neighbors: int = 10, ax: Any = None) -> Self:
        """Plot how the score of one feature arises.

        Parameters
        ----------
        estimator : InfFS or AttentionSelector
            Fitted.
        feature : str or int
            A column name, or the number of a column.
        n_neighbors : int >= 1, default=10
            How many of the features that bring most to show.
        ax : matplotlib Axes or array of them, default=None
            Where to draw, one that is divided or one for each panel; None for a new figure.

        Returns
        -------
        display : ExplanationDisplay

        Raises
        ------
        TypeError
            If the selector does not explain.
        ValueError
            If there is no such feature, or it is constant or excluded.
        """
        check_is_fitted(estimator)
        if not hasattr(estimator, "explain"):
            raise TypeError(f"{estimator!r} has no walks to explain scores by: pass an InfFS or AttentionSelector.")
        found = estimator.explain(feature, n_neighbors)
        parts = {part: rows.set_index("name") for part, rows in found.groupby("part", sort=False)}
        shares, start = parts["neighbor"].share, parts["start"].iloc[0]
        number = column_number(feature, {name: j for j, name in enumerate(names_of(estimator))}, "feature")
        display = cls(
            name=str(parts["start"].index[0]),
            score=float(estimator.scores_[number]),
            rank=int(estimator.ranking_[number]),
            n_features=estimator.n_features_in_,
            selected=bool(estimator.support_[number]),
            relevance=float(start.value),
            neighbors={str(name): float(share) for name, share in shares.iloc[:-1].items()},
            others=float(shares.iloc[-1]),
            own=float(start.share),
            hops={} if "hop" not in parts else {str(k): float(share) for k, share in parts["hop"].share.items()},
        )
        return display.plot(ax)

    def plot(self, ax: Any = None) -> Self:
        """Draw the shares as bars.

        Parameters
        ----------
        ax : matplotlib Axes or array of them, default=None
            Where to draw; None for a new figure.

        Returns
        -------
        display : ExplanationDisplay
            Itself.
        """
        n_panels = 1 + (len(self.hops) > 1)
        rows = max(len(self.neighbors) + bool(self.own), len(self.hops), 3)
        self.axes_ = panels(ax, 1, n_panels, figsize=(4.8 * n_panels, 1.7 + 0.25 * rows))[0]
        self.figure_ = self.axes_[0].figure
        own = {"own relevance": self.own} if self.own else {}
        label = "share of the score, by the column that brings it"
        if n_others := self.n_features - len(self.neighbors):
            label += f"\n({n_others:,} other columns: {self.others:.1%})"
        self.bars_ = [self._bars(self.axes_[0], own | self.neighbors, label)]
        if n_panels > 1:
            self.bars_.append(self._bars(self.axes_[1], self.hops, "share of the score,\nby the number of hops"))
        self._legend()
        state = "selected" if self.selected else "not selected"
        title = f"{plain(self.name, 40)}: rank {self.rank:,} of {self.n_features:,}, {state}"
        below = f"score {self.score:.3g}, start {self.relevance:.3g}"
        self.axes_[0].set_title(f"{title}\n{below}", loc="left", fontsize="medium", **PLAIN)
        return self

    def _bars(self, ax: Any, shares: dict[str, float], label: str) -> Any:
        values = np.array(list(shares.values()))
        places = np.arange(len(values), dtype=float)
        bars = ax.barh(places, values, height=0.7, color=[BLUE if value >= 0 else VERMILION for value in values])
        ax.axvline(0, color=gray(ax, 0.8), linewidth=0.8)
        ax.set(ylim=(len(values) - 0.3, -0.7), xlabel=label)
        ax.xaxis.set_major_formatter(_percent())
        ax.locator_params(axis="x", nbins=5)
        label_rows(ax, places, list(shares))
        return bars

    def _legend(self) -> None:
        from matplotlib.patches import Patch

        if min([*self.neighbors.values(), *self.hops.values(), self.own]) < 0:
            handles = [Patch(color=BLUE, label="reinforces"), Patch(color=VERMILION, label="inhibits")]
            self.axes_[-1].legend(handles=handles, loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False)


def _percent() -> Any:
    from matplotlib.ticker import FuncFormatter

    return FuncFormatter(lambda share, _: f"{100 * share:.3g}%")
