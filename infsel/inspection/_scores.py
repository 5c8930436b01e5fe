"""The best features with their scores, and all others as one row."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from scipy.stats import rankdata
from sklearn.pipeline import Pipeline
from sklearn.utils.validation import check_is_fitted

from infsel.estimators.meta._importances import importances_of, ranks_of
from infsel.estimators.search._search import SelectorSearchCV
from infsel.inspection._axes import axes_or_new
from infsel.inspection._labels import label_rows, names_of
from infsel.inspection._style import BLUE, VERMILION, gray
from infsel.selection import rank

_SHOWN = 30


class ScoreDisplay:
    """Scores of the best features as bars, those selected in color, and a summary of all others.

    Parameters
    ----------
    scores : ndarray of shape (n_features,)
        Score of each feature; NaN draws nothing.
    ranking : ndarray of int of shape (n_features,)
        Rank of each feature, 1 is best.
    support : ndarray of bool of shape (n_features,)
        Which features are selected.
    names : sequence of str of length n_features
        Names of the features.
    intervals : ndarray of shape (2, n_features), default=None
        Ends of a line across each bar, such as the least and the largest score over folds.
    interval_label : str, default="range over folds"
        What the lines are.
    frequencies : ndarray of shape (n_features,), default=None
        Share of repeated fits that select each feature, from 0 to 1.
    label : str, default="score"
        What the scores are.

    Attributes
    ----------
    ax_ : matplotlib Axes
    figure_ : matplotlib Figure
    shown_ : ndarray of int
        Numbers of the features with a bar, best first.
    bars_ : matplotlib BarContainer
    intervals_ : matplotlib LineCollection or None
    rest_ : list of matplotlib artists
        The summary of all others: from the least to the largest score, the middle half, the median. Empty without any.

    See Also
    --------
    StabilityPathDisplay : How often features are selected, by itself.

    Examples
    --------
    >>> from sklearn.datasets import load_breast_cancer
    >>> from infsel import InfFS
    >>> from infsel.inspection import ScoreDisplay
    >>> X, _ = load_breast_cancer(return_X_y=True, as_frame=True)
    >>> display = ScoreDisplay.from_estimator(InfFS(n_features_to_select=5).fit(X), n_features=10)
    >>> display.names[display.shown_[0]], len(display.bars_), len(display.rest_)
    ('worst area', 10, 3)
    """

    def __init__(
        self,
        *,
        scores: np.ndarray,
        ranking: np.ndarray,
        support: np.ndarray,
        names: Sequence[str],
        intervals: np.ndarray | None = None,
        interval_label: str = "range over folds",
        frequencies: np.ndarray | None = None,
        label: str = "score",
    ) -> None:
        self.scores = scores
        self.ranking = ranking
        self.support = support
        self.names = names
        self.intervals = intervals
        self.interval_label = interval_label
        self.frequencies = frequencies
        self.label = label

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        *,
        folds: Sequence[Any] | None = None,
        stability: Any = None,
        n_features: int = _SHOWN,
        ax: Any = None,
    ) -> Self:
        """Plot the scores of a fitted selector.

        Parameters
        ----------
        estimator : estimator
            A fitted selector, of this package or of scikit-learn, a search for one, or a Pipeline that ends with one
            and keeps the columns until there. Of `RecursiveElimination` the `importances_` are shown, because its
            scores are ranks.
        folds : sequence of estimator, default=None
            The same fitted on other rows, such as the training sets of a cross-validation, whose least and largest
            scores are shown. None for the standard errors of scores that are estimates.
        stability : StabilitySelector, default=None
            Fitted on the same columns: how often each was selected stands beside it.
        n_features : int >= 1, default=30
            How many of the best features have a bar.
        ax : matplotlib Axes, default=None
            Where to draw; None for a new figure.

        Returns
        -------
        display : ScoreDisplay

        Raises
        ------
        TypeError
            If the selector holds no scores.
        ValueError
            If `folds` or `stability` know other columns.
        """
        check_is_fitted(estimator)
        ranker, n = _ranker(estimator), estimator.n_features_in_
        label, scores = _scores(ranker, n)
        ranks = ranks_of(type(ranker).__name__, ranker, n)
        intervals, interval_label = _intervals(ranker, scores, folds)
        display = cls(
            scores=scores,
            ranking=rank(-ranks, np.isfinite(ranks)),
            support=estimator[-1].get_support() if isinstance(estimator, Pipeline) else estimator.get_support(),
            names=list(names_of(estimator)),
            intervals=intervals,
            interval_label=interval_label,
            frequencies=None if stability is None else _of_all("stability", stability.scores_, n),
            label=label,
        )
        return display.plot(ax, n_features=n_features)

    def plot(self, ax: Any = None, *, n_features: int = _SHOWN) -> Self:
        """Draw the bars.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Where to draw; None for a new figure.
        n_features : int >= 1, default=30
            How many of the best features have a bar; a single one beyond gets its own, too.

        Returns
        -------
        display : ScoreDisplay
            Itself.
        """
        order = np.argsort(self.ranking, kind="stable")
        n_shown = len(order) if len(order) <= n_features + 1 else n_features
        self.shown_, rest = np.split(order, [n_shown])
        self.ax_ = axes_or_new(ax, 1.2 + 0.2 * (n_shown + 2 * (len(rest) > 0)))
        self.figure_ = self.ax_.figure
        places = np.arange(n_shown, dtype=float)
        self._draw_bars(places)
        self._draw_intervals(places)
        self._draw_frequencies(places)
        labels = [str(self.names[j]) for j in self.shown_]
        self.rest_: list[Any] = []
        if len(rest):
            places = np.append(places, n_shown + 0.5)
            labels.append(self._draw_rest(rest, places[-1]))
        self.ax_.set(ylim=(places[-1] + 0.8, -0.8), xlabel=self.label)
        self.ax_.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=3, frameon=False, borderaxespad=0.2)
        label_rows(self.ax_, places, labels)
        return self

    def _draw_bars(self, places: np.ndarray) -> None:
        selected = self.support[self.shown_]
        colors = [BLUE if each else gray(self.ax_, 0.45) for each in selected]
        seen: set[bool] = set()
        labels = []
        for each in selected.tolist():  # a label that begins with _ has no entry in the legend
            labels.append("_" if each in seen else "selected" if each else "not selected")
            seen.add(each)
        widths = np.nan_to_num(self.scores[self.shown_], posinf=_largest(self.scores))
        self.bars_ = self.ax_.barh(places, widths, height=0.7, color=colors, label=labels)

    def _draw_intervals(self, places: np.ndarray) -> None:
        self.intervals_ = None
        if self.intervals is not None:
            low, high = self.intervals[:, self.shown_]
            self.intervals_ = self.ax_.hlines(
                places, low, high, color=gray(self.ax_, 1), linewidth=1.5, label=self.interval_label
            )

    def _draw_frequencies(self, places: np.ndarray) -> None:
        if self.frequencies is None:
            return
        beside = {"transform": self.ax_.get_yaxis_transform(), "va": "center", "fontsize": "small"}
        self.ax_.text(1.01, 1, "selected in", transform=self.ax_.transAxes, va="bottom", fontsize="small")
        for place, share in zip(places, self.frequencies[self.shown_], strict=True):
            self.ax_.text(1.01, place, f"{share:.0%} of fits", **beside)

    def _draw_rest(self, rest: np.ndarray, place: float) -> str:
        """Draw the summary of the others; returns what it is called."""
        scores = self.scores[rest]
        scores = scores[np.isfinite(scores)]
        if len(scores):
            low, first, middle, third, high = np.quantile(scores, [0, 0.25, 0.5, 0.75, 1])
            color = gray(self.ax_, 0.7)
            self.rest_ = [
                self.ax_.hlines(place, low, high, color=color, linewidth=1.5),
                self.ax_.hlines(place, first, third, color=color, linewidth=6),
                self.ax_.plot(middle, place, marker="|", color=VERMILION, markersize=11, markeredgewidth=2)[0],
            ]
        n_selected = np.count_nonzero(self.support[rest])
        return f"{len(rest):,} others" + (f", {n_selected:,} selected" if n_selected else "")


def _ranker(estimator: Any) -> Any:
    """What ranks in a search or a Pipeline."""
    while isinstance(estimator, Pipeline | SelectorSearchCV):
        estimator = estimator[-1] if isinstance(estimator, Pipeline) else estimator.selector_
    return estimator


def _scores(ranker: Any, n_features: int) -> tuple[str, np.ndarray]:
    if hasattr(ranker, "importances_"):
        return "share of the target explained", ranker.importances_
    if (found := importances_of(ranker)) is None and hasattr(ranker, "ranking_"):  # as of RFE
        return "share of the columns that rank no better", rankdata(-ranker.ranking_, method="max") / n_features
    if found is None:
        found = importances_of(getattr(ranker, "estimator_", None))
    if found is None:
        raise TypeError(f"{ranker!r} has no scores_, feature_importances_ or coef_: pass a selector that scores.")
    name, values = found
    return {"coef_": "size of the coefficient", "feature_importances_": "importance"}.get(name, "score"), values


def _intervals(ranker: Any, scores: np.ndarray, folds: Sequence[Any] | None) -> tuple[np.ndarray | None, str]:
    if folds is not None:
        found = [_of_all("folds", _scores(_ranker(fold), fold.n_features_in_)[1], len(scores)) for fold in folds]
        return np.stack([np.min(found, axis=0), np.max(found, axis=0)]), f"range over {len(found)} folds"
    errors = getattr(ranker, "score_errors_", None)
    return (None if errors is None else np.stack([scores - errors, scores + errors])), "± one standard error"


def _of_all(parameter: str, values: np.ndarray, n_features: int) -> np.ndarray:
    if len(values) != n_features:
        raise ValueError(
            f"{parameter} knows {len(values)} columns and the selector {n_features}: fit both on the same."
        )
    return values


def _largest(scores: np.ndarray) -> float:
    """The largest finite score, which an infinite one is drawn as."""
    return float(np.max(scores, where=np.isfinite(scores), initial=0.0))
