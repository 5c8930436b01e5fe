"""The work in one split: select columns on the training rows, train models on them, judge those on the test rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from sklearn.base import clone
from sklearn.pipeline import Pipeline

from infsel.estimators.base._frames import take_rows
from infsel.estimators.search._folds import Split, defined


@dataclass(frozen=True)
class Fold:
    """What one selector selected in one split, and the models' scores on test rows, in their order."""

    selected: np.ndarray
    select_seconds: float
    train_seconds: list[float]
    scores: list[float]


def judge(selector: Any, models: Mapping[str, Any], scorers: Mapping[str, Any], X: Any, y: Any, split: Split) -> Fold:
    """Fit clones; `selector` is None for all columns."""
    (X_train, X_test), (y_train, y_test) = ([take_rows(each, rows) for rows in split] for each in (X, y))
    selected, select_seconds = np.ones(X.shape[1], dtype=bool), 0.0
    if selector is not None:
        start, selector = perf_counter(), clone(selector)
        X_train = selector.fit_transform(X_train, y_train)
        select_seconds = perf_counter() - start
        X_test, selected = selector.transform(X_test), support_of(selector, X.shape[1], X_train.shape[1])
    seconds, scores = [], []
    for name, model in models.items():
        start, fitted = perf_counter(), clone(model).fit(X_train, y_train)
        seconds.append(perf_counter() - start)
        scores.append(defined(float(scorers[name](fitted, X_test, y_test)), f"the score of {name}"))
    return Fold(selected, select_seconds, seconds, scores)


def support_of(fitted: Any, n_features: int, n_made: int) -> np.ndarray:
    """Which columns of X a fitted selector selects, or a pipeline whose other steps keep the columns.

    Raises
    ------
    TypeError
        If it makes columns of its own: `n_made` of them, or some before it selects.
    """
    kept = np.arange(n_features)
    for step in _steps(fitted):
        if getattr(step, "n_features_in_", len(kept)) != len(kept):
            raise _own(fitted)
        if hasattr(step, "get_support"):
            kept = kept[step.get_support()]
    if n_made != len(kept):
        raise _own(fitted)
    return np.isin(np.arange(n_features), kept)


def _own(fitted: Any) -> TypeError:
    return TypeError(
        f"{fitted!r} makes columns of its own, so that it cannot be told which of X it selects: make columns before "
        "the comparison, or in the model."
    )


def _steps(fitted: Any) -> list[Any]:
    if not isinstance(fitted, Pipeline):
        return [fitted]
    return [inner for _, step in fitted.steps if step not in (None, "passthrough") for inner in _steps(step)]
