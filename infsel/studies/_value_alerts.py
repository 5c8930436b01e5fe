"""What is suspicious about the values of a table: gaps, scales, small classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from infsel.studies._alerts import Alert
from infsel.targets import is_continuous

if TYPE_CHECKING:
    import pandas as pd

_MISSING = 0.2  # share of the rows
_RULES = 0.9  # share of the summed variance
_FEWEST = 3  # columns among which one can rule


def value_alerts(X: pd.DataFrame, y: pd.Series, task: str | None = None, n_folds: int = 5) -> list[Alert]:
    """Say which columns have many gaps, which one rules all distances, and which classes no fold can hold.

    Parameters
    ----------
    X : pandas.DataFrame of shape (n_samples, n_features)
        Numbers, truth values and categories, with or without gaps.
    y : pandas.Series of shape (n_samples,)
    task : {"classification", "regression", "ordinal"}, default=None
        What y is for; None to decide by its values.
    n_folds : int >= 2, default=5
        Of the cross-validation; a class of one row alone is an alert of `alerts`.

    Returns
    -------
    list of Alert
        Of the kinds "missing", "scale" and "rare class".

    Examples
    --------
    >>> import pandas as pd
    >>> X = pd.DataFrame({"a": [1000.0, 0, 2000, 500], "b": [1.0, 2, None, 4], "c": [0.0, 1, 1, 0]})
    >>> for alert in value_alerts(X, pd.Series(["u", "v", "u", "v"], name="y"), n_folds=2):
    ...     print(alert.text)
    'b' is missing in 1 of 4 rows
    'a' has 100 % of the variance of all numbers: scale columns before methods that compare raw values
    """
    return [*_gaps(X), *_scales(X), *_rare(y, task, n_folds)]


def _gaps(X: pd.DataFrame) -> list[Alert]:
    counts = X.isna().sum()
    return [
        Alert("missing", (str(name),), f"{str(name)!r} is missing in {count} of {len(X)} rows")
        for name, count in counts[counts > _MISSING * len(X)].items()
    ]


def _scales(X: pd.DataFrame) -> list[Alert]:
    names = [name for name in X.columns if is_numeric_dtype(X[name]) and not is_bool_dtype(X[name])]
    if len(names) < _FEWEST:
        return []
    variances = X[names].astype(np.float64).var().fillna(0.0)
    total = variances.sum()
    return [
        Alert(
            "scale",
            (str(name),),
            f"{str(name)!r} has {variance / total:.0%} of the variance of all numbers: scale columns before methods "
            "that compare raw values".replace("%", " %"),
        )
        for name, variance in variances[variances > _RULES * total].items()
    ]


def _rare(y: pd.Series, task: str | None, n_folds: int) -> list[Alert]:
    if task == "regression" or (task is None and is_continuous(y)):
        return []
    counts = y.value_counts()
    return [
        Alert(
            "rare class",
            (str(name),),
            f"class {str(name)!r} of {y.name!r} has {counts[name]} rows, fewer than the {n_folds} folds",
        )
        for name in counts.index[(counts > 1) & (counts < n_folds)]
    ]
