"""Everything a report says, found out by studies."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from infsel.estimators import InfFS, RecursiveElimination
from infsel.report._code import code_of
from infsel.report._columns import column_rows
from infsel.report._curves import RULING, compared, curve_of, sizes_of
from infsel.report._frames import as_frames
from infsel.report._redundancy import clusters_of, redundancy_of
from infsel.report._report import Report
from infsel.report._rows import judged_rows
from infsel.report._verdict import concerned, verdict
from infsel.studies import Alert, alerts
from infsel.studies._judges import said as named
from infsel.studies._task import TASKS, described, task_of
from infsel.studies._value_alerts import value_alerts

_WALKED = 5000  # columns of whose walks a depth takes less than the rest of the report
_YOURS = "X, y = ...  # your table and target"


def gather(
    X: Any,
    y: Any,
    *,
    task: str | None = None,
    n_folds: int = 5,
    n_permutations: int = 9,
    name: str = "table",
    notes: Sequence[str] = (),
    load: str = _YOURS,
) -> Report:
    """Find out what a report says about a table.

    Recursive elimination ranks the columns; how many to keep, cross-validation decides: the fewest whose mean score is
    within one standard error of the best. Everything is computed from the table alone, so that the same table gives the
    same report.

    Parameters
    ----------
    X : data frame or array-like of shape (n_samples, n_features)
        Numbers, truth values, text, categories and dates, with or without gaps.
    y : array-like of shape (n_samples,)
        Labels or numbers, none of them missing.
    task : {"classification", "regression", "ordinal"}, default=None
        What y is for; None for "ordinal" where its categories have an order, else to decide by its values, as
        `infsel.targets.is_continuous` does.
    n_folds : int >= 2, default=5
        Folds of the cross-validation, which takes at most 10,000 rows. Rows of classes that are smaller than the number
        of folds have no part in it, and an alert says so.
    n_permutations : int >= 1, default=9
        Shuffled targets that say what chance does.
    name : str, default="table"
        Of the table, for the title.
    notes : sequence of str, default=()
        Sentences on how the table was read.
    load : str
        Python that makes X and y, for the lines that repeat the report.

    Returns
    -------
    Report

    Raises
    ------
    TypeError
        If X is sparse or no table.
    ValueError
        If X, y or a parameter cannot be used; the message says why.

    Examples
    --------
    >>> from infsel.datasets import iris
    >>> from infsel.report import gather
    >>> found = gather(*iris(), name="iris")
    >>> print(found.verdict[0])
    Keep 1 of 4 columns: “petal width (cm)”.
    """
    _check(task, n_folds, n_permutations)
    X, y, said, dates = as_frames(X, y)
    kind, words = described(y, task)
    found_alerts = (*alerts(X, y, kind, dates), *value_alerts(X, y, kind, n_folds))
    rows, left_out = judged_rows(y, kind, n_folds)
    judged = task_of(X.iloc[rows], y.iloc[rows], kind, n_folds)
    comparison = compared(judged, sizes_of(X.shape[1] - _n_idle(found_alerts)), n_folds)
    curve = curve_of(comparison, RULING)
    n_selected = int(curve.n_features[curve.one_standard_error_])
    fit: dict[str, Any] = {"n_features_to_select": n_selected, "n_permutations": n_permutations, "task": kind}
    selector = RecursiveElimination(**fit).fit(X, y)
    columns = column_rows(selector, X)
    redundancy = redundancy_of(selector, X)
    plain = judged.is_plain and not left_out and kind != "ordinal"
    options: dict[str, Any] = {"task": task} if task else {}
    options |= {"n_folds": n_folds} if n_folds != 5 else {}
    options |= {"n_permutations": n_permutations} if n_permutations != 9 else {}
    return Report(
        name=name,
        target=str(y.name),
        task=kind,
        n_samples=len(X),
        n_features=X.shape[1],
        n_judged=len(rows),
        model=named(judged, comparison.models),
        verdict=verdict(judged, comparison, columns["feature"][columns["selected"]].tolist(), found_alerts),
        notes=(*notes, *said, *(words[:1] if not notes else ()), *left_out),
        alerts=found_alerts,
        comparison=comparison,
        n_selected=n_selected,
        columns=columns,
        path=pd.DataFrame(selector.path_),
        clusters=clusters_of(redundancy),
        redundancy=redundancy,
        hops=_hops(X, 0 if redundancy is None else len(redundancy.columns)),
        code=code_of(judged, load, options, fit, n_folds if plain else None),
    )


def _n_idle(found: Sequence[Alert]) -> int:
    """How many columns are constant or copies, which no selection needs."""
    return len({name for alert in found if alert.kind in ("constant", "copy") for name in concerned(alert)})


def _check(task: str | None, n_folds: int, n_permutations: int) -> None:
    if task not in (None, *TASKS):
        raise ValueError(f"task={task!r}: pass {', '.join(map(repr, TASKS))}, or None to decide by the values of y.")
    for name, value, least in (("n_folds", n_folds, 2), ("n_permutations", n_permutations, 1)):
        if not isinstance(value, (int, np.integer)) or value < least:
            raise ValueError(f"{name}={value!r}: pass a whole number from {least} up.")


def _hops(X: pd.DataFrame, n_varying: int) -> pd.DataFrame | None:
    """How the ranking by walks settles, for tables of some columns that vary, and not too many."""
    if X.shape[1] > _WALKED or n_varying < 3:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of flat spread, which scaled tables have: the page says it
        return pd.DataFrame(InfFS().fit(X).hop_path())
