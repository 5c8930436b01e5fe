"""What mypy must find: the type of a selector after its methods. It is checked and never run."""

from typing import assert_type

import numpy as np

from infsel import (
    AttentionSelector,
    AttentionSelectorCV,
    CoverageSelector,
    CriterionSelector,
    DeflatedPopularity,
    InfFS,
    InfFSCV,
    KnockoffSelector,
    RankAggregator,
    RecursiveElimination,
    SelectorCV,
    StabilitySelector,
)


def selectors(X: np.ndarray, y: np.ndarray) -> None:
    """Every public estimator returns itself from `fit`."""
    assert_type(InfFS().fit(X), InfFS)
    assert_type(InfFS().partial_fit(X), InfFS)
    assert_type(AttentionSelector().fit(X, y), AttentionSelector)
    assert_type(AttentionSelector().partial_fit(X), AttentionSelector)
    assert_type(CoverageSelector().fit(X, y), CoverageSelector)
    assert_type(CriterionSelector().fit(X, y), CriterionSelector)
    assert_type(DeflatedPopularity().fit(X), DeflatedPopularity)
    assert_type(RecursiveElimination().fit(X, y), RecursiveElimination)
    assert_type(RankAggregator([]).fit(X, y), RankAggregator)
    assert_type(StabilitySelector(InfFS()).fit(X), StabilitySelector)
    assert_type(KnockoffSelector(InfFS()).fit(X, y), KnockoffSelector)


def searches(X: np.ndarray, y: np.ndarray) -> None:
    """So do searches, whose predictions have a type, too."""
    assert_type(AttentionSelectorCV(None).fit(X, y), AttentionSelectorCV)
    assert_type(InfFSCV(None).fit(X, y), InfFSCV)
    assert_type(InfFSCV(None).fit(X, y).predict(X), np.ndarray)
    assert_type(SelectorCV(None).fit(X, y), SelectorCV)


def mistakes(X: np.ndarray) -> None:
    """What is wrong is found: mypy complains of an ignore that it does not need."""
    InfFS().fit()  # type: ignore[call-arg]
    InfFS().fit(X, sample_weights=X)  # type: ignore[call-arg]
