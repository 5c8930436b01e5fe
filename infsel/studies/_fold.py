"""The work in one split: select columns on the training rows, train models on them, judge those on the test rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from sklearn.base import clone
from sklearn.pipeline import Pipeline

from infsel.estimators.base._frames import take_rows
from infsel.estimators.search._folds import Split, defined
from infsel.studies._sizes import cut_again, sized


@dataclass(frozen=True)
class Fold:
    """What one selector selected in one split, and the models' scores on test rows, in their order."""

    selected: np.ndarray
    select_seconds: float
    train_seconds: list[float]
    scores: list[float]


def judge(
    selector: Any,
    sizes: Sequence[int | None],
    models: Mapping[str, Any],
    scorers: Mapping[str, Any],
    X: Any,
    y: Any,
    split: Split,
) -> list[Fold]:
    """Fit clones, and judge what one fit selects at each size; `selector` is None for all columns."""
    (X_train, X_test), (y_train, y_test) = ([take_rows(each, rows) for rows in split] for each in (X, y))
    selector, select_seconds = sized(selector, sizes[-1]), 0.0
    if selector is not None:
        start, selector = perf_counter(), selector.fit(X_train, y_train)
        select_seconds = perf_counter() - start
    folds = []
    for size in sizes:
        selected, some_train, some_test = np.ones(X.shape[1], dtype=bool), X_train, X_test
        if selector is not None:
            cut_again(selector, size)
            some_train, some_test = selector.transform(X_train), selector.transform(X_test)
            selected = support_of(selector, X.shape[1], some_train.shape[1])
        seconds, scores = [], []
        for name, model in models.items():
            start, fitted = perf_counter(), clone(model).fit(some_train, y_train)
            seconds.append(perf_counter() - start)
            scores.append(defined(float(scorers[name](fitted, some_test, y_test)), f"the score of {name}"))
        folds.append(Fold(selected, select_seconds, seconds, scores))
    return folds


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
