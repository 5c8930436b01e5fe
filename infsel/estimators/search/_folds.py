"""The work inside the folds of a search: which columns each candidate selects, and what an estimator makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from sklearn.base import is_classifier

from infsel.estimators.base._frames import take_rows
from infsel.estimators.base._outputs import take_columns
from infsel.estimators.base._sklearn import check_method_params, safe_indexing
from infsel.estimators.search._trained import trained

Split = tuple[np.ndarray, np.ndarray]
Cutting = Callable[..., Iterator[tuple[Any, np.ndarray]]]


@dataclass(frozen=True)
class Selections:
    """What the candidates of a search select from one training set.

    Attributes
    ----------
    masks : ndarray of bool of shape (n_distinct, n_features)
        Every selection that occurs, once.
    which : ndarray of int of shape (n_candidates,)
        Number of the selection of each candidate.
    seconds : float
        What ranking all of them took.
    """

    masks: np.ndarray
    which: np.ndarray
    seconds: float


@dataclass(frozen=True)
class Trial:
    """An estimator trained and judged on one selection."""

    fit_seconds: float
    score_seconds: float
    scores: dict[str, float]


def splits_of(cv: Any, X: Any, y: Any, estimator: Any, counts: np.ndarray | None = None, **routed: Any) -> list[Split]:
    """The training and test rows of every split; what does not count trains nothing and judges nothing.

    Raises
    ------
    ValueError
        If there is no split, a side of one is empty, or a classifier would train on a single class.
    """
    every = np.arange(X.shape[0])
    counts = np.ones(len(every), dtype=bool) if counts is None else counts
    pairs = cv.split(X, y, **routed)
    splits = [(every[train][counts[train]], every[test][counts[test]]) for train, test in pairs]
    if not splits:
        raise ValueError(f"cv={cv!r} yields no split: pass at least one pair of training and test rows.")
    for number, (train, test) in enumerate(splits):
        for rows, role in ((train, "training"), (test, "test")):
            if not np.size(every[rows]):
                raise ValueError(f"split {number} of cv has no {role} rows: change cv, or its groups.")
        if is_classifier(estimator) and np.ndim(y) == 1 and len(classes := np.unique(y[train])) < 2:
            left = "" if counts.all() else " (what has sample_weight 0 is left out)"
            raise ValueError(
                f"split {number} of cv trains on the class {classes.tolist()[0]!r} alone{left}: a classifier needs "
                "at least two classes. Use StratifiedKFold, shuffle the rows, or change the groups."
            )
    return splits


def select(
    cutting: Cutting, n_candidates: int, X: Any, y: Any, rows: np.ndarray, fit_params: dict[str, Any]
) -> Selections:
    """The columns that each candidate selects from some rows, as `cutting` yields them: some candidates at a time.

    Rows are taken here, where the work is: folds share one table, which then travels once.
    """
    X, y, fit_params = take_rows(X, rows), entries(y, rows), check_method_params(X, fit_params, rows)
    start = perf_counter()
    which = np.empty(n_candidates, dtype=np.intp)
    numbers: dict[bytes, int] = {}
    for candidates, masks in cutting(X, y, fit_params):
        packed = np.packbits(masks, axis=1)
        which[candidates] = [numbers.setdefault(mask.tobytes(), len(numbers)) for mask in packed]
    distinct = np.frombuffer(b"".join(numbers), dtype=np.uint8).reshape(len(numbers), -1)
    masks = np.unpackbits(distinct, axis=1, count=X.shape[1]).astype(bool)
    return Selections(masks, which, perf_counter() - start)


def judge(
    estimator: Any,
    X: Any,
    y: Any,
    split: Split,
    masks: Sequence[np.ndarray],
    scorer: Callable[..., Any],
    fit_params: dict[str, Any],
    score_params: dict[str, Any],
) -> list[Trial]:
    """Train a clone of the estimator on the columns of each mask, and score it on rows it has not seen."""
    train, test = split
    X_train, X_test = take_rows(X, train), take_rows(X, test)
    y_train, y_test = (None, None) if y is None else (y[train], y[test])
    fit_params = check_method_params(X, fit_params, train)
    score_params = check_method_params(X, score_params, test)
    trials = []
    for mask in masks:
        start = perf_counter()
        fitted = trained(estimator, take_columns(X_train, mask), y_train, **fit_params)
        ready = perf_counter()
        scores = scorer(fitted, take_columns(X_test, mask), *(() if y is None else (y_test,)), **score_params)
        trials.append(Trial(ready - start, perf_counter() - ready, _named(scores)))
    return trials


def entries(values: Any, rows: np.ndarray) -> Any:
    """Entries of a target, if there is one."""
    if values is None or isinstance(values, np.ndarray):
        return None if values is None else values[rows]
    return safe_indexing(values, rows)


def _named(scores: Any) -> dict[str, float]:
    """Scores by metric; a single one is called "score", as scikit-learn does."""
    named = {name: float(score) for name, score in (scores if isinstance(scores, dict) else {"score": scores}).items()}
    return {name: defined(score, f"the metric {name!r}") for name, score in named.items()}


def defined(score: float, what: str) -> float:
    """The score on test rows.

    Raises
    ------
    ValueError
        If it is NaN; the message begins with what it is.
    """
    if np.isnan(score):
        raise ValueError(
            f"{what} is NaN on the test rows, as for a single class: use StratifiedKFold, larger test sets, or another "
            "scoring."
        )
    return score


def placed(place: str, work: Callable[..., Any], *arguments: Any) -> Any:
    """Do some of the work; an error says where it arose."""
    try:
        return work(*arguments)
    except Exception as error:
        error.add_note(f"This was {place}.")
        raise
