"""How well a model predicts from the best k features, for each k."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from scipy.stats import rankdata
from sklearn.utils.validation import check_is_fitted

from infsel.estimators.search._results import choose
from infsel.inspection._axes import axes_or_new, scale_counts
from infsel.inspection._labels import label_side, plain
from infsel.inspection._search_curves import baselines_of, curve_of, metric_of, whole_table
from infsel.inspection._style import BLUE, VERMILION, gray
from infsel.studies import SelectorComparison

_DASHES = ("--", ":", "-.", (0, (1, 3)))
_MARKS: dict[str, tuple[str, str, str | None, int]] = {  # words, marker, color, size: one fits around the other
    "best": ("best", "D", BLUE, 7),
    "1-SE": ("fewest within one standard error", "o", VERMILION, 10),
    "chosen": ("chosen", "s", None, 13),
}


class SelectionCurveDisplay:
    """Performance against the number of features: mean and standard error over splits, the best, the 1-SE choice.

    The 1-SE choice is the fewest features whose mean score is within one standard error of the best (Breiman et al.,
    1984). Baselines, such as all columns or columns drawn at random, are drawn beside.

    Parameters
    ----------
    n_features : ndarray of shape (n_sizes,)
        Numbers of features, increasing.
    scores : ndarray of shape (n_sizes, n_splits)
        Scores on the test rows of each split, the larger the better.
    baselines : mapping of str to ndarray of shape (n_sizes, n_splits), default=None
        Scores of others at the same numbers of features.
    metric : str, default="score"
        What the scores are.
    name : str, default="selected columns"
        What the curve is.
    chosen : tuple of (float, float), default=None
        Number of features and mean score of what a search chose, where a rule other than those two did.

    Attributes
    ----------
    means_, standard_errors_ : ndarray of shape (n_sizes,)
        Over splits; the standard error takes splits for independent, and is NaN for a single one.
    best_, one_standard_error_ : int
        Rows of the best mean and of the 1-SE choice.
    ax_ : matplotlib Axes
    figure_ : matplotlib Figure
    line_ : matplotlib Line2D
        The curve.
    band_ : matplotlib FillBetweenPolyCollection or None
        One standard error to both sides.
    baselines_ : dict of str to matplotlib Line2D
    choices_ : dict of str to matplotlib Line2D
        Markers of "best" and "1-SE", and "chosen" where it is given.

    See Also
    --------
    infsel.SelectorCV : Chooses the number of features.
    infsel.studies.compare : Curves of several selectors, as data.

    References
    ----------
    Breiman, Friedman, Olshen, Stone (1984). Classification and Regression Trees. Wadsworth.

    Examples
    --------
    >>> import numpy as np
    >>> from infsel.inspection import SelectionCurveDisplay
    >>> scores = np.array([[0.80, 0.84], [0.90, 0.92], [0.91, 0.93]])
    >>> display = SelectionCurveDisplay(n_features=np.array([1, 5, 20]), scores=scores)
    >>> display.best_, display.one_standard_error_
    (2, 1)
    """

    def __init__(
        self,
        *,
        n_features: np.ndarray,
        scores: np.ndarray,
        baselines: Mapping[str, np.ndarray] | None = None,
        metric: str = "score",
        name: str = "selected columns",
        chosen: tuple[float, float] | None = None,
    ) -> None:
        self.n_features = n_features
        self.scores = scores
        self.baselines = baselines
        self.metric = metric
        self.name = name
        self.chosen = chosen
        self.means_, self.standard_errors_ = _over_splits(scores)
        self.best_ = _row("best", n_features, scores)
        self.one_standard_error_ = _row("1se", n_features, scores)

    @classmethod
    def from_estimator(
        cls,
        search: Any,
        X: Any = None,
        y: Any = None,
        *,
        groups: Any = None,
        n_random: int = 5,
        random_state: Any = 0,
        ax: Any = None,
    ) -> Self:
        """Plot what a fitted search found.

        Where several candidates select the same number of features, the curve follows the best of them.

        Parameters
        ----------
        search : SelectorCV, InfFSCV or AttentionSelectorCV
            Fitted.
        X, y : array-like of shape (n_samples, n_features) and (n_samples,), default=None
            What it was fitted on: then the estimator is trained on all columns and on columns drawn at random, too, in
            the same splits if `cv` draws the same again. None for all columns alone, where they are a candidate.
        groups : array-like of shape (n_samples,), default=None
            For the splitter.
        n_random : int >= 1, default=5
            How often columns are drawn in each split; the mean score counts.
        random_state : int, RandomState instance or None, default=0
            Draws them.
        ax : matplotlib Axes, default=None
            Where to draw; None for a new figure.

        Returns
        -------
        display : SelectionCurveDisplay

        Raises
        ------
        TypeError
            If it is no search over numbers of features.
        """
        check_is_fitted(search)
        n_features, scores = curve_of(search)
        if X is None:
            baselines = whole_table(search, n_features, scores)
        else:
            baselines = baselines_of(search, X, y, n_features, groups, n_random, random_state)
        own_rule = callable(search.rule)
        chosen = float(search.cv_results_["n_features"][search.best_index_]), search.best_score_
        return cls(
            n_features=n_features,
            scores=scores,
            baselines=baselines,
            metric=metric_of(search)[1],
            chosen=chosen if own_rule else None,
        ).plot(ax)

    @classmethod
    def from_comparison(
        cls,
        comparison: SelectorComparison,
        selector: str | None = None,
        *,
        baselines: Sequence[str] | None = None,
        model: str | None = None,
        ax: Any = None,
    ) -> Self:
        """Plot what a comparison of selectors found.

        Parameters
        ----------
        comparison : SelectorComparison
            Of `infsel.studies.compare`.
        selector : str, default=None
            Whose curve to draw; None for the best.
        baselines : sequence of str, default=None
            Which selectors to draw beside it; None for all others.
        model : str, default=None
            Whose scores; None for the mean over models.
        ax : matplotlib Axes, default=None
            Where to draw; None for a new figure.

        Returns
        -------
        display : SelectionCurveDisplay

        Raises
        ------
        ValueError
            If a selector or the model is not known.
        """
        first = comparison.best if selector is None else selector
        others = [name for name in comparison.selectors if name != first] if baselines is None else baselines
        if model is not None and model not in comparison.models:
            raise ValueError(f"model={model!r} is not known: choose one of {', '.join(comparison.models)}.")
        models = slice(None) if model is None else [comparison.models.index(model)]
        scores, *beside = comparison.only([first, *others]).scores[:, models].mean(axis=1)
        return cls(
            n_features=np.array(comparison.sizes),
            scores=scores,
            baselines=dict(zip(others, beside, strict=True)),
            metric=comparison.metric.replace("_", " "),
            name=first,
        ).plot(ax)

    def plot(self, ax: Any = None) -> Self:
        """Draw the curve, the choices and the baselines.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Where to draw; None for a new figure.

        Returns
        -------
        display : SelectionCurveDisplay
            Itself.
        """
        self.ax_ = axes_or_new(ax)
        self.figure_ = self.ax_.figure
        self._draw_baselines()
        self.line_ = self.ax_.plot(self.n_features, self.means_, color=BLUE, marker=".", zorder=3)[0]
        low, high = self.means_ - self.standard_errors_, self.means_ + self.standard_errors_
        self.band_ = None
        if np.isfinite(low).all():
            self.band_ = self.ax_.fill_between(
                self.n_features, low, high, color=BLUE, alpha=0.3, linewidth=0, label="± one standard error"
            )
        self._draw_choices()
        self.ax_.set(xlabel="number of features", ylabel=self.metric)
        scale_counts(self.ax_, "x", self.n_features[0], self.n_features[-1])
        self.ax_.set_xlim(self.ax_.get_xlim())
        self.ax_.set_ylim(self.ax_.get_ylim())
        self.ax_.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=1, frameon=False, borderaxespad=0.2)
        curves = [self.line_, *self.baselines_.values()]
        ends = [line.get_ydata()[-1] for line in curves]
        names = [plain(name) for name in (self.name, *self.baselines_)]
        label_side(self.ax_, ends, names, [line.get_color() for line in curves])
        return self

    def _draw_baselines(self) -> None:
        self.baselines_ = {}
        for place, (name, found) in enumerate((self.baselines or {}).items()):
            dash = _DASHES[place % len(_DASHES)]
            means = np.mean(found, axis=1)
            self.baselines_[name] = self.ax_.plot(
                self.n_features, means, color=gray(self.ax_, 0.6), linestyle=dash, zorder=2
            )[0]

    def _draw_choices(self) -> None:
        points = {
            "best": (self.n_features[self.best_], self.means_[self.best_]),
            "1-SE": (self.n_features[self.one_standard_error_], self.means_[self.one_standard_error_]),
        } | ({} if self.chosen is None else {"chosen": self.chosen})
        self.choices_ = {name: self._mark(name, k, mean) for name, (k, mean) in points.items()}

    def _mark(self, name: str, k: float, mean: float) -> Any:
        words, marker, own, size = _MARKS[name]
        color = gray(self.ax_, 1) if own is None else own
        return self.ax_.plot(
            k,
            mean,
            linestyle="none",
            marker=marker,
            markersize=size,
            markeredgecolor=color,
            markeredgewidth=2,
            markerfacecolor=color if name == "best" else "none",
            zorder=4,
            label=f"{words}: {k:,.10g} column{'' if k == 1 else 's'}, {mean:.3f}",
        )[0]


def _over_splits(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    n = scores.shape[1]
    errors = scores.std(axis=1, ddof=1) / np.sqrt(n) if n > 1 else np.full(len(scores), np.nan)
    return scores.mean(axis=1), errors


def _row(rule: str, n_features: np.ndarray, scores: np.ndarray) -> int:
    """What a search chooses by this rule."""
    means = scores.mean(axis=1)
    results = {"n_features": n_features, "mean_test_score": means, "rank_test_score": rankdata(-means, method="min")}
    results |= {f"split{i}_test_score": split for i, split in enumerate(scores.T)}
    return choose(rule, results, "score", scores.shape[1])
