"""What is suspicious about the columns of a table, and about its target."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from infsel._runtime.words import listed
from infsel.estimators.base._identifiers import numbers_rows
from infsel.studies._determination import determination
from infsel.tables import as_table
from infsel.targets import is_continuous

if TYPE_CHECKING:
    import pandas as pd

_TELLING = 0.99  # from which on a column is said to tell the target
_FEW = 8  # rows that a column may count by chance
_CLASS = 3  # rows of a class that are not apart from others by chance
_MARKS = {float(f"{sign}{'9' * n}") for sign in ("", "-") for n in range(1, 6)} - {9.0}
_SEVERAL = 3  # columns that tell the target, from which on they are one alert


@dataclass(frozen=True)
class Alert:
    """Columns, or a target, to look at.

    Attributes
    ----------
    kind : {"constant", "copy", "id", "leak", "mark", "missing", "rare class", "scale"}
    columns : tuple of str
        What it is about; of copies the last is the original.
    text : str
        A sentence.
    """

    kind: str
    columns: tuple[str, ...]
    text: str


def alerts(
    X: pd.DataFrame, y: pd.Series | None = None, task: str | None = None, dates: Collection[str] = ()
) -> list[Alert]:
    """Say which columns may not be what they seem.

    Constant columns; copies, equal up to shift and scale, or up to the names of their labels; whole numbers that go up
    or down evenly from row to row, as ids do and years do not; columns that alone tell the target, which may not be
    known when it is to be predicted; numbers such as 999 that lie far from all others and may mark what is missing;
    and classes of one row.

    Parameters
    ----------
    X : pandas.DataFrame of shape (n_samples, n_features)
        Numbers, truth values and categories, with or without gaps.
    y : pandas.Series of shape (n_samples,), default=None
    task : {"classification", "regression", "ordinal"}, default=None
        What y is for; None to decide by its values.
    dates : collection of str, default=()
        Columns of days, which are no ids though they go up.

    Returns
    -------
    list of Alert

    Examples
    --------
    >>> import pandas as pd
    >>> X = pd.DataFrame({"a": [3.0, 1, 2, 5], "b": [6.0, 2, 4, 10], "c": [1] * 4})
    >>> for alert in alerts(X):
    ...     print(alert.text)
    'c' is constant
    'b' is a copy of 'a', up to scale
    """
    constant = [name for name in X.columns if X[name].nunique() < 2]
    are = "is" if len(constant) == 1 else "are"
    found = [Alert("constant", tuple(constant), f"{listed(constant)} {are} constant")] if constant else []
    varying = X.drop(columns=constant)
    found += _copies(varying)
    going = _going(varying.drop(columns=[name for name in dates if name in varying]))
    found += _marks(varying)
    telling = [] if y is None else _telling(varying, y, task)
    found += [Alert("id", (name,), _id_text(name, y if name in telling else None)) for name in going]
    if y is None:
        return found
    found += _leaks([name for name in telling if name not in going], y.name)
    return found + _rare_classes(y, task)


def _copies(X: pd.DataFrame) -> list[Alert]:
    codes = np.empty(X.shape)
    labels = np.array([_is_labels(X[name]) for name in X.columns], dtype=bool)
    for k, name in enumerate(X.columns):
        codes[:, k] = _codes(X[name]) if labels[k] else _filled(X[name])
    gaps = X.isna().to_numpy()
    found: dict[str, list[str]] = {}
    for kind in (True, False):
        columns = np.flatnonzero(labels == kind)
        if len(columns) < 2 or len(X) < 3:
            continue
        first = columns[as_table(codes[:, columns]).originals()]
        for copy, original in zip(columns.tolist(), first.tolist(), strict=True):
            if copy != original and (gaps[:, copy] == gaps[:, original]).all():
                found.setdefault(X.columns[original], []).append(X.columns[copy])
    return [_copy(X, original, copies) for original, copies in found.items()]


def _copy(X: pd.DataFrame, original: str, copies: list[str]) -> Alert:
    are = "is a copy" if len(copies) == 1 else "are copies"
    what = "the names of labels" if _is_labels(X[original]) else "scale"
    exact = all(X[copy].equals(X[original].rename(copy)) for copy in copies)
    text = f"{listed(copies)} {are} of {original!r}{'' if exact else f', up to {what}'}"
    return Alert("copy", (*copies, original), text)


def _is_labels(column: pd.Series) -> bool:
    return hasattr(column.dtype, "categories") or column.dtype == object


def _codes(column: pd.Series) -> np.ndarray:
    """Numbers of labels in the order in which they come, so that other names have the same numbers."""
    return column.astype(object).factorize()[0].astype(np.float64)


def _filled(column: pd.Series) -> np.ndarray:
    numbers = column.to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(np.isnan(numbers), np.nanmean(numbers), numbers)


def _marks(X: pd.DataFrame) -> list[Alert]:
    """Numbers that programs write for what is missing, further from all others than these are from each other."""
    found = []
    for name in X.columns:
        if _is_labels(X[name]) or X[name].dtype.kind not in "iuf":
            continue
        counts = X[name].value_counts()
        for mark in _MARKS & set(counts.index):
            others = counts.index[counts.index != mark]
            apart = min(abs(others.max() - mark), abs(others.min() - mark))
            if counts[mark] > 1 and len(others) > 1 and apart > others.max() - others.min():
                times = f"{counts[mark]} of {len(X)} rows"
                text = f"{name!r} is {mark:g} in {times}, far from all others: empty these cells if it marks a gap"
                found.append(Alert("mark", (name,), text))
    return found


def _going(X: pd.DataFrame) -> list[str]:
    return [name for name in X.columns if len(X) >= _FEW and _goes_on(X[name])]


def _id_text(name: str, y: pd.Series | None) -> str:
    text = f"{name!r} goes on from row to row, as an id or a row number does"
    return text if y is None else f"{text}, and so does {y.name!r}: rows are in its order"


def _goes_on(column: pd.Series) -> bool:
    """Whether whole numbers number the rows."""
    if _is_labels(column) or column.dtype.kind not in "iuf" or column.isna().any():
        return False
    return numbers_rows(column.to_numpy(dtype=np.float64))


def _telling(X: pd.DataFrame, y: pd.Series, task: str | None) -> list[str]:
    continuous = is_continuous(y) if task is None else task == "regression"
    if continuous:
        target = y.to_numpy(dtype=np.float64)
    else:
        common = y.map(y.value_counts()).to_numpy(dtype=np.int64) >= _CLASS
        X, target = X[common], y[common].astype(object).factorize()[0]
    return [name for name in X.columns if determination(X[name], target, continuous) >= _TELLING]


def _leaks(names: list[str], target: object) -> list[Alert]:
    """An alert for each column, or one for many: then the target may just be easy."""
    if len(names) > _SEVERAL:
        return [Alert("leak", tuple(names), f"{len(names)} columns alone tell {target!r}, {listed(names, _SEVERAL)}")]
    return [
        Alert("leak", (name,), f"{name!r} alone tells {target!r}: is it known before {target!r} is?") for name in names
    ]


def _rare_classes(y: pd.Series, task: str | None) -> list[Alert]:
    if task == "regression" or (task is None and is_continuous(y)):
        return []
    counts = y.value_counts()
    return [
        Alert("rare class", (str(name),), f"class {str(name)!r} of {y.name!r} has 1 row: nothing can be learned of it")
        for name in counts.index[counts == 1]
    ]
