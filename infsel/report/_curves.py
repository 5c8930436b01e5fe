"""How well models predict from the best k columns of some selectors, from all columns, and from some at random."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from sklearn.feature_selection import SelectKBest

from infsel.estimators import CriterionSelector, RecursiveElimination
from infsel.inspection import SelectionCurveDisplay
from infsel.studies import SelectorComparison
from infsel.studies._drawn import DrawnColumns
from infsel.studies._judges import SIMPLE, judged
from infsel.studies._task import Task

RULING = "RecursiveElimination"
ALL, RANDOM = "all columns", "random columns"
_MOST, _N_SIZES, _N_DRAWS = 200, 10, 2


def sizes_of(n_features: int) -> list[int]:
    """At most 10 numbers of columns, from 1 to all or 200, evenly spaced on a logarithmic scale.

    >>> sizes_of(30), sizes_of(2)
    ([1, 2, 3, 5, 7, 10, 14, 21, 30], [1, 2])
    """
    return sorted({round(size) for size in np.geomspace(1, min(n_features, _MOST), _N_SIZES)})


def contenders(task: Task) -> dict[str, Any]:
    """The selectors that predicted best on benchmark tables, and the usual test of one column at a time."""
    found: dict[str, Any] = {
        RULING: RecursiveElimination(task=task.name),
        f"{RULING}, linear": RecursiveElimination(kernel="linear", task=task.name),
    }
    found["CriterionSelector, jmi"] = CriterionSelector(task=task.name)
    if task.is_plain:
        found["F-test"] = SelectKBest(task.f_test)
    return found


def compared(task: Task, sizes: list[int], folds: int) -> SelectorComparison:
    """The contenders, all columns, and the mean over columns drawn at random."""
    draws = {f"{RANDOM} {seed}": DrawnColumns(random_state=seed) for seed in range(_N_DRAWS)}
    found = judged(task, contenders(task) | draws, everything=ALL, names=SIMPLE, sizes=sizes, folds=folds)
    return _draws_as_one(found, list(draws))


def curve_of(found: SelectorComparison, name: str) -> SelectionCurveDisplay:
    """Means, standard errors and choices of one selector."""
    scores = found.only([name]).scores[0].mean(axis=0)
    return SelectionCurveDisplay(n_features=np.array(found.sizes), scores=scores, metric=found.metric, name=name)


def _draws_as_one(found: SelectorComparison, draws: list[str]) -> SelectorComparison:
    """The comparison with the mean scores of all draws, and the columns of the first."""
    others = [name for name in found.selectors if name not in draws]
    kept = found.only([*others, draws[0]])
    scores = np.concatenate([kept.scores[:-1], found.only(draws).scores.mean(axis=0, keepdims=True)])
    return replace(kept, selectors=(*others, RANDOM), scores=scores)
