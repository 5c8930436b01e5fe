"""How the ranking settles with the length of the walks."""

from collections.abc import Mapping
from typing import Any, Self

import numpy as np

from infsel.inspection._axes import axes_or_new

_SHOWN = {
    "kendall": "Kendall's tau",
    "rank_biased_overlap": "rank-biased overlap",
    "top_k_overlap": "overlap of the selection",
}


class HopPathDisplay:
    """Agreement of the ranking by walks of at most 1, 2, ... hops with the final one.

    It answers whether many hops are needed on a table.

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
        AttributeError
            If the propagation is no sum over hops.
        """
        path = estimator.hop_path(p)
        agreement = {label: path[name].to_numpy() for name, label in _SHOWN.items()}
        depths = path["n_hops"].to_numpy()
        display = cls(
            agreement=agreement, depths=depths, share=path["share"].to_numpy(), saturation_depth=int(depths[-1])
        )
        return display.plot(ax)

    def plot(self, ax: Any = None) -> Self:
        """Draw the curves over the depth, on a logarithmic axis.

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
        self.lines_ = [self.ax_.plot(self.depths, curve, label=label)[0] for label, curve in self.agreement.items()]
        beside = self.ax_.twinx()  # agreement often differs from 1 in the third digit only
        self.lines_ += beside.plot(self.depths, self.share, color="0.6", linestyle="--", label="share of the scores")
        beside.set(ylim=(0, 1.02), ylabel="share of the scores")
        self.ax_.axvline(self.saturation_depth, color="0.3", linestyle=":", zorder=0)
        self.ax_.annotate(
            f" same ranking from {self.saturation_depth} hop{'s' * (self.saturation_depth > 1)} on",
            (self.saturation_depth, 0.03),
            xycoords=("data", "axes fraction"),
        )
        self.ax_.set(xscale="log", xlabel="longest walk (hops)", ylabel="agreement with the final ranking")
        self.ax_.xaxis.set_major_formatter("{x:g}")
        self.ax_.legend(handles=self.lines_, loc="center right")
        return self
