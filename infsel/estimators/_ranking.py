"""What every selector shares: a table at the door, scores and ranks inside, fewer columns at the exit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import issparse
from sklearn.base import BaseEstimator
from sklearn.feature_selection import SelectorMixin
from sklearn.utils.validation import check_consistent_length, check_is_fitted, validate_data

from infsel._columns import ColumnStore
from infsel.estimators._tables import check_finite, check_frame, is_frame, is_stored, select_columns
from infsel.selection import n_selected, rank, settle_ties

if TYPE_CHECKING:
    import pandas as pd


class RankingSelector(SelectorMixin, BaseEstimator):
    """Gives every feature a score and a rank, and keeps the best. Subclasses say what a score is."""

    n_features_to_select: float | None

    def _rank(self, scores: np.ndarray, inside: np.ndarray, eps: float, k: int | None = None) -> None:
        """Rank the features inside by `scores`, known to a relative precision `eps`; the others come last.

        At most k are selected, where k is given; the parameters may ask for fewer.
        """
        self._inside, self._most = inside, k
        self.scores_ = np.zeros(len(inside))
        self.scores_[inside] = settle_ties(scores, eps)
        self.ranking_ = rank(self.scores_, inside)

    @property
    def support_(self) -> np.ndarray:
        """Which features are selected: it follows `n_features_to_select` without another fit."""
        check_is_fitted(self)
        return self._cuts([self.n_features_to_select])[0]

    def _cuts(self, sizes: Sequence[Any]) -> np.ndarray:
        """What is selected for each of these values of `n_features_to_select`, shape (n_sizes, n_features)."""
        n = len(self.ranking_)
        counts = [n_selected(size, n) for size in sizes]
        return self.ranking_ <= np.minimum(counts, self._most or n)[:, np.newaxis]

    def transform(self, X: Any) -> Any:
        """Keep the selected columns of X.

        Parameters
        ----------
        X : array-like, sparse matrix, data frame or stored table of shape (n_samples, n_features)
            A table with the columns seen in `fit`; of a stored one only the selected columns come into memory.

        Returns
        -------
        X_selected : ndarray or data frame of shape (n_samples, n_selected)
            What `set_output` asks for; a frame of the same library as X keeps the types of its columns.
        """
        if is_stored(X):
            check_is_fitted(self)
            return self._stored(X, reset=False)[:, self.get_support()].whole()
        selected = super().transform(X)
        if is_frame(selected) and type(selected) is type(X):
            return select_columns(X, self.get_support())
        return selected

    def to_frame(self) -> pd.DataFrame:
        """The ranking as a tidy table, best feature first.

        Returns
        -------
        ranking : pandas.DataFrame
            One row per feature: ``feature`` (its name), ``score``, ``rank`` (1 is best), ``selected``.
        """
        import pandas as pd  # half a second and 60 MB that a fit does not need

        check_is_fitted(self)
        columns = {
            "feature": self._names(),
            "score": self.scores_,
            "rank": self.ranking_,
            "selected": self.support_,
        }
        return pd.DataFrame(columns).sort_values("rank", ignore_index=True)

    def _validated(self, X: Any, y: Any, *, reset: bool = True, min_samples: int = 2) -> Any:
        """The table, with its columns and numbers checked; not the first batch of one unless `reset`."""
        check_frame(X)
        least = min_samples if reset else 1
        X = (self._stored if is_stored(X) else self._in_memory)(X, reset=reset, min_samples=least)
        check_finite(X, self._names())
        if y is not None:
            check_consistent_length(X, y)
        return X

    def _validated_with_target(self, X: Any, y: Any, *, min_samples: int) -> tuple[Any, np.ndarray]:
        y = validate_data(self, y=y, multi_output=True)  # before X, whose names it would forget
        return self._validated(X, y, min_samples=min_samples), y.toarray() if issparse(y) else y

    def _in_memory(self, X: Any, *, reset: bool, min_samples: int) -> Any:
        return validate_data(
            self,
            X=X,
            dtype=[np.float64, np.float32],
            accept_sparse="csc",
            ensure_all_finite=False,
            ensure_min_samples=min_samples,
            reset=reset,
            copy=False,
        )

    def _stored(self, X: Any, *, reset: bool, min_samples: int = 1) -> ColumnStore:
        validate_data(self, X=X, skip_check_array=True, reset=reset)
        if X.shape[0] < min_samples or X.shape[1] < 1:
            raise ValueError(f"X has shape {tuple(X.shape)}: pass at least {min_samples} samples and one feature.")
        return ColumnStore(X)

    def _names(self) -> np.ndarray:
        names = getattr(self, "feature_names_in_", None)
        return np.array([f"x{i}" for i in range(self.n_features_in_)], dtype=object) if names is None else names

    def _get_support_mask(self) -> np.ndarray:
        return self.support_

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.required = False
        tags.input_tags.sparse = True
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags
