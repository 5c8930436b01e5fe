"""Python that repeats what a report says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from infsel.studies._judges import SIMPLE, judges
from infsel.studies._task import Task, splitter


def code_of(task: Task, load: str, options: Mapping[str, Any], fit: Mapping[str, Any], folds: int | None) -> str:
    """Lines that load the table, write the report, fit the selector and, where that takes few lines, judge it.

    Parameters
    ----------
    task : Task
    load : str
        Lines that make X and y.
    options : mapping of str
        Of `infsel.report.write`, those that are not as by default.
    fit : mapping of str
        Parameters of the selector.
    folds : int or None
        Of the comparison; None where it did not see all rows, or columns of anything but numbers without gaps.
    """
    judged = "" if folds is None else _judged(task, fit, folds)
    return (
        f"{load.rstrip()}\n\n"
        "from infsel import RecursiveElimination, report\n\n"
        f"selector = RecursiveElimination({_arguments(fit)}).fit(X, y)\n"
        "selected = selector.get_feature_names_out()  # the columns to keep\n"
        "ranking = selector.to_frame()  # what the page says about every column\n"
        f"{judged}"
        f"\nreport.write(X, y, {', '.join(filter(None, [repr('report.html'), _arguments(options)]))})  # this page\n"
    )


def _judged(task: Task, fit: Mapping[str, Any], folds: int) -> str:
    [model], cv = judges(task, SIMPLE, folds, 0).values(), splitter(task.name, folds)
    alone = {name: value for name, value in fit.items() if name != "n_permutations"}
    return (
        f"\nfrom sklearn.linear_model import {type(model).__name__}\n"
        f"from sklearn.model_selection import {type(cv).__name__}, cross_val_score\n"
        "from sklearn.pipeline import make_pipeline\n"
        "from sklearn.preprocessing import MinMaxScaler\n\n"
        "pipeline = make_pipeline(\n"
        f"    {task.scaler!r},\n    RecursiveElimination({_arguments(alone)}),\n    {model!r},\n)\n"
        f"cv = {cv!r}\n"
        f"score = cross_val_score(pipeline, X, y, cv=cv, scoring={task.metric!r}).mean()\n"
    )


def _arguments(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in values.items())
