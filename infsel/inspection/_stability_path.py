"""How often features are selected, along a regularizing parameter."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from sklearn.utils.validation import check_is_fitted

from infsel.inspection._axes import axes_or_new, scale_counts
from infsel.inspection._labels import PLAIN, label_rows, label_side, names_of, plain
from infsel.inspection._style import BLUE, LINES, gray

_MOST_LABELS = 12  # of lines
_MOST_NAMES = 40  # of rows
_MANY, _WIDE = 500, 20
_LIMITS, _SHARE = (-0.03, 1.03), "share of the fits that select it"


class StabilityPathDisplay:
    """Share of the fits on halves of the samples that select each feature.

    Along a path each feature is a line, blue or named and in a color of its own if it is selected; of those without a
    name the 500 most often selected are lines and all further ones an area. Without a path the features are points, the
    most often selected first: at most 40 as named rows, more as a curve.

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
        Along a path one for each of at most 12 selected features, the most often selected first; without a path the
        points of those selected, and those of the others.
    others_ : matplotlib LineCollection or None
        Lines of the next features along a path, most often selected first.

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

        Raises
        ------
        TypeError
            If it is no StabilitySelector.
        """
        check_is_fitted(estimator)
        if not hasattr(estimator, "stability_path_"):
            raise TypeError(f"{estimator!r} has no stability path: pass a fitted StabilitySelector.")
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
        shares = self.path.max(axis=0)
        rows = self.values is None and len(shares) <= _MOST_NAMES
        self.ax_ = axes_or_new(ax, 1.2 + 0.2 * len(shares) if rows else None)
        self.figure_ = self.ax_.figure
        self._order = np.argsort(-shares, kind="stable")
        n_selected = int(np.count_nonzero(shares >= self.threshold))
        if self.values is not None:
            self._draw_lines(self.values, n_selected)
        elif rows:
            self._draw_rows(shares, n_selected)
        else:
            self._draw_curve(shares, n_selected)
        title = f"{n_selected:,} of {len(shares):,} features reach {self.threshold:.4g}"
        self.ax_.set_title(title, loc="left", fontsize="medium")
        return self

    def _draw_rows(self, shares: np.ndarray, n_selected: int) -> None:
        """One named row for each feature."""
        places = np.arange(len(shares), dtype=float)
        self.ax_.set(xlim=(-0.02, 1.02), ylim=(len(places) - 0.4, -0.6), xlabel=_SHARE)
        colors = [BLUE if place < n_selected else gray(self.ax_, 0.5) for place in range(len(places))]
        self.ax_.hlines(places, 0, shares[self._order], color=colors, linewidth=1.5)
        self._draw_points(shares[self._order], places, n_selected, "o")
        self.ax_.axvline(self.threshold, color=gray(self.ax_, 0.7), linestyle=":", zorder=0)
        label_rows(self.ax_, places, [self.names[j] for j in self._order])

    def _draw_curve(self, shares: np.ndarray, n_selected: int) -> None:
        places = np.arange(1, len(shares) + 1)
        self.ax_.set(ylim=_LIMITS, ylabel=_SHARE, xlabel="features, most often selected first")
        self._draw_points(places, shares[self._order], n_selected, ".")
        scale_counts(self.ax_, "x", 1, len(places))
        self._draw_threshold()

    def _draw_points(self, x: np.ndarray, y: np.ndarray, n_selected: int, marker: str) -> None:
        self.others_ = None
        parts = (slice(n_selected), BLUE), (slice(n_selected, None), gray(self.ax_, 0.5))
        self.lines_ = [
            self.ax_.plot(x[part], y[part], marker, color=color, rasterized=len(x) > _MANY)[0] for part, color in parts
        ]

    def _draw_threshold(self) -> None:
        self.ax_.axhline(self.threshold, color=gray(self.ax_, 0.7), linestyle=":", zorder=0)

    def _draw_lines(self, values: Sequence[Any], n_selected: int) -> None:
        """Named lines for what is selected most often, thin ones for the others, of which the last are an area."""
        places = self._places(values)
        self.ax_.set(ylim=_LIMITS, ylabel=_SHARE)
        named, chosen, others = np.split(self._order, [min(n_selected, _MOST_LABELS), n_selected])
        self.others_ = self._draw_others(places, chosen, others)
        styles = LINES[: len(named)]
        self.lines_ = [
            self.ax_.plot(places, self.path[:, j], marker=".", zorder=2, **style)[0]
            for j, style in zip(named, styles, strict=True)
        ]
        self._draw_threshold()
        texts, heights = [plain(self.names[j]) for j in named], self.path[np.argmax(places), named]
        colors = [style["color"] for style in styles]
        if len(chosen):
            texts, heights, colors = [*texts, f"and {len(chosen):,} more"], [*heights, min(heights)], [*colors, "none"]
        if texts:
            label_side(self.ax_, heights, texts, colors)

    def _places(self, values: Sequence[Any]) -> Any:
        """Where the values stand: numbers that are positive and wide apart on a logarithmic axis."""
        self.ax_.set_xlabel(self.param_name, **PLAIN)
        if not all(isinstance(value, int | float | np.number) for value in values):
            self.ax_.set_xticks(range(len(values)), [plain(value) for value in values], **PLAIN)
            return range(len(values))
        if all(isinstance(value, int | np.integer) and value > 0 for value in values):
            scale_counts(self.ax_, "x", min(values), max(values))
        elif min(values) > 0 and max(values) > _WIDE * min(values):
            self.ax_.set_xscale("log")
        return values

    def _draw_others(self, places: Any, chosen: np.ndarray, others: np.ndarray) -> Any:
        from matplotlib.collections import LineCollection
        from matplotlib.colors import to_rgba

        drawn, rest = np.split(np.append(chosen, others), [_MANY])
        if len(rest):  # an area that none of them leaves
            top = self.path[:, rest].max(axis=1)
            self.ax_.fill_between(places, 0, top, color=gray(self.ax_, 0.15), linewidth=0, zorder=0)
        segments = [np.column_stack([places, self.path[:, j]]) for j in drawn]
        colors = [to_rgba(BLUE, 0.4)] * min(len(chosen), _MANY) + [gray(self.ax_, 0.35)] * max(_MANY - len(chosen), 0)
        lines = LineCollection(
            segments, colors=colors[: len(drawn)], linewidths=0.8, rasterized=len(drawn) == _MANY, zorder=1
        )
        self.ax_.add_collection(lines)
        self.ax_.autoscale_view(scaley=False)
        return lines
