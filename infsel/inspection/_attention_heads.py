"""What each head of attention looks at."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from sklearn.utils.validation import check_is_fitted

from infsel.inspection._axes import panels
from infsel.inspection._labels import label_rows, names_of
from infsel.inspection._style import gray, sequential
from infsel.operators import Heads

_SHOWN = 20
_MOST_HEADS = 12


class AttentionHeadsDisplay:
    """The attention among the best features, head by head, on one scale.

    Parameters
    ----------
    weights : ndarray of shape (n_heads, n_shown, n_shown)
        Attention that each row pays to each column; what is paid to features that are not shown is missing from 1.
    names : sequence of str of length n_shown
        Names of the features.
    n_features : int
        How many features there are, shown or not.

    Attributes
    ----------
    axes_ : ndarray of matplotlib Axes of shape (n_panels,)
    figure_ : matplotlib Figure
    images_ : list of matplotlib AxesImage
        One for each head, of more than 12 heads the first 12.

    See Also
    --------
    infsel.AttentionSelector.attention_weights : The weights of all heads together.

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from infsel import AttentionSelector
    >>> from infsel.inspection import AttentionHeadsDisplay
    >>> fitted = AttentionSelector(n_heads=4, temperature="auto").fit(load_wine().data)
    >>> AttentionHeadsDisplay.from_estimator(fitted, n_features=5).weights.shape
    (4, 5, 5)
    """

    def __init__(self, *, weights: np.ndarray, names: Sequence[str], n_features: int) -> None:
        self.weights = weights
        self.names = names
        self.n_features = n_features

    @classmethod
    def from_estimator(cls, estimator: Any, *, n_features: int = _SHOWN, ax: Any = None) -> Self:
        """Plot the heads of a fitted selector.

        Parameters
        ----------
        estimator : AttentionSelector or InfFS
            Fitted, with attention as its affinity.
        n_features : int >= 1, default=20
            How many of the best features to show.
        ax : matplotlib Axes or array of them, default=None
            Where to draw, one that is divided or one for each head; None for a new figure.

        Returns
        -------
        display : AttentionHeadsDisplay

        Raises
        ------
        TypeError
            If the selector has no graph.
        AttributeError
            If the selector comes from a pickle, which does not keep the graph.
        """
        check_is_fitted(estimator)
        if not hasattr(type(estimator), "graph_"):
            raise TypeError(f"{estimator!r} has no graph: pass a fitted AttentionSelector or InfFS.")
        graph, inside = estimator.graph_, np.flatnonzero(estimator._fitted().inside)
        nodes = np.argsort(estimator.ranking_[inside], kind="stable")[:n_features]
        heads = graph.children if isinstance(graph, Heads) else (graph,)
        weights = np.stack([head.rows(nodes)[:, nodes] for head in heads])
        names = names_of(estimator)[inside[nodes]]
        return cls(weights=weights, names=list(names), n_features=len(inside)).plot(ax)

    def plot(self, ax: Any = None) -> Self:
        """Draw one matrix for each head.

        Parameters
        ----------
        ax : matplotlib Axes or array of them, default=None
            Where to draw; None for a new figure.

        Returns
        -------
        display : AttentionHeadsDisplay
            Itself.
        """
        n_heads, n_panels = len(self.weights), min(len(self.weights), _MOST_HEADS)
        n_rows = -(-n_panels // 4)
        n_columns = -(-n_panels // n_rows)
        size = (2.4 + 2.6 * n_columns, 0.2 + 3 * n_rows)
        grid = panels(ax, n_rows, n_columns, figsize=size).ravel()
        for empty in grid[n_panels:]:
            empty.set_axis_off()
        self.axes_, self.figure_ = grid[:n_panels], grid[0].figure
        top = self._largest()
        self.images_ = [
            each.imshow(head, cmap=sequential(each), vmin=0, vmax=top)
            for each, head in zip(self.axes_, self.weights, strict=False)
        ]
        for number, each in enumerate(self.axes_):
            self._describe(each, number)
        beyond = "max" if top < self.weights.max() else "neither"
        label = "attention" + (f" ({n_panels} of {n_heads} heads)" if n_panels < n_heads else "")
        self.figure_.colorbar(self.images_[0], ax=list(self.axes_), label=label, extend=beyond, shrink=0.8)
        for leftmost in self.axes_[::n_columns]:
            label_rows(leftmost, np.arange(len(self.names)), self.names)
        return self

    def _largest(self) -> float:
        """The top of the scale: the largest attention that a feature pays to another; to itself it may pay more."""
        apart = ~np.eye(self.weights.shape[1], dtype=bool)
        return float(self.weights[:, apart].max(initial=0.0)) or float(self.weights.max())

    def _describe(self, ax: Any, number: int) -> None:
        title = f"head {number + 1}"
        if len(self.names) < self.n_features:
            title += f"\n{1 - self.weights[number].sum(axis=1).mean():.0%} to other columns"
        ax.set_title(title, fontsize="small", color=gray(ax, 0.9))
        ax.set(xticks=[], yticks=[])
