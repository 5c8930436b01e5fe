"""What a search made of its candidates, and its model of all columns and of columns drawn at random."""

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


def metric_of(search: Any) -> tuple[str, str]:
    """The metric that decides: as `cv_results_` names it, and as people read it."""
    if isinstance(search.refit, str):
        return search.refit, search.refit.replace("_", " ")
    return "score", search.scoring.replace("_", " ") if isinstance(search.scoring, str) else "score"


def curve_of(search: Any) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of features, increasing, and scores of shape (n_sizes, n_splits) of the best candidate with so many.

    Raises
    ------
    TypeError
        If it is no search over numbers of features.
    """
    results = getattr(search, "cv_results_", {})
    if "n_features" not in results:
        raise TypeError(f"{search!r} has no cv_results_ by numbers of features: pass a SelectorCV or InfFSCV.")
    metric, n_features = metric_of(search)[0], np.asarray(results["n_features"])
    order = np.lexsort((-results[f"mean_test_{metric}"], n_features))
    sizes, first = np.unique(n_features[order], return_index=True)
    splits = [results[f"split{i}_test_{metric}"][order[first]] for i in range(search.n_splits_)]
    return sizes, np.stack(splits, axis=1)


def whole_table(search: Any, n_features: np.ndarray, scores: np.ndarray) -> dict[str, np.ndarray]:
    """Scores with all columns by name, at every size, if the search tried that."""
    whole = n_features[-1] == search.n_features_in_
    return {"all columns": np.broadcast_to(scores[-1], scores.shape)} if whole else {}


def baselines_of(
    search: Any, X: Any, y: Any, n_features: np.ndarray, groups: Any, n_random: int, random_state: Any
) -> dict[str, np.ndarray]:
    """Scores of the estimator of a search without its selector, by name, of shape (n_sizes, n_splits)."""
    rng = check_random_state(random_state)
    draws = {f"draw {number}": _DrawnColumns(random_state=rng.randint(2**31 - 1)) for number in range(n_random)}
    sizes, where = np.unique(np.maximum(n_features.round().astype(int), 1), return_inverse=True)
    scoring = search.scoring
    if isinstance(search.refit, str):
        scoring = scoring[search.refit] if isinstance(scoring, dict) else search.refit
    found = compare(
        {"all columns": None, **draws},
        search.estimator,
        X,
        y,
        sizes=sizes.tolist(),
        cv=search.cv,
        scoring=scoring,
        groups=groups,
        n_jobs=search.n_jobs,
    ).scores[:, 0, where]
    return {"all columns": found[0], "random columns": found[1:].mean(axis=0)}
