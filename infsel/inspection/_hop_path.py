"""How the ranking settles with the length of the walks."""

from collections.abc import Mapping
from itertools import cycle
from typing import Any, Self

import numpy as np
from sklearn.utils.validation import check_is_fitted

from infsel.inspection._axes import axes_or_new, scale_counts
from infsel.inspection._labels import label_side
from infsel.inspection._style import LINES, gray

_SHOWN = {
    "kendall": "Kendall's tau",
    "rank_biased_overlap": "rank-biased overlap",
    "top_k_overlap": "overlap of the selection",
}


class HopPathDisplay:
    """Agreement of the ranking by walks of at most 1, 2, ... hops with the final one.

    It answers whether many hops are needed on a table. The axis begins at 0, or at the least agreement below it,
    so that differences in the third digit look as small as they are.

    Parameters
    ----------
    agreement : mapping of str to ndarray of shape (n_depths,)
        Curves by label: agreement with the final ranking at each depth.
    depths : ndarray of int of shape (n_depths,)
        Lengths of the longest walk.
    share : ndarray of shape (n_depths,)
        Share of the scores that walks of at most that length bring.
    saturation_depth : int
        Depth from which on the ranking no longer changes.

    Attributes
    ----------
    ax_ : matplotlib Axes
    figure_ : matplotlib Figure
    lines_ : list of matplotlib Line2D
        The curves in their order, then the share.

    See Also
    --------
    infsel.InfFS.hop_path : The same as a table.

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from infsel import InfFS
    >>> from infsel.inspection import HopPathDisplay
    >>> display = HopPathDisplay.from_estimator(InfFS().fit(load_wine().data))
    >>> display.saturation_depth
    3
    """

    def __init__(
        self, *, agreement: Mapping[str, np.ndarray], depths: np.ndarray, share: np.ndarray, saturation_depth: int
    ) -> None:
        self.agreement = agreement
        self.depths = depths
        self.share = share
        self.saturation_depth = saturation_depth

    @classmethod
    def from_estimator(cls, estimator: Any, *, p: float = 0.9, ax: Any = None) -> Self:
        """Plot the path of a fitted selector whose propagation is a sum over hops.

        Parameters
        ----------
        estimator : InfFS or AttentionSelector
            Fitted.
        p : float in (0, 1), default=0.9
            Persistence of the rank-biased overlap.
        ax : matplotlib Axes, default=None
            Where to draw; None for a new figure.

        Returns
        -------
        display : HopPathDisplay

        Raises
        ------
        TypeError
            If the selector has no walks.
        AttributeError
            If the propagation is no sum over hops.
        """
        check_is_fitted(estimator)
        if not hasattr(type(estimator), "hop_path"):
            raise TypeError(f"{estimator!r} has no walks: pass an InfFS or AttentionSelector.")
        path = estimator.hop_path(p)
        agreement = {label: path[name].to_numpy() for name, label in _SHOWN.items()}
        depths = path["n_hops"].to_numpy()
        display = cls(
            agreement=agreement, depths=depths, share=path["share"].to_numpy(), saturation_depth=int(depths[-1])
        )
        return display.plot(ax)

    def plot(self, ax: Any = None) -> Self:
        """Draw the curves over the depth, on a logarithmic axis beyond 20 hops.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Where to draw; None for a new figure.

        Returns
        -------
        display : HopPathDisplay
            Itself.
        """
        self.ax_ = axes_or_new(ax)
        self.figure_ = self.ax_.figure
        self.lines_ = [
            self.ax_.plot(self.depths, curve, label=label, marker=".", **style)[0]
            for (label, curve), style in zip(self.agreement.items(), cycle(LINES), strict=False)
        ]
        self.lines_ += self.ax_.plot(
            self.depths, self.share, color=gray(self.ax_, 0.6), linestyle="--", label="share of the scores"
        )
        self.ax_.axvline(self.saturation_depth, color=gray(self.ax_, 0.4), linestyle=":", zorder=0)
        lowest = min(0.0, *(float(np.nanmin(curve)) for curve in self.agreement.values()))
        self.ax_.set(ylim=(1.05 * lowest, 1.03), ylabel="agreement with the final ranking, share")
        self.ax_.set_xlabel("longest walk (hops)")
        scale_counts(self.ax_, "x", 1, self.saturation_depth)
        self.ax_.set_xlim(0.9, max(1.1 * self.saturation_depth, 1.5))
        self.ax_.set_title(self._summary(), loc="left", fontsize="medium")
        ends = [line.get_ydata()[-1] for line in self.lines_]
        texts, colors = [line.get_label() for line in self.lines_], [line.get_color() for line in self.lines_]
        label_side(self.ax_, ends, texts, colors)
        return self

    def _summary(self) -> str:
        last = self.saturation_depth
        first = next(iter(self.agreement.items()))
        settled = f"same ranking from {last:,} hop{'s' * (last > 1)} on"
        return settled if last == 1 else f"{settled}; a single hop: {first[0]} {_short_of_one(float(first[1][0]))}"


def _short_of_one(value: float) -> str:
    """A number with as many decimals as tell it from 1, up to 6."""
    return next((text for places in range(2, 7) if (text := f"{value:.{places}f}") != f"{1:.{places}f}"), "1")
