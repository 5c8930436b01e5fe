"""What a search found, as a table like that of scikit-learn's searches, and which row to choose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.stats import rankdata

from infsel.estimators.search._folds import Selections, Trial

RULES = ("best", "1se")


def tabulate(candidates: list[dict], found: list[Selections], trials: list[list[Trial]]) -> dict:
    """``cv_results_``: one row for each candidate.

    Parameters
    ----------
    candidates : list of dict
        Parameters of each row.
    found : list of Selections
        One for each split.
    trials : list of list of Trial
        For each split, one for each of its distinct selections.
    """

    def of_candidates(values: list[list[Any]]) -> np.ndarray:
        """From one value for each split and selection to shape (n_candidates, n_splits)."""
        by_split = [np.array(of_split)[each.which] for of_split, each in zip(values, found, strict=True)]
        return np.stack(by_split, axis=1)

    results: dict[str, Any] = {}
    results |= _summary("fit_time", of_candidates([[trial.fit_seconds for trial in split] for split in trials]))
    results |= _summary("score_time", of_candidates([[trial.score_seconds for trial in split] for split in trials]))
    names = dict.fromkeys(name for params in candidates for name in params)
    results |= {f"param_{name}": _masked(name, candidates) for name in names}
    results["params"] = candidates
    counts = of_candidates([selections.masks.sum(axis=1).tolist() for selections in found])
    results["n_features"] = counts[:, 0] if (counts == counts[:, :1]).all() else counts.mean(axis=1)
    for metric in trials[0][0].scores:
        scores = of_candidates([[trial.scores[metric] for trial in split] for split in trials])
        results |= {f"split{i}_test_{metric}": scores[:, i] for i in range(scores.shape[1])}
        results |= _summary(f"test_{metric}", scores)
        ranks = rankdata(-results[f"mean_test_{metric}"], method="min")
        results[f"rank_test_{metric}"] = ranks.astype(np.int32)
    return results


def choose(rule: str | Callable[[dict], int], results: dict, metric: str, n_splits: int) -> int:
    """The row that a rule picks: the best mean, or the fewest features whose mean is within its standard error."""
    if callable(rule):
        return int(rule(results))
    best = int(results[f"rank_test_{metric}"].argmin())
    if rule == "best" or n_splits == 1:
        return best
    means, n_features = results[f"mean_test_{metric}"], results["n_features"]
    of_best = [results[f"split{i}_test_{metric}"][best] for i in range(n_splits)]
    within = np.flatnonzero(means >= means[best] - np.std(of_best, ddof=1) / np.sqrt(n_splits))
    return int(within[np.lexsort((-means[within], n_features[within]))[0]])


def _summary(name: str, values: np.ndarray) -> dict[str, np.ndarray]:
    return {f"mean_{name}": np.average(values, axis=1), f"std_{name}": np.std(values, axis=1)}


def _masked(name: str, candidates: list[dict[str, Any]]) -> np.ma.MaskedArray:
    """Values of a parameter, masked where a candidate does not set it."""
    having = [row for row, params in enumerate(candidates) if name in params]
    values = [candidates[row][name] for row in having]
    column = np.ma.MaskedArray(np.empty(len(candidates), dtype=_type_of(values)), mask=True)
    for row, value in zip(having, values, strict=True):
        column[row] = value
    return column


def _type_of(values: list[Any]) -> np.dtype:
    """The type of an array of these values, object for what is no number."""
    try:
        array = np.array(values)
    except ValueError:  # such as lists of different lengths
        return np.dtype(object)
    return array.dtype if array.ndim == 1 and array.dtype.kind in "biuf" else np.dtype(object)
