"""The work in one split: select columns on the training rows, train models on them, judge those on the test rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from sklearn.base import clone
from sklearn.pipeline import Pipeline

from infsel.estimators.base._frames import take_rows

Split = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Fold:
    """What one selector selected in one split, and the models' scores on test rows, in their order."""

    selected: np.ndarray
    select_seconds: float
    train_seconds: list[float]
    scores: list[float]


def judge(
    label: str, selector: Any, models: Mapping[str, Any], scorers: Mapping[str, Any], X: Any, y: Any, split: Split
) -> Fold:
    """Fit clones; `selector` is None for all columns, and an error says whose and in which fold it was."""
    try:
        return _judge(selector, models, scorers, X, y, split)
    except Exception as error:
        error.add_note(f"This was {label}.")
        raise


def _judge(selector: Any, models: Mapping[str, Any], scorers: Mapping[str, Any], X: Any, y: Any, split: Split) -> Fold:
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
        scores.append(_defined(float(scorers[name](fitted, X_test, y_test)), name))
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


def _defined(score: float, model: str) -> float:
    if np.isnan(score):
        raise ValueError(
            f"the score of {model} is NaN on the test rows, as for a single class: use StratifiedKFold, larger test "
            "sets, or another scoring."
        )
    return score
