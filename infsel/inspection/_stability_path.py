"""How often features are selected, along a regularizing parameter."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from sklearn.utils.validation import check_is_fitted

from infsel.inspection._axes import axes_or_new

_MOST_LABELS = 12


class StabilityPathDisplay:
    """Share of the fits on halves of the samples that select each feature.

    Along a path each feature is a line, in color if it is selected; without one the features stand side by side, the
    most often selected first.

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
        One for each feature, in column order; without a path a single one.

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
        names = getattr(estimator, "feature_names_in_", [f"x{j}" for j in range(estimator.n_features_in_)])
        display = cls(
            path=estimator.stability_path_,
            threshold=estimator.threshold_,
            names=list(names),
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
        self.lines_ = self._features() if self.values is None else self._lines(self.values)
        self.ax_.axhline(self.threshold, color="0.3", linestyle=":", label=f"threshold {self.threshold:g}", zorder=0)
        self.ax_.set(ylim=(-0.03, 1.03), ylabel="share of the fits that select it")
        self.ax_.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False)
        return self

    def _features(self) -> list[Any]:
        shares = self.path.max(axis=0)
        order = np.argsort(-shares, kind="stable")
        lines = self.ax_.plot(np.arange(1, len(order) + 1), shares[order], marker=".", label="features")
        self.ax_.set_xlabel("features, most often selected first")
        if len(order) <= 3 * _MOST_LABELS:
            self.ax_.set_xticks(range(1, len(order) + 1), [self.names[j] for j in order], rotation=90)
            self.ax_.tick_params(axis="x", labelsize="small")
        return list(lines)

    def _lines(self, values: Sequence[Any]) -> list[Any]:
        """Gray lines for the rest, colored and named ones for what is selected, the most often selected first."""
        numbers = all(isinstance(value, int | float | np.number) for value in values)
        places = values if numbers else range(len(values))
        if not numbers:
            self.ax_.set_xticks(places, [str(value) for value in values])
        self.ax_.set_xlabel(self.param_name)
        shares = self.path.max(axis=0)
        lines = [self.ax_.plot(places, column, color="0.8", zorder=1)[0] for column in self.path.T]
        chosen = [j for j in np.argsort(-shares, kind="stable") if shares[j] >= self.threshold]
        for place, j in enumerate(chosen):
            label = self.names[j] if place < _MOST_LABELS else None
            lines[j].set(color=f"C{place}", zorder=2, label=label, marker=".")
        if len(chosen) > _MOST_LABELS:
            self.ax_.plot([], [], " ", label=f"and {len(chosen) - _MOST_LABELS} more")
        return lines
