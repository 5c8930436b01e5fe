"""The selectors that the command line offers, each under one name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import infsel
from infsel._runtime.names import Names


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
    by_task : mapping of str to mapping
        What depends on the task besides.
    """

    estimator: str
    title: str
    first: str
    reads_target: bool = True
    parameters: Mapping[str, Any] = field(default_factory=dict)
    by_task: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def make(self, kind: str | None = None, **parameters: Any) -> Any:
        """The selector with these parameters for a task of some kind; those that read a target take ``task``."""
        return getattr(infsel, self.estimator)(**self.parameters, **self.by_task.get(str(kind), {}), **parameters)


_PREDICT = "columns that predict the target together"
SELECTORS = Names(
    {
        "elimination": Named("RecursiveElimination", "RecursiveElimination", _PREDICT),
        "elimination-linear": Named(
            "RecursiveElimination", "RecursiveElimination, linear", _PREDICT, parameters={"kernel": "linear"}
        ),
        "coverage": Named("CoverageSelector", "CoverageSelector", "columns that explain what is not yet explained"),
        "jmi": Named("CriterionSelector", "CriterionSelector, jmi", "columns that inform about the target jointly"),
        "f-test": Named(
            "CriterionSelector",
            "F-test",
            "columns that predict the target each by itself",
            by_task={
                "classification": {"criterion": "anova"},
                "regression": {"criterion": "pearson"},
                "ordinal": {"criterion": "pearson"},
                "survival": {"criterion": "pearson"},
            },
        ),
        "popularity": Named("DeflatedPopularity", "DeflatedPopularity", "columns that stand for all others", False),
        "inf-fs": Named("InfFS", "InfFS", "columns that vary and do not correlate, by walks between columns", False),
        "attention": Named(
            "AttentionSelector", "AttentionSelector", "columns that many others resemble, by one hop", False
        ),
    }
)
WITH_TARGET, WITHOUT_TARGET = "elimination", "popularity"  # measured best of their kind: docs/choosing.md
