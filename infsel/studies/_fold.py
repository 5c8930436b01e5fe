"""The work in one split: select columns on the training rows, train models on them, judge those on the test rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline
from sklearn.utils.validation import has_fit_parameter

from infsel.estimators.base._frames import take_rows
from infsel.estimators.search._folds import Split, defined
from infsel.estimators.search._trained import trained
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
    weights: np.ndarray | None,
    split: Split,
) -> list[Fold]:
    """Fit clones, and judge what one fit selects at each size; `selector` is None for all columns."""
    (X_train, X_test), (y_train, y_test) = ([take_rows(each, rows) for rows in split] for each in (X, y))
    w_train, w_test = (None, None) if weights is None else (weights[rows] for rows in split)
    selector, select_seconds = sized(selector, sizes[-1]), 0.0
    if selector is not None:
        start, selector = perf_counter(), selector.fit(X_train, y_train, **weighing(selector, w_train))
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
            start = perf_counter()
            fitted = trained(model, some_train, y_train, **weighing(model, w_train))
            seconds.append(perf_counter() - start)
            score = scorers[name](fitted, some_test, y_test, **({} if w_test is None else {"sample_weight": w_test}))
            scores.append(defined(float(score), f"the score of {name}"))
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


def weighing(estimator: Any, weights: np.ndarray | None) -> dict[str, np.ndarray]:
    """What hands weights to the last step of a Pipeline, or to an estimator; a transformer that keeps all needs none.

    Raises
    ------
    TypeError
        If a selector or model takes no weights.
    """
    if weights is None:
        return {}
    name, last = estimator.steps[-1] if isinstance(estimator, Pipeline) else (None, estimator)
    inner = last.estimator if isinstance(last, GridSearchCV) else last
    if has_fit_parameter(inner, "sample_weight"):
        return {"sample_weight" if name is None else f"{name}__sample_weight": weights}
    if hasattr(last, "get_support") or hasattr(last, "predict"):
        raise TypeError(f"{last!r} takes no sample_weight: leave the weights out, or what cannot read them.")
    return {}


def _own(fitted: Any) -> TypeError:
    return TypeError(
        f"{fitted!r} makes columns of its own, so that it cannot be told which of X it selects: make columns before "
        "the comparison, or in the model."
    )


def _steps(fitted: Any) -> list[Any]:
    if not isinstance(fitted, Pipeline):
        return [fitted]
    return [inner for _, step in fitted.steps if step not in (None, "passthrough") for inner in _steps(step)]
