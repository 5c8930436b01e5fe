"""What a cross-validated comparison found."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Self

import numpy as np
import pandas as pd

from infsel._runtime.names import unknown
from infsel.comparison import corrected_resampled_t, holm, selection_stability


@dataclass(frozen=True, eq=False, kw_only=True)
class SelectorComparison:
    """Scores, selections and times of selectors, by number of features and split.

    Attributes
    ----------
    selectors, models : tuple of str
        Their names.
    sizes : tuple of int
        Numbers of features that were asked for.
    metric : str
        What the scores are; the larger the better.
    test_shares : ndarray of shape (n_splits,)
        Share of the rows of each split that are test rows.
    scores : ndarray of shape (n_selectors, n_models, n_sizes, n_splits)
        Of models on test rows.
    selected : ndarray of bool of shape (n_selectors, n_sizes, n_splits, n_features)
        Which columns were selected.
    select_seconds : ndarray of shape (n_selectors, n_sizes, n_splits)
        What fitting the selector took; one fit that serves several sizes counts at each.
    train_seconds : ndarray of shape (n_selectors, n_models, n_sizes, n_splits)
        What training the model took.

    See Also
    --------
    compare : Where it comes from, with an example.
    infsel.comparison.corrected_resampled_t : The intervals of differences.

    Examples
    --------
    >>> found = SelectorComparison(
    ...     selectors=("a", "b"),
    ...     models=("ridge",),
    ...     sizes=(1,),
    ...     metric="r2",
    ...     test_shares=np.array([0.5, 0.5]),
    ...     scores=np.array([[[[0.5, 0.7]]], [[[0.6, 0.9]]]]),
    ...     selected=np.array([[[[True, False], [False, True]]], [[[True, False], [True, False]]]]),
    ...     select_seconds=np.zeros((2, 1, 2)),
    ...     train_seconds=np.zeros((2, 1, 1, 2)),
    ... )
    >>> found.best, found.stability.tolist()
    ('b', [[-1.0], [1.0]])
    >>> found.differences().round(2).values.tolist()  # one comparison: nothing to adjust
    [['a', 0.15, -0.95, 1.25, 0.33, 0.33]]
    """

    selectors: tuple[str, ...]
    models: tuple[str, ...]
    sizes: tuple[int, ...]
    metric: str
    test_shares: np.ndarray
    scores: np.ndarray
    selected: np.ndarray
    select_seconds: np.ndarray
    train_seconds: np.ndarray

    def only(self, selectors: Iterable[str]) -> Self:
        """The comparison of some of the selectors, in the order asked for.

        Raises
        ------
        ValueError
            If one is not known.
        """
        names = tuple(selectors)
        where = [self._number(name) for name in names]
        arrays = ("scores", "selected", "select_seconds", "train_seconds")
        return replace(self, selectors=names, **{name: getattr(self, name)[where] for name in arrays})

    @property
    def split_scores(self) -> np.ndarray:
        """Scores of shape (n_selectors, n_splits), models and sizes counting the same."""
        return self.scores.mean(axis=(1, 2))

    @property
    def best(self) -> str:
        """The selector of the largest mean score."""
        return self.selectors[int(np.argmax(self.split_scores.mean(axis=1)))]

    @property
    def standard_errors(self) -> np.ndarray:
        """Standard error over splits of the mean scores, of shape (n_selectors, n_models, n_sizes).

        It takes splits for independent, which they are not: `differences` does not. NaN for a single split.
        """
        if len(self.test_shares) < 2:
            return np.full(self.scores.shape[:3], np.nan)
        return self.scores.std(axis=-1, ddof=1) / np.sqrt(len(self.test_shares))

    @property
    def stability(self) -> np.ndarray:
        """Nogueira's stability of the selections over splits, of shape (n_selectors, n_sizes).

        NaN where all columns are selected, or there is a single split.
        """
        if len(self.test_shares) < 2:
            return np.full(self.selected.shape[:2], np.nan)
        return np.array([[selection_stability(splits).value for splits in sizes] for sizes in self.selected])

    def differences(self, baseline: str | None = None, confidence: float = 0.95) -> pd.DataFrame:
        """How far one selector is ahead of each other one in the mean over models and sizes.

        Parameters
        ----------
        baseline : str, default=None
            The one that others are compared with, if you named it before you saw the scores; None for the best. As the
            scores themselves say which is best, its p values are adjusted for all pairs of selectors then, otherwise
            for the comparisons with the baseline.
        confidence : float in (0, 1), default=0.95
            Level of each interval by itself.

        Returns
        -------
        DataFrame
            ``selector``, ``mean`` of the score of the baseline less its own, ``low``, ``high``, ``p_value`` by
            `corrected_resampled_t`, and ``p_adjusted`` by `holm`; in the order of the selectors.

        Raises
        ------
        ValueError
            If the baseline is not known or there is a single split.
        """
        ahead = self.best if baseline is None else self.selectors[self._number(baseline)]
        pairs = [pair for pair in combinations(self.selectors, 2) if baseline is None or baseline in pair]
        pairs = [(b, a) if b == ahead else (a, b) for a, b in pairs]
        scores, share = dict(zip(self.selectors, self.split_scores, strict=True)), float(self.test_shares.mean())
        found = [corrected_resampled_t(scores[a] - scores[b], share, confidence) for a, b in pairs]
        adjusted = holm([difference.p_value for difference in found])
        rows = [(b, *difference, p) for (a, b), difference, p in zip(pairs, found, adjusted, strict=True) if a == ahead]
        columns = ["selector", "mean", "low", "high", "p_value", "p_adjusted"]
        return pd.DataFrame(rows, columns=columns)

    def to_frame(self) -> pd.DataFrame:
        """One row for each selector, model and number of features, with means over splits.

        Returns
        -------
        DataFrame
            ``selector``, ``model``, ``n_features`` asked for, ``n_selected``, ``score``, ``standard_error``,
            ``stability``, ``select_seconds``, ``train_seconds``.
        """
        index = pd.MultiIndex.from_product(
            [self.selectors, self.models, self.sizes], names=["selector", "model", "n_features"]
        )
        of_size = {
            "n_selected": self.selected.sum(axis=-1).mean(axis=-1),
            "stability": self.stability,
            "select_seconds": self.select_seconds.mean(axis=-1),
        }
        columns = {name: np.broadcast_to(values[:, None], self.scores.shape[:3]) for name, values in of_size.items()}
        columns |= {"score": self.scores.mean(axis=-1), "standard_error": self.standard_errors}
        columns["train_seconds"] = self.train_seconds.mean(axis=-1)
        order = ["n_selected", "score", "standard_error", "stability", "select_seconds", "train_seconds"]
        return pd.DataFrame({name: columns[name].ravel() for name in order}, index=index).reset_index()

    def _number(self, name: str) -> int:
        if name not in self.selectors:
            raise unknown(f"selector {name!r}", name, self.selectors)
        return self.selectors.index(name)
