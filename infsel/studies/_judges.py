"""The models that judge a selection, and how they do it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn import config_context
from sklearn.base import BaseEstimator
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression, RidgeCV
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline

from infsel.studies._compare import compare

if TYPE_CHECKING:
    from infsel.studies._comparison import SelectorComparison
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


def judged(task: Task, selectors: Mapping[str, Any], model: Any, *, everything: str, **how: Any) -> SelectorComparison:
    """Compare selectors on a task, each behind its scaler.

    Parameters
    ----------
    task : Task
    selectors : mapping of str to selector
    model : estimator, or mapping of str to estimator
        What judges them.
    everything : str
        What keeping all columns is called, which stands behind the selectors.
    **how
        Further arguments of `compare`.
    """
    scaled = {name: make_pipeline(task.scaler, selector) for name, selector in selectors.items()}
    with config_context(transform_output="default" if task.is_plain else "pandas"):  # which keeps labels apart
        return compare(scaled | {everything: task.scaler}, model, task.table, task.y, scoring=task.metric, **how)


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
