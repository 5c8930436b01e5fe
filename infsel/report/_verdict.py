"""What it all comes to, in three sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from infsel._runtime.words import counted, first, joined
from infsel.report._curves import ALL, RANDOM, RULING, curve_of
from infsel.studies import Alert, SelectorComparison
from infsel.studies._judges import said
from infsel.studies._task import Task

_NAMED = 6
_SINGULAR = {
    "constant": ("constant column", "constant columns"),
    "copy": ("copy", "copies"),
    "id": ("column like an id", "columns like ids"),
    "leak": ("column that may tell the target", "columns that may tell the target"),
    "mark": ("column with a mark for gaps", "columns with marks for gaps"),
    "missing": ("column with many gaps", "columns with many gaps"),
    "rare class": ("rare class", "rare classes"),
    "scale": ("column that rules by its scale", "columns that rule by their scale"),
}


def verdict(
    task: Task, found: SelectorComparison, selected: Sequence[str], alerts: Sequence[Alert]
) -> tuple[str, str, str]:
    """What to keep, what that is worth, and what to look at before."""
    return _keep(task, found, selected), _worth(task, found, len(selected)), _look(alerts)


def concerned(alert: Alert) -> tuple[str, ...]:
    """The columns that an alert is about: of copies not the original."""
    return alert.columns[:-1] if alert.kind == "copy" else alert.columns


def means_at(found: SelectorComparison, name: str, size: int) -> tuple[float, float]:
    """Mean score and standard error of a selector that was asked for so many columns."""
    curve = curve_of(found, name)
    row = found.sizes.index(size)
    return float(curve.means_[row]), float(curve.standard_errors_[row])


def _keep(task: Task, found: SelectorComparison, selected: Sequence[str]) -> str:
    mean, error = means_at(found, RULING, len(selected))
    names = first([f"“{name}”" for name in selected], _NAMED)
    n = task.X.shape[1]
    if mean - error <= task.chance:
        return f"Nothing here predicts “{task.y.name}” better than a guess; {names} would come first of {n} columns."
    return f"Keep {len(selected)} of {counted(n, 'column')}: {names}."


def _worth(task: Task, found: SelectorComparison, size: int) -> str:
    n = task.X.shape[1]
    parts = [f"{_score(means_at(found, RULING, size))} with {'it' if size == 1 else 'them'}"]
    parts.append(f"{_score(means_at(found, ALL, size))} with all {n}")
    if size < n:
        parts.append(f"{_score(means_at(found, RANDOM, size))} with as many drawn at random")
    return (
        f"{said(task, found.models).capitalize()} reaches {words(found.metric)} {joined(parts)} (mean ± standard error "
        f"over {len(found.test_shares)} folds of {len(task.X):,} rows)."
    )


def _look(alerts: Sequence[Alert]) -> str:
    if not alerts:
        return "No column is constant, a copy, an id, nor tells the target alone."
    counts = Counter(alert.kind for alert in alerts for _ in concerned(alert))
    kinds = [f"{number} {_SINGULAR[kind][number > 1]}" for kind, number in counts.items()]
    return f"Look first at {joined(kinds)}."


def _score(score: tuple[float, float]) -> str:
    return f"{score[0]:.3f} ± {score[1]:.3f}"


def words(metric: str) -> str:
    """The name of a metric as people read it."""
    return {"r2": "R²"}.get(metric, metric.replace("_", " "))
