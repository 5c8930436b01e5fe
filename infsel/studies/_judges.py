"""The models that judge a selection, and how they do it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sklearn import config_context
from sklearn.base import BaseEstimator
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression, Ridge, RidgeCV
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from threadpoolctl import threadpool_limits

from infsel._runtime.words import joined
from infsel.studies._compare import compare
from infsel.studies._kappa import scoring_of
from infsel.studies._task import splitter

if TYPE_CHECKING:
    from infsel.studies._comparison import SelectorComparison
    from infsel.studies._task import Task

MODELS = ("linear", "boosting")
SIMPLE = ("simple",)  # a linear model that is trained once, where tuning trains it 16 times
_STRENGTHS = [0.01, 0.1, 1.0, 10.0, 100.0]  # of a penalty, from hardly to strongly
_INNER = 3  # folds that tune
_WIDE = 2**20  # numbers of a table from which on threads of boosted trees gain more than they wait for each other
_SAID = {
    ("simple", "classification"): "logistic regression",
    ("simple", "regression"): "ridge regression",
    ("linear", "classification"): "logistic regression of a tuned penalty",
    ("linear", "regression"): "ridge regression of a tuned penalty",
    ("boosting", "classification"): "gradient boosting",
    ("boosting", "regression"): "gradient boosting",
}


def judges(task: Task, names: Iterable[str], folds: int, seed: int) -> dict[str, BaseEstimator]:
    """Models by name: a simple linear one, one whose penalty is tuned inside each training part, gradient boosting.

    Where there are gaps or labels, the models fill and encode them, but selectors see them.
    """
    makers = {"simple": lambda: _simple(task), "linear": lambda: _linear(task, folds)}
    found = {name: makers.get(name, lambda: _boosting(task, seed))() for name in names}
    if task.encoder is None:
        return found
    return {name: make_pipeline(task.encoder, model) for name, model in found.items()}


def said(task: Task, names: Iterable[str]) -> str:
    """The models in words."""
    kind = "regression" if task.name == "regression" else "classification"
    return joined([_SAID[name, kind] for name in names])


def judged(
    task: Task,
    selectors: Mapping[str, Any],
    *,
    everything: str,
    folds: int,
    names: Iterable[str] = MODELS,
    repeats: int = 1,
    seed: int = 0,
    **how: Any,
) -> SelectorComparison:
    """Compare selectors on a task, each behind its scaler, by the models of these names.

    Parameters
    ----------
    task : Task
    selectors : mapping of str to selector
    everything : str
        What keeping all columns is called, which stands behind the selectors.
    folds : int
        Of shuffled rows.
    names : iterable of str, default=("linear", "boosting")
        Of the models.
    repeats : int, default=1
        How often folds are drawn.
    seed : int, default=0
        Draws them.
    **how
        Further arguments of `compare`.
    """
    how |= {"scoring": scoring_of(task.metric), "cv": splitter(task.name, folds, repeats, seed)}
    models = judges(task, names, folds, seed)
    scaled = {name: make_pipeline(task.scaler, selector) for name, selector in selectors.items()}
    threads = None if math.prod(task.table.shape) >= _WIDE else 1
    keeps_labels = config_context(transform_output="default" if task.is_plain else "pandas")
    with threadpool_limits(threads, user_api="openmp"), keeps_labels:
        found = compare(scaled | {everything: task.scaler}, models, task.table, task.y, **how)
    return replace(found, metric=task.metric)


def _simple(task: Task) -> BaseEstimator:
    return Ridge() if task.name == "regression" else LogisticRegression(max_iter=5000)


def _linear(task: Task, folds: int) -> BaseEstimator:
    if task.name == "regression":
        return RidgeCV(_STRENGTHS)
    fewest = int(task.y.value_counts().min() * (folds - 1) / folds)  # rows of the smallest class that train
    model = _simple(task)
    if fewest < _INNER:
        return model  # too few to tune by
    return GridSearchCV(model, {"C": _STRENGTHS}, scoring=scoring_of(task.metric), cv=_INNER)


def _boosting(task: Task, seed: int) -> BaseEstimator:
    kind = HistGradientBoostingRegressor if task.name == "regression" else HistGradientBoostingClassifier
    return kind(max_iter=50, early_stopping=False, random_state=seed)
