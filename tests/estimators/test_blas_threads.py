"""No selector leaves small products to the threads of BLAS, whatever it is told about its own."""

import importlib

import numpy as np
import pytest
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_info, threadpool_limits

from infsel import (
    AttentionSelector,
    CoverageSelector,
    CriterionSelector,
    DeflatedPopularity,
    InfFS,
    InfFSCV,
    KnockoffSelector,
    RankAggregator,
    RecursiveElimination,
)

WHERE = {  # how a table meets BLAS, and a function that runs there
    "attention between rows": (
        lambda X, y: RecursiveElimination().fit(X, y),
        "eliminations._attention.Penalized",
    ),
    "parts": (lambda X, y: RecursiveElimination(part_size=20).fit(X, y), "eliminations._attention.Penalized"),
    "linear": (lambda X, y: RecursiveElimination(kernel="linear").fit(X, y), "eliminations._linear.Penalized"),
    "coverage": (lambda X, y: CoverageSelector().fit(X, y), "criteria._coverage.correlations"),
    "criteria": (lambda X, y: CriterionSelector("mrmr-fcq").fit(X, y), "estimators.forward._selector.forward"),
    "popularity": (lambda X, y: DeflatedPopularity().fit(X), "criteria._column_subset.lift"),
    "graph": (lambda X, y: InfFS().fit(X), "walks._solve.graph_of"),
    "tokens": (lambda X, y: AttentionSelector().fit(X), "walks._solve.graph_of"),
    "batches": (lambda X, y: InfFS(correlation="pearson").partial_fit(X), "estimators.graph._selector.with_batch"),
    "explanations": (lambda X, y: InfFS().fit(X).explain(1), "estimators.graph._explanation.reasons"),
    "search": (
        lambda X, y: InfFSCV(LogisticRegression(), alphas=[0.2, 0.5], cv=2).fit(X, y),
        "propagations._propagate.KrylovBasis",
    ),
    "knockoffs": (
        lambda X, y: KnockoffSelector(SelectKBest(f_classif), random_state=0).fit(X, y),
        "estimators.meta._knockoff.gaussian_knockoffs",
    ),
    "members side by side": (
        lambda X, y: RankAggregator([("a", InfFS()), ("b", AttentionSelector())], n_jobs=2).fit(X, y),
        "walks._solve.graph_of",
    ),
}


@pytest.mark.parametrize("n_jobs", [None, 2])
@pytest.mark.parametrize("where", WHERE)
def test_blas_has_one_thread(where, n_jobs, monkeypatch, rng):
    run, name = WHERE[where]
    module, _, function = f"infsel.{name}".rpartition(".")
    original, seen = getattr(importlib.import_module(module), function), set()

    def watched(*args, **kwargs):
        seen.update(library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas")
        return original(*args, **kwargs)

    monkeypatch.setattr(f"infsel.{name}", watched)
    X, y = rng.standard_normal((60, 8)), np.arange(60) % 2
    with threadpool_limits(n_jobs or 3, "blas"):
        run(X, y)
    assert seen == {1}
