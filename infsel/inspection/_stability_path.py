"""How often features are selected, along a regularizing parameter."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from sklearn.utils.validation import check_is_fitted

from infsel.inspection._axes import axes_or_new
from infsel.inspection._labels import PLAIN, label_rows, label_side, names_of, plain
from infsel.inspection._style import BLUE, LINES, gray

_MOST_LABELS = 12  # of lines
_MOST_NAMES = 40  # below points
_MANY = 500


class StabilityPathDisplay:
    """Share of the fits on halves of the samples that select each feature.

    Along a path each feature is a line, in color if it is selected, of which the 12 most often selected are named; of
    the others the 500 most often selected are lines and all further ones an area. Without a path the features are
    points, the most often selected first, on a logarithmic axis if they are more than 500.

    Parameters
    ----------
    path : ndarray of shape (n_values, n_features)
        Share of the fits that select each feature.
    values : sequence of length n_values, default=None
        Values of the parameter; None without a path.
    param_name : str, default=None
        Its name.
    threshold : float
        Share from which on a feature is selected.
    names : sequence of str of length n_features
        Names of the features.

    Attributes
    ----------
    ax_ : matplotlib Axes
    figure_ : matplotlib Figure
    lines_ : list of matplotlib Line2D
        One for each of at most 500 selected features, most often selected first; without a path the points of those
        selected, and those of the others.
    others_ : matplotlib LineCollection or None
        Lines of the others along a path, most often selected first.

    See Also
    --------
    infsel.StabilitySelector : Where the shares come from.

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from sklearn.feature_selection import SelectKBest
    >>> from infsel import StabilitySelector
    >>> from infsel.inspection import StabilityPathDisplay
    >>> X, y = load_wine(return_X_y=True)
    >>> stability = StabilitySelector(
    ...     SelectKBest(), n_pairs=10, param_name="k", param_range=[1, 2, 4], random_state=0
    ... )
    >>> StabilityPathDisplay.from_estimator(stability.fit(X, y)).path.shape
    (3, 13)
    """

    def __init__(
        self,
        *,
        path: np.ndarray,
        threshold: float,
        names: Sequence[str],
        values: Sequence[Any] | None = None,
        param_name: str | None = None,
    ) -> None:
        self.path = path
        self.threshold = threshold
        self.names = names
        self.values = values
        self.param_name = param_name

    @classmethod
    def from_estimator(cls, estimator: Any, *, ax: Any = None) -> Self:
        """Plot the path of a fitted `StabilitySelector`.

        Parameters
        ----------
        estimator : StabilitySelector
            Fitted.
        ax : matplotlib Axes, default=None
            Where to draw; None for a new figure.

        Returns
        -------
        display : StabilityPathDisplay
        """
        check_is_fitted(estimator)
        display = cls(
            path=estimator.stability_path_,
            threshold=estimator.threshold_,
            names=list(names_of(estimator)),
            values=None if estimator.param_range is None else list(estimator.param_range),
            param_name=estimator.param_name,
        )
        return display.plot(ax)

    def plot(self, ax: Any = None) -> Self:
        """Draw the shares and the threshold.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Where to draw; None for a new figure.

        Returns
        -------
        display : StabilityPathDisplay
            Itself.
        """
        self.ax_ = axes_or_new(ax)
        self.figure_ = self.ax_.figure
        shares = self.path.max(axis=0)
        self._order = np.argsort(-shares, kind="stable")
        n_selected = int(np.count_nonzero(shares >= self.threshold))
        self.ax_.set(ylim=(-0.03, 1.03), ylabel="share of the fits that select it")
        if self.values is None:
            self._draw_features(shares, n_selected)
        else:
            self._draw_lines(self.values, n_selected)
        self.ax_.axhline(self.threshold, color=gray(self.ax_, 0.7), linestyle=":", zorder=0)
        title = f"{n_selected:,} of {len(shares):,} features reach {self.threshold:.4g}"
        self.ax_.set_title(title, loc="left", fontsize="medium")
        return self

    def _draw_features(self, shares: np.ndarray, n_selected: int) -> None:
        """One point a feature by its place; names where they fit."""
        n, sorted_shares = len(shares), shares[self._order]
        self.others_, places = None, np.arange(1, n + 1)
        colors = {"selected": BLUE, "others": gray(self.ax_, 0.5)}
        self.lines_ = [
            self.ax_.plot(places[part], sorted_shares[part], ".", color=color, rasterized=n > _MANY)[0]
            for part, color in zip((slice(n_selected), slice(n_selected, n)), colors.values(), strict=True)
        ]
        self.ax_.set(xlim=(0, n + 1), xlabel="features, most often selected first")
        if n <= _MOST_NAMES:
            label_rows(self.ax_, places, [self.names[j] for j in self._order], axis="x")
        elif n > _MANY:
            self.ax_.set(xscale="log", xlim=(0.9, 1.1 * n))
            self.ax_.xaxis.set_major_formatter("{x:,g}")

    def _draw_lines(self, values: Sequence[Any], n_selected: int) -> None:
        """Named lines in color for what is selected, gray ones for the others, of which the last are an area."""
        places = self._places(values)
        chosen, others = np.split(self._order, [n_selected])
        self.others_ = self._draw_others(places, others)
        styles = [LINES[place % len(LINES)] for place in range(len(chosen))]
        self.lines_ = [
            self.ax_.plot(places, self.path[:, j], marker=".", zorder=2, **style)[0]
            for j, style in zip(chosen[:_MANY], styles, strict=False)
        ]
        self.ax_.set_xlim(self.ax_.get_xlim())
        named = chosen[:_MOST_LABELS]
        texts = [plain(self.names[j]) for j in named]
        heights, colors = self.path[-1, named], [style["color"] for style in styles[: len(named)]]
        if n_selected > len(named):
            texts, heights = [*texts, f"and {n_selected - len(named):,} more"], np.append(heights, heights.min())
            colors.append("none")
        if texts:
            label_side(self.ax_, heights, texts, colors)

    def _places(self, values: Sequence[Any]) -> Any:
        self.ax_.set_xlabel(self.param_name, **PLAIN)
        if all(isinstance(value, int | float | np.number) for value in values):
            return values
        self.ax_.set_xticks(range(len(values)), [plain(value) for value in values], **PLAIN)
        return range(len(values))

    def _draw_others(self, places: Any, others: np.ndarray) -> Any:
        from matplotlib.collections import LineCollection

        drawn, rest = np.split(others, [_MANY])
        if len(rest):  # below all that is drawn, at most as high as the highest of them
            top = self.path[:, rest].max(axis=1)
            self.ax_.fill_between(places, 0, top, color=gray(self.ax_, 0.2), linewidth=0, zorder=0)
        segments = [np.column_stack([places, self.path[:, j]]) for j in drawn]
        lines = LineCollection(segments, colors=[gray(self.ax_, 0.3)], linewidths=0.8, rasterized=True, zorder=1)
        self.ax_.add_collection(lines)
        self.ax_.autoscale_view(scaley=False)
        return lines
