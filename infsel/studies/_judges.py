"""The models that judge a selection, and the splits that they do it in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression, RidgeCV
from sklearn.model_selection import GridSearchCV, KFold, RepeatedKFold, RepeatedStratifiedKFold, StratifiedKFold
from sklearn.pipeline import make_pipeline

if TYPE_CHECKING:
    from infsel.studies._task import Task

MODELS = ("linear", "boosting")
_STRENGTHS = np.logspace(-2, 2, 5)  # of a penalty, from hardly to strongly
_INNER = 3  # folds that tune


def judges(task: Task, names: Iterable[str], folds: int, seed: int) -> dict[str, BaseEstimator]:
    """Models by name: a linear one whose penalty is tuned inside each training part, and gradient boosting.

    Where there are gaps or labels, the models fill and encode them, but selectors see them.
    """
    found = {name: _linear(task, folds) if name == "linear" else _boosting(task, seed) for name in names}
    return {name: model if task.is_plain else make_pipeline(task.model[0], model) for name, model in found.items()}


def splitter(task: Task, folds: int, repeats: int, seed: int) -> Any:
    """Folds of shuffled rows, stratified for classes."""
    if repeats == 1:
        return (KFold if task.name == "regression" else StratifiedKFold)(folds, shuffle=True, random_state=seed)
    kind = RepeatedKFold if task.name == "regression" else RepeatedStratifiedKFold
    return kind(n_splits=folds, n_repeats=repeats, random_state=seed)


def _linear(task: Task, folds: int) -> BaseEstimator:
    if task.name == "regression":
        return RidgeCV(_STRENGTHS)
    fewest = int(task.y.value_counts().min() * (folds - 1) / folds)  # rows of the smallest class that train
    model = LogisticRegression(max_iter=5000)
    if fewest < _INNER:
        return model  # too few to tune by
    return GridSearchCV(model, {"C": _STRENGTHS}, scoring=task.metric, cv=_INNER)


def _boosting(task: Task, seed: int) -> BaseEstimator:
    kind = HistGradientBoostingRegressor if task.name == "regression" else HistGradientBoostingClassifier
    return kind(max_iter=50, early_stopping=False, random_state=seed)
