"""Which selectors agree."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np

from infsel.comparison import agreement
from infsel.estimators.meta._importances import ranks_of
from infsel.inspection._axes import axes_or_new
from infsel.selection import rank


class RankingComparisonDisplay:
    """Agreement of every two of several rankings, as a matrix.

    Parameters
    ----------
    agreement : ndarray of shape (n_rankings, n_rankings)
    names : sequence of str of length n_rankings
    measure : str
        What the agreement is, for the label of the color bar.

    Attributes
    ----------
    ax_ : matplotlib Axes
    figure_ : matplotlib Figure
    image_ : matplotlib AxesImage
    text_ : ndarray of matplotlib Text of shape (n_rankings, n_rankings)

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

    def __init__(self, *, agreement: np.ndarray, names: Sequence[str], measure: str) -> None:
        self.agreement = agreement
        self.names = names
        self.measure = measure

    @classmethod
    def from_rankings(
        cls, rankings: Mapping[str, Any], *, measure: str = "kendall", ax: Any = None, **parameters: Any
    ) -> Self:
        """Compare rankings of the same features.

        Parameters
        ----------
        rankings : mapping of str to array-like of int of shape (n_features,)
            Rank of each feature, 1 is best, by name.
        measure : str, default="kendall"
            As in `infsel.comparison.agreement`.
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
            If the measure is not known or something is no ranking.
        """
        matrix = agreement(list(rankings.values()), measure, **parameters)
        setting = "".join(f", {name} = {value:g}" for name, value in parameters.items())
        return cls(agreement=matrix, names=list(rankings), measure=measure.replace("-", " ") + setting).plot(ax)

    @classmethod
    def from_estimators(
        cls, estimators: Mapping[str, Any], *, measure: str = "kendall", ax: Any = None, **parameters: Any
    ) -> Self:
        """Compare fitted selectors by whatever ranks their features, as `infsel.RankAggregator` reads it.

        Parameters
        ----------
        estimators : mapping of str to estimator
            Fitted selectors by name, also of scikit-learn: with `ranking_`, `feature_importances_`, `coef_`,
            `scores_` or `get_support`. Features that tie rank in column order, NaN last.
        measure, ax, **parameters
            As in `from_rankings`.

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
        return cls.from_rankings(rankings, measure=measure, ax=ax, **parameters)

    def plot(self, ax: Any = None) -> Self:
        """Draw the matrix with its numbers.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Where to draw; None for a new figure.

        Returns
        -------
        display : RankingComparisonDisplay
            Itself.
        """
        self.ax_ = axes_or_new(ax)
        self.figure_ = self.ax_.figure
        lowest = min(0.0, float(np.nanmin(self.agreement)))
        self.image_ = self.ax_.imshow(self.agreement, vmin=lowest, vmax=1, cmap="Blues")
        self.text_ = np.empty(self.agreement.shape, dtype=object)
        for (i, j), value in np.ndenumerate(self.agreement):
            color = "white" if value > (1 + lowest) / 2 else "black"
            self.text_[i, j] = self.ax_.text(j, i, f"{value:.2f}", ha="center", va="center", color=color)
        places = range(len(self.names))
        self.ax_.set_xticks(places, self.names, rotation=30, ha="right", rotation_mode="anchor")
        self.ax_.set_yticks(places, self.names)
        self.figure_.colorbar(self.image_, ax=self.ax_, label=self.measure)
        return self
