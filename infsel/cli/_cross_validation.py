"""Selectors side by side: each in a Pipeline, judged on rows it has not seen."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype
from scipy.stats import kendalltau
from sklearn.base import BaseEstimator, clone
from sklearn.feature_selection import SelectKBest, f_classif, f_regression
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import KFold, StratifiedKFold, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler

from infsel._runtime.threads import at_most
from infsel.cli._selectors import SELECTORS
from infsel.targets import is_continuous

ALL = "no selection"
_INFINITE = "inf-fs"


@dataclass(frozen=True)
class Task:
    """What is predicted from which columns, and how it is judged. There are no classes in regression."""

    X: pd.DataFrame
    y: pd.Series
    name: str
    metric: str
    model: BaseEstimator
    f_test: Any
    splitter: Any
    n_classes: int


@dataclass(frozen=True)
class Result:
    """One Pipeline, cross-validated. `kendall` compares its ranking with that of infinitely many hops."""

    selector: str
    reads_target: bool
    n_features: int
    scores: list[float]
    score_mean: float
    score_standard_error: float
    fit_seconds: float
    kendall: float | None


def task_of(X: pd.DataFrame, y: pd.Series, name: str | None, folds: int) -> Task:
    """Classification or regression, read off the target unless named.

    Raises
    ------
    ValueError
        If the target or the number of rows does not allow it.
    """
    name = name or ("regression" if is_continuous(y) else "classification")
    if name == "regression":
        if not is_numeric_dtype(y):
            raise ValueError(f"target {y.name!r} is not numeric: use --task classification.")
        if len(y) < 2 * folds:
            raise ValueError(f"{len(y)} rows are too few for --folds {folds}.")
        return Task(X, y, name, "r2", Ridge(), f_regression, KFold(folds, shuffle=True, random_state=0), 0)
    counts = y.value_counts()
    if len(counts) < 2:
        raise ValueError(f"target {y.name!r} has fewer than two values: there is nothing to predict.")
    if counts.iloc[-1] < folds:
        raise ValueError(
            f"class {counts.index[-1]!r} of target {y.name!r} has {counts.iloc[-1]} rows, fewer than --folds {folds}: "
            "lower --folds or remove the class."
        )
    splitter = StratifiedKFold(folds, shuffle=True, random_state=0)
    return Task(X, y, name, "balanced_accuracy", LogisticRegression(max_iter=5000), f_classif, splitter, len(counts))


class Comparison:
    """The work of comparing selectors at several numbers of features, one Pipeline at a time."""

    def __init__(self, task: Task, sizes: tuple[int, ...]) -> None:
        self.task = task
        supervised = {name: named.make(task=task.name) for name, named in SELECTORS.items() if named.reads_target}
        supervised["f-test"] = SelectKBest(task.f_test)
        unsupervised = {
            "popularity": SELECTORS["popularity"].make(),
            "attention": SELECTORS["attention"].make(),
            "inf-fs, 2 hops": SELECTORS["inf-fs"].make(n_hops=2),
            _INFINITE: SELECTORS["inf-fs"].make(),
        }
        self.selectors: dict[str, Any] = supervised | unsupervised
        self.supervised = supervised.keys()
        self.work = [(name, k) for name in self.selectors for k in sizes] + [(ALL, task.X.shape[1])]

    def __len__(self) -> int:
        return len(self.work)

    def __iter__(self) -> Iterator[Result]:
        rankings = self._rankings()
        for name, k in self.work:
            tau = kendalltau(rankings[name], rankings[_INFINITE]).statistic if name in rankings else math.nan
            yield self._cross_validate(name, k, None if math.isnan(tau) else float(tau))

    def _rankings(self) -> dict[str, Any]:
        X = MinMaxScaler().fit_transform(self.task.X)
        k = max(k for name, k in self.work if name != ALL)
        return {name: self._selecting(name, k).fit(X, self.task.y).scores_ for name in self.selectors}

    def _selecting(self, name: str, k: int) -> Any:
        if name == ALL:
            return "passthrough"
        selector = self.selectors[name]
        return clone(selector).set_params(**{"k" if isinstance(selector, SelectKBest) else "n_features_to_select": k})

    def _cross_validate(self, name: str, k: int, tau: float | None) -> Result:
        task = self.task
        with at_most(None):  # the products of a logistic regression are small, too
            outcome = cross_validate(
                make_pipeline(MinMaxScaler(), self._selecting(name, k), task.model),
                task.X,
                task.y,
                scoring=task.metric,
                cv=task.splitter,
                error_score="raise",
            )
        scores = outcome["test_score"]
        return Result(
            selector=name,
            reads_target=name in self.supervised,
            n_features=k,
            scores=scores.tolist(),
            score_mean=float(scores.mean()),
            score_standard_error=float(scores.std(ddof=1) / math.sqrt(len(scores))),
            fit_seconds=float(outcome["fit_time"].mean()),
            kendall=tau,
        )
