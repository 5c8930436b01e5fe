"""What a model makes of all columns, and of columns drawn at random."""

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.feature_selection import SelectorMixin
from sklearn.utils import check_random_state
from sklearn.utils.validation import validate_data

from infsel.studies import compare


class _DrawnColumns(SelectorMixin, BaseEstimator):
    """Selects columns at random."""

    def __init__(self, *, n_features_to_select: int = 1, random_state: Any = None) -> None:
        self.n_features_to_select = n_features_to_select
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None) -> Self:
        validate_data(self, X=X, skip_check_array=True)
        order = check_random_state(self.random_state).permutation(self.n_features_in_)
        self._support = order < self.n_features_to_select
        return self

    def _get_support_mask(self) -> np.ndarray:
        return self._support


def baselines_of(
    search: Any, X: Any, y: Any, sizes: np.ndarray, groups: Any, n_random: int, random_state: Any
) -> dict[str, np.ndarray]:
    """Scores of the estimator of a search without its selector, by name, of shape (n_sizes, n_splits)."""
    rng = check_random_state(random_state)
    drawn = {f"draw {number}": _DrawnColumns(random_state=rng.randint(2**31 - 1)) for number in range(n_random)}
    scoring = search.scoring
    if isinstance(search.refit, str):  # the metric that decides
        scoring = scoring[search.refit] if isinstance(scoring, dict) else search.refit
    found = compare(
        {"all columns": None, **drawn},
        search.estimator,
        X,
        y,
        sizes=sizes.tolist(),
        cv=search.cv,
        scoring=scoring,
        groups=groups,
        n_jobs=search.n_jobs,
    ).scores[:, 0]
    return {"all columns": found[0], "random columns": found[1:].mean(axis=0)}
