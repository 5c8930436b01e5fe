"""Which selectors agree."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np

from infsel.comparison import agreement
from infsel.estimators.meta._importances import ranks_of
from infsel.inspection._axes import axes_or_new
from infsel.inspection._bump import draw_bumps
from infsel.inspection._labels import label_columns, label_rows, names_of
from infsel.inspection._style import diverging, text_on
from infsel.selection import rank

_NUMBERS = 12  # rankings whose agreements are written into their cells


class RankingComparisonDisplay:
    """Agreement of every two of several rankings as a matrix, or how the best features change places between them.

    Parameters
    ----------
    agreement : ndarray of shape (n_rankings, n_rankings)
    names : sequence of str of length n_rankings
    measure : str
        What the agreement is, for the label of the color bar.
    rankings : ndarray of int of shape (n_rankings, n_features), default=None
        Rank of each feature, 1 is best, for kind="bump".
    feature_names : sequence of str of length n_features, default=None
        Names of the features; None for x0, x1, ...

    Attributes
    ----------
    ax_ : matplotlib Axes
    figure_ : matplotlib Figure
    image_ : matplotlib AxesImage
        For kind="matrix": white (or black) where rankings are unrelated, blue where they agree, vermilion where they
        are reversed.
    text_ : ndarray of matplotlib Text of shape (n_rankings, n_rankings) or None
        The numbers, for at most 12 rankings.
    shown_ : ndarray of int
        For kind="bump": numbers of the features drawn, those of the least mean logarithm of the rank first.
    lines_ : list of matplotlib Line2D
        For kind="bump": one for each of them.

    See Also
    --------
    infsel.comparison.agreement : The matrix alone.

    Examples
    --------
    >>> from infsel.inspection import RankingComparisonDisplay
    >>> display = RankingComparisonDisplay.from_rankings({"a": [1, 2, 3], "b": [1, 3, 2]})
    >>> display.agreement.round(2).tolist()
    [[1.0, 0.33], [0.33, 1.0]]
    """

    def __init__(
        self,
        *,
        agreement: np.ndarray,
        names: Sequence[str],
        measure: str,
        rankings: np.ndarray | None = None,
        feature_names: Sequence[str] | None = None,
    ) -> None:
        self.agreement = agreement
        self.names = names
        self.measure = measure
        self.rankings = rankings
        self.feature_names = feature_names

    @classmethod
    def from_rankings(
        cls,
        rankings: Mapping[str, Any],
        *,
        measure: str = "kendall",
        kind: str = "matrix",
        feature_names: Sequence[str] | None = None,
        ax: Any = None,
        **parameters: Any,
    ) -> Self:
        """Compare rankings of the same features.

        Parameters
        ----------
        rankings : mapping of str to array-like of int of shape (n_features,)
            Rank of each feature, 1 is best, by name.
        measure : str, default="kendall"
            As in `infsel.comparison.agreement`.
        kind : {"matrix", "bump"}, default="matrix"
            As in `plot`.
        feature_names : sequence of str of length n_features, default=None
            Names of the features; None for x0, x1, ...
        ax : matplotlib Axes, default=None
            Where to draw; None for a new figure.
        **parameters
            Of the measure: ``p`` or ``k``.

        Returns
        -------
        display : RankingComparisonDisplay

        Raises
        ------
        ValueError
            If the measure or the kind is not known or something is no ranking.
        """
        matrix = agreement(list(rankings.values()), measure, **parameters)
        setting = "".join(f", {name} = {value:g}" for name, value in parameters.items())
        return cls(
            agreement=matrix,
            names=list(rankings),
            measure=measure.replace("-", " ") + setting,
            rankings=np.array([np.asarray(ranking) for ranking in rankings.values()]),
            feature_names=feature_names,
        ).plot(ax, kind=kind)

    @classmethod
    def from_estimators(
        cls,
        estimators: Mapping[str, Any],
        *,
        measure: str = "kendall",
        kind: str = "matrix",
        feature_names: Sequence[str] | None = None,
        ax: Any = None,
        **parameters: Any,
    ) -> Self:
        """Compare fitted selectors by whatever ranks their features, as `infsel.RankAggregator` reads it.

        Parameters
        ----------
        estimators : mapping of str to estimator
            Fitted selectors by name, also of scikit-learn: with `ranking_`, `feature_importances_`, `coef_`,
            `scores_` or `get_support`. Features that tie rank in column order, NaN last. The `selectors_` of a
            `RankAggregator` may be passed as ``dict(aggregator.selectors_)``.
        measure, kind, ax, **parameters
            As in `from_rankings`.
        feature_names : sequence of str of length n_features, default=None
            Names of the features; None for those of the first selector that knows any.

        Returns
        -------
        display : RankingComparisonDisplay

        Raises
        ------
        TypeError
            If a selector has none of them.
        """
        found = {name: ranks_of(name, estimator, estimator.n_features_in_) for name, estimator in estimators.items()}
        rankings = {name: rank(-ranks, np.isfinite(ranks)) for name, ranks in found.items()}
        if feature_names is None:
            named = [each for each in estimators.values() if hasattr(each, "feature_names_in_")]
            feature_names = list(names_of((named or list(estimators.values()))[0]))
        return cls.from_rankings(rankings, measure=measure, kind=kind, feature_names=feature_names, ax=ax, **parameters)

    def plot(self, ax: Any = None, *, kind: str = "matrix", n_features: int = 10) -> Self:
        """Draw the matrix with its numbers, or the ranks of the best features.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Where to draw; None for a new figure.
        kind : {"matrix", "bump"}, default="matrix"
            "bump" draws a line for each of the best features through its rank in each ranking.
        n_features : int >= 1, default=10
            For kind="bump": how many features to draw, those of the least mean logarithm of the rank.

        Returns
        -------
        display : RankingComparisonDisplay
            Itself.

        Raises
        ------
        ValueError
            If the kind is not known, or "bump" and there are no rankings.
        """
        if kind not in ("matrix", "bump"):
            raise ValueError(f"kind={kind!r} is not known: choose 'matrix' or 'bump'.")
        if kind == "matrix":
            return self._draw_matrix(ax)
        if self.rankings is None:
            raise ValueError("kind='bump' draws rankings, and there are none: pass rankings, or use from_rankings.")
        self.ax_ = axes_or_new(ax, 5.2)
        self.figure_ = self.ax_.figure
        names = [f"x{j}" for j in range(self.rankings.shape[1])] if self.feature_names is None else self.feature_names
        self.shown_, self.lines_ = draw_bumps(self.ax_, self.rankings, self.names, names, n_features)
        return self

    def _draw_matrix(self, ax: Any) -> Self:
        self.ax_ = axes_or_new(ax)
        self.figure_ = self.ax_.figure
        colors = diverging(self.ax_)
        self.image_ = self.ax_.imshow(self.agreement, vmin=-1, vmax=1, cmap=colors)
        places = np.arange(len(self.names))
        self.text_ = self._write_numbers(colors) if len(places) <= _NUMBERS else None
        self.figure_.colorbar(self.image_, ax=self.ax_, label=self.measure)
        label_columns(self.ax_, self.names)
        label_rows(self.ax_, places, self.names)
        return self

    def _write_numbers(self, colors: Any) -> np.ndarray:
        texts = np.empty(self.agreement.shape, dtype=object)
        for (i, j), value in np.ndenumerate(self.agreement):
            on = text_on(colors((value + 1) / 2)[:3])
            texts[i, j] = self.ax_.text(j, i, f"{round(value, 2) + 0.0:.2f}", ha="center", va="center", color=on)
        return texts
