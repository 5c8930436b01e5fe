"""What is predicted, and how that is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype
from sklearn.base import BaseEstimator
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.feature_selection import f_classif, f_regression
from sklearn.impute import SimpleImputer
from sklearn.model_selection import KFold, RepeatedKFold, RepeatedStratifiedKFold, StratifiedKFold
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder

from infsel._runtime.words import counted
from infsel.studies._kappa import KAPPA
from infsel.targets import columns_of, is_continuous, is_graded
from infsel.targets._outputs import grades

TASKS = ("classification", "regression", "ordinal")
_MANY = 10  # different whole numbers that may be meant as either


@dataclass(frozen=True)
class Task:
    """What is predicted from which columns, and how it is judged. There are no classes in regression.

    An ordinal target is grades 0, 1, ..., which models take for classes and the metric for places in an order. Where
    there are gaps or labels, an encoder fills and encodes them for models, but selectors see them.
    """

    X: pd.DataFrame
    y: pd.Series
    name: str
    metric: str
    encoder: BaseEstimator | None
    scaler: BaseEstimator
    f_test: Any
    n_classes: int

    @property
    def is_plain(self) -> bool:
        """Whether the columns are numbers without gaps."""
        return self.encoder is None

    @property
    def table(self) -> Any:
        """X as a comparison takes it: of plain numbers an array, as frames of many columns are slow to take apart."""
        return self.X.to_numpy(dtype=np.float64) if self.is_plain else self.X

    @property
    def chance(self) -> float:
        """The score of a guess."""
        return 1 / self.n_classes if self.name == "classification" else 0.0


def name_of(y: pd.Series, task: str | None) -> str:
    """What a target is for: as it is asked for, or as its type and its values say."""
    if task is not None:
        return task
    return "ordinal" if is_graded(y) else "regression" if is_continuous(y) else "classification"


def described(y: pd.Series, task: str | None) -> tuple[str, list[str]]:
    """Which task a target is for, and sentences that say so, and how to change it where it may be the other."""
    name, n = name_of(y, task), y.nunique()
    what = {"classification": counted(n, "class", "classes"), "ordinal": counted(n, "grade")}.get(name, "numbers")
    said = [f"task: {name}, {what} of {y.name!r}"]
    if task is None and n > _MANY and _whole(y):
        other = "regression" if name == "classification" else "classification"
        said.append(f"{y.name!r} holds {n} different whole numbers: --task {other} if they are {_MEANT[other]}")
    return name, said


_MEANT = {"regression": "amounts, not names of classes", "classification": "names of classes, not amounts"}


def _whole(y: pd.Series) -> bool:
    if not is_numeric_dtype(y) or is_bool_dtype(y):
        return False
    numbers = y.to_numpy(dtype=np.float64)
    return bool((numbers == np.round(numbers)).all())


def task_of(X: pd.DataFrame, y: pd.Series, name: str | None, folds: int) -> Task:
    """Classification, regression or the prediction of grades, read off the target unless named.

    Raises
    ------
    ValueError
        If the target or the number of rows does not allow it.
    """
    name = name_of(y, name)
    if name == "regression":
        if not is_numeric_dtype(y):
            raise ValueError(f"target {y.name!r} is not numeric: use --task classification.")
        if len(y) < 2 * folds:
            raise ValueError(f"{len(y)} rows are too few for --folds {folds}.")
        return _prepared(X, y, name, "r2", f_regression, 0)
    counts = y.value_counts()
    if counts.iloc[-1] < folds:
        raise ValueError(
            f"class {str(counts.index[-1])!r} of target {y.name!r} has {counted(counts.iloc[-1], 'row')}, fewer than "
            f"--folds {folds}: lower --folds or remove the class{_or_numbers(y)}."
        )
    if name == "ordinal":
        return _prepared(X, _places(y), name, KAPPA, f_regression, len(counts))
    return _prepared(X, y, name, "balanced_accuracy", f_classif, len(counts))


def _places(y: pd.Series) -> pd.Series:
    return pd.Series(grades(columns_of(y).outputs[0]).astype(np.intp), y.index, name=y.name)


def splitter(name: str, folds: int, repeats: int = 1, seed: int = 0) -> Any:
    """Folds of shuffled rows, stratified for classes."""
    if repeats == 1:
        return (KFold if name == "regression" else StratifiedKFold)(folds, shuffle=True, random_state=seed)
    kind = RepeatedKFold if name == "regression" else RepeatedStratifiedKFold
    return kind(n_splits=folds, n_repeats=repeats, random_state=seed)


def _or_numbers(y: pd.Series) -> str:
    return ", or predict numbers with --task regression" if y.nunique() > _MANY and _whole(y) else ""


def _prepared(X: pd.DataFrame, y: pd.Series, name: str, metric: str, f_test: Any, n_classes: int) -> Task:
    labels = [column for column in X.columns if isinstance(X[column].dtype, pd.CategoricalDtype)]
    if not labels and not X.isna().any(axis=None):
        return Task(X, y, name, metric, None, MinMaxScaler(), f_test, n_classes)
    scaled = (MinMaxScaler(), make_column_selector(dtype_exclude="category"))
    scaler = make_column_transformer(scaled, remainder="passthrough", verbose_feature_names_out=False)
    encoder = make_column_transformer(
        (OneHotEncoder(handle_unknown="ignore", sparse_output=False), make_column_selector(dtype_include="category")),
        (SimpleImputer(add_indicator=True), make_column_selector(dtype_exclude="category")),
    )
    X = X[[*X.columns.drop(labels), *labels]].astype(dict.fromkeys(X.columns.drop(labels), np.float64))
    return Task(X, y, name, metric, encoder, scaler, None, n_classes)  # F takes no gaps
