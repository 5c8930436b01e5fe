"""The selectors that the command line offers, each under one name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import infsel
from infsel._runtime.names import Names

if TYPE_CHECKING:
    from infsel.studies._task import Task


@dataclass(frozen=True)
class Named:
    """How to make a selector, and what its ranking means.

    Attributes
    ----------
    estimator : str
        Its class, which is imported when one is made.
    title : str
        As the reports have it.
    first : str
        What comes first in its ranking.
    reads_target : bool
        Whether it needs one.
    parameters : mapping of str
        What is not as by default.
    """

    estimator: str
    title: str
    first: str
    reads_target: bool = True
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def make(self, **parameters: Any) -> Any:
        """The selector with these parameters; those that read a target take ``task``."""
        return getattr(infsel, self.estimator)(**self.parameters, **parameters)


_PREDICT = "columns that predict the target together"
SELECTORS = Names(
    {
        "elimination": Named("RecursiveElimination", "RecursiveElimination", _PREDICT),
        "elimination-linear": Named(
            "RecursiveElimination", "RecursiveElimination, linear", _PREDICT, parameters={"kernel": "linear"}
        ),
        "coverage": Named("CoverageSelector", "CoverageSelector", "columns that explain what is not yet explained"),
        "jmi": Named("CriterionSelector", "CriterionSelector, jmi", "columns that inform about the target jointly"),
        "popularity": Named("DeflatedPopularity", "DeflatedPopularity", "columns that stand for all others", False),
        "inf-fs": Named("InfFS", "InfFS", "columns that vary and do not correlate, by walks between columns", False),
        "attention": Named(
            "AttentionSelector", "AttentionSelector", "columns that many others resemble, by one hop", False
        ),
    }
)
WITH_TARGET, WITHOUT_TARGET = "elimination", "popularity"  # measured best of their kind: docs/choosing.md

ALL, INFINITE = "no selection", "inf-fs"


def compared(task: Task) -> tuple[dict[str, Any], dict[str, Any]]:
    """The selectors of infsel compare by name: those that read the target, and those that do not."""
    supervised = {name: named.make(task=task.name) for name, named in SELECTORS.items() if named.reads_target}
    unsupervised = {
        "popularity": SELECTORS["popularity"].make(),
        "attention": SELECTORS["attention"].make(),
        "inf-fs, 2 hops": SELECTORS["inf-fs"].make(n_hops=2),
        INFINITE: SELECTORS["inf-fs"].make(),
    }
    if task.f_test is not None:
        from sklearn.feature_selection import SelectKBest

        supervised["f-test"] = SelectKBest(task.f_test)
    return supervised, unsupervised
