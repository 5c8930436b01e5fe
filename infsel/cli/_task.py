"""What is predicted, and how that is judged."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype
from sklearn.base import BaseEstimator
from sklearn.feature_selection import f_classif, f_regression
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import KFold, StratifiedKFold

from infsel.targets import is_continuous


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
