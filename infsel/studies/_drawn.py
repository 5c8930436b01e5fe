"""Columns drawn at random: what any selector has to beat."""

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.feature_selection import SelectorMixin
from sklearn.utils import check_random_state
from sklearn.utils.validation import validate_data

from infsel.estimators.base._frames import is_frame
from infsel.estimators.base._outputs import columns_in_library, output_library


class DrawnColumns(SelectorMixin, BaseEstimator):
    """Selects columns at random."""

    def __init__(self, *, n_features_to_select: int = 1, random_state: Any = None) -> None:
        self.n_features_to_select = n_features_to_select
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None) -> Self:
        """Draw as many."""
        validate_data(self, X=X, skip_check_array=True)
        order = check_random_state(self.random_state).permutation(self.n_features_in_)
        self._support = order < self.n_features_to_select
        return self

    def transform(self, X: Any) -> Any:
        """The drawn columns as they are: a frame keeps its labels and gaps."""
        if is_frame(X) and (library := output_library(self, X)) is not None:
            return columns_in_library(X, self.get_support(), library)
        return super().transform(X)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True  # whether gaps are welcome is a matter of the model
        return tags

    def _get_support_mask(self) -> np.ndarray:
        return self._support
