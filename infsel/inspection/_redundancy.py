"""Which columns say the same: their correlations in an order that puts those together."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from sklearn.utils.validation import check_is_fitted

from infsel.affinities import Correlation
from infsel.estimators.base._ranking import RankingSelector
from infsel.estimators.graph._inf_fs import InfFS
from infsel.estimators.meta._importances import ranks_of
from infsel.inspection._axes import axes_or_new
from infsel.inspection._labels import label_rows, label_side, names_of, plain
from infsel.inspection._seriation import clusters_of, largest, means_between, representatives, seriated
from infsel.inspection._style import VERMILION, gray, sequential
from infsel.selection import rank

_MOST = 2000  # columns
_NAMED = 40  # each by itself
_MOST_SINGLE = 400  # beyond, clusters are rows
_ROWS = 30


class RedundancyDisplay:
    """Affinities of columns in seriated order, with the blocks of those that repeat each other and who stands for each.

    Columns are clustered by average linkage of 1 - affinity, cut where the mean affinity of two clusters falls below
    the threshold. The order is that of the leaves of the tree, turned so that neighbors are alike (Bar-Joseph et al.,
    2001) for at most 500 columns. The representative of a cluster is its best ranked column, or without a ranking the
    one with the largest mean affinity to the others.

    Parameters
    ----------
    affinity : ndarray of shape (n_shown, n_shown)
        Symmetric, from 0 to 1, with 1 on the diagonal.
    columns : ndarray of int of shape (n_shown,)
        Numbers of the columns among all.
    names : sequence of str of length n_features
        Names of all columns.
    ranking : ndarray of int of shape (n_features,), default=None
        Rank of each column, 1 is best.
    threshold : float in [0, 1], default=0.7
        Mean affinity from which on clusters merge.
    label : str, default="|correlation|"
        What the affinities are.

    Attributes
    ----------
    order_ : ndarray of int of shape (n_shown,)
        Numbers of the columns among all, as they stand from top to bottom.
    clusters_ : ndarray of int of shape (n_shown,)
        Cluster of each, 0, 1, ... from top to bottom.
    representatives_ : ndarray of int of shape (n_clusters,)
        Number of the column that stands for each cluster.
    ax_ : matplotlib Axes
    figure_ : matplotlib Figure
    shown_ : ndarray of int or None
        Of more than 400 columns the clusters that are drawn, each as one row and column: the 30 largest. Otherwise
        None, and every column is drawn.
    image_ : matplotlib AxesImage
        The affinities, or their means between and within clusters.
    blocks_ : list of matplotlib Rectangle
        Where every column is drawn, around each cluster of two columns and more.

    See Also
    --------
    infsel.RecursiveElimination : Its `copy_of_` says what each column repeats.

    References
    ----------
    Bar-Joseph, Gifford, Jaakkola (2001). Fast optimal leaf ordering for hierarchical clustering. Bioinformatics 17.

    Examples
    --------
    >>> from sklearn.datasets import load_breast_cancer
    >>> from infsel.inspection import RedundancyDisplay
    >>> X, _ = load_breast_cancer(return_X_y=True, as_frame=True)
    >>> display = RedundancyDisplay.from_table(X[["mean radius", "mean texture", "mean area", "mean perimeter"]])
    >>> [display.names[j] for j in display.representatives_]
    ['mean texture', 'mean radius']
    """

    def __init__(
        self,
        *,
        affinity: np.ndarray,
        columns: np.ndarray,
        names: Sequence[str],
        ranking: np.ndarray | None = None,
        threshold: float = 0.7,
        label: str = "|correlation|",
    ) -> None:
        self.affinity = affinity
        self.columns = columns
        self.names = names
        self.ranking = ranking
        self.threshold = threshold
        self.label = label
        self._order, tree = seriated(affinity)
        self.order_ = columns[self._order]
        self.clusters_ = clusters_of(tree, 1 - threshold, self._order)
        priority = None if ranking is None else -ranking[columns]
        self.representatives_ = columns[representatives(affinity, self._order, self.clusters_, priority)]

    @classmethod
    def from_table(
        cls,
        X: Any,
        *,
        ranking: np.ndarray | None = None,
        threshold: float = 0.7,
        correlation: str = "pearson",
        max_columns: int = _MOST,
        ax: Any = None,
    ) -> Self:
        """Plot the correlations of the columns of a table.

        Parameters
        ----------
        X : array-like or data frame of shape (n_samples, n_features)
            Finite numbers.
        ranking : ndarray of int of shape (n_features,), default=None
            Rank of each column, 1 is best.
        threshold : float in [0, 1], default=0.7
            Mean absolute correlation from which on clusters merge.
        correlation : {"pearson", "spearman"}, default="pearson"
            Of values or of ranks.
        max_columns : int >= 2, default=2000
            Of more columns that vary the best ranked are shown, and without a ranking as many, evenly spaced.
        ax : matplotlib Axes, default=None
            Where to draw; None for a new figure.

        Returns
        -------
        display : RedundancyDisplay

        Raises
        ------
        ValueError
            If fewer than two columns vary.
        """
        reader = InfFS()
        return cls._of(reader, reader._validated(X, None), ranking, threshold, correlation, max_columns).plot(ax)

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Any,
        *,
        threshold: float = 0.7,
        correlation: str = "pearson",
        max_columns: int = _MOST,
        ax: Any = None,
    ) -> Self:
        """Plot the correlations of columns that a fitted selector ranked: the best of a cluster stands for it.

        Parameters
        ----------
        estimator : estimator
            Fitted: whatever ranks its features, as `infsel.RankAggregator` reads it.
        X : array-like or data frame of shape (n_samples, n_features)
            The table of the fit, or other rows of it.
        threshold, correlation, max_columns, ax
            As in `from_table`.

        Returns
        -------
        display : RedundancyDisplay

        Raises
        ------
        ValueError
            If X has other columns, or fewer than two vary.
        TypeError
            If the estimator ranks nothing.
        """
        check_is_fitted(estimator)
        ranks = ranks_of(type(estimator).__name__, estimator, estimator.n_features_in_)
        ranking = rank(-ranks, np.isfinite(ranks))
        if isinstance(estimator, RankingSelector):
            return cls._of(
                estimator, estimator._validated(X, None, reset=False), ranking, threshold, correlation, max_columns
            ).plot(ax)
        return cls.from_table(
            X, ranking=ranking, threshold=threshold, correlation=correlation, max_columns=max_columns, ax=ax
        )

    @classmethod
    def _of(cls, reader: Any, table: Any, ranking: Any, threshold: float, correlation: str, max_columns: int) -> Self:
        varying = np.flatnonzero(table.varying())
        if len(varying) < 2:
            raise ValueError(f"{len(varying)} of the columns of X vary: redundancy takes two.")
        columns = _some(varying, ranking, max_columns)
        affinity = Correlation(correlation).among(columns, table).to_dense()  # type: ignore[arg-type] # it is checked
        return cls(
            affinity=np.minimum(np.abs(affinity), 1),
            columns=columns,
            names=list(names_of(reader)),
            ranking=ranking,
            threshold=threshold,
            label=f"|{'rank ' * (correlation == 'spearman')}correlation|",
        )

    def plot(self, ax: Any = None) -> Self:
        """Draw the matrix, its blocks, and the names of all columns, or of those that stand for the largest clusters.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Where to draw; None for a new figure.

        Returns
        -------
        display : RedundancyDisplay
            Itself.
        """
        n = len(self.order_)
        self.ax_ = axes_or_new(ax, 5.2)
        self.figure_ = self.ax_.figure
        A = self.affinity[np.ix_(self._order, self._order)]
        self.shown_ = largest(self.clusters_, _ROWS) if n > _MOST_SINGLE else None
        seen = A if self.shown_ is None else means_between(A, self.clusters_)[np.ix_(self.shown_, self.shown_)]
        self.image_ = self.ax_.imshow(seen, cmap=sequential(self.ax_), vmin=0, vmax=1)
        self.ax_.set(xticks=[], yticks=[], xlabel=self._summary())
        self.blocks_ = self._draw_blocks() if self.shown_ is None else []
        beside = self.shown_ is None and n > _NAMED  # the names of blocks, right of them
        mean = "mean " * (self.shown_ is not None)
        place = {"location": "left"} if beside else {}
        self.figure_.colorbar(self.image_, ax=self.ax_, label=mean + self.label, shrink=0.8, **place)
        if beside:
            self._name_blocks()
        elif self.shown_ is None:
            self._name_rows("● stands for its cluster", self._label_columns())
        else:
            self._name_rows("stands for (columns)", self._label_clusters(self.shown_))
        return self

    def _summary(self) -> str:
        n, n_clusters, n_all = len(self.order_), len(self.representatives_), len(self.names)
        columns = f"{n:,} columns" if n == n_all else f"{n:,} of {n_all:,} columns"
        clusters = f"{n_clusters:,} cluster{'s' * (n_clusters > 1)} (mean {self.label} ≥ {self.threshold:g})"
        some = "" if self.shown_ is None or len(self.shown_) == n_clusters else f"\nhere the {_ROWS} largest"
        return f"{columns}, {clusters}{some}"

    def _draw_blocks(self) -> list[Any]:
        from matplotlib.patches import Rectangle

        sizes = np.bincount(self.clusters_)
        starts = np.cumsum(sizes) - sizes - 0.5
        width = 1.8 if len(self.order_) <= _NAMED else 1
        return [
            self.ax_.add_patch(Rectangle((start, start), size, size, fill=False, ec=VERMILION, lw=width))
            for start, size in zip(starts, sizes, strict=True)
            if size > 1
        ]

    def _label_columns(self) -> list[str]:
        standing = set(self.representatives_.tolist())
        return [f"{'● ' * (j in standing)}{plain(self.names[j], 24)}" for j in self.order_.tolist()]

    def _label_clusters(self, clusters: Sequence[int] | np.ndarray) -> list[str]:
        sizes = np.bincount(self.clusters_)
        return [f"{plain(self.names[self.representatives_[c]], 24)} ({sizes[c]:,})" for c in clusters]

    def _name_rows(self, title: str, labels: list[str]) -> None:
        self._describe(title, "left")
        label_rows(self.ax_, np.arange(len(labels)), labels)

    def _name_blocks(self) -> None:
        """Names beside the blocks, of the largest if there is no room for all."""
        sizes = np.bincount(self.clusters_)
        middles = np.cumsum(sizes) - sizes / 2 - 0.5
        several = [c for c in np.argsort(-sizes, kind="stable") if sizes[c] > 1]
        if several:
            labels = self._label_clusters(several)
            self._describe("stands for (columns)", "right")
            label_side(self.ax_, middles[several], labels, [gray(self.ax_, 0.5)] * len(labels))

    def _describe(self, title: str, side: str) -> None:
        self.ax_.set_title(title, fontsize="small", loc=side, color=gray(self.ax_, 0.8))


def _some(columns: np.ndarray, ranking: Any, most: int) -> np.ndarray:
    """At most so many of the columns: the best ranked, or evenly spaced ones."""
    if len(columns) <= most:
        return columns
    if ranking is None:
        return columns[np.linspace(0, len(columns) - 1, most).round().astype(int)]
    return np.sort(columns[np.argsort(ranking[columns], kind="stable")[:most]])
