"""What a search made of its candidates, and its model of all columns and of columns drawn at random."""

from typing import Any

import numpy as np
from sklearn.utils import check_random_state

from infsel.studies import compare
from infsel.studies._drawn import DrawnColumns


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
    draws = {f"draw {number}": DrawnColumns(random_state=rng.randint(2**31 - 1)) for number in range(n_random)}
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
