"""Fifteen columns among 200 rise with a grade of five, weakly; others mark one grade alone, which is no order.

Grades as numbers put the classes on a line (`task="regression"`, `start="pearson"`); as labels they have no order.
"""

import numpy as np

from infsel import CoverageSelector
from infsel.relevances import AnovaF, Correlation, MutualInformation

TITLE = "Optimal transport: ordinal targets as geometry"
FIGURE = ("grades as numbers", 0.75)


def table(seed, *, n_samples=150, n_features=200, planted=15, effect=0.25, marks=15, mark=0.7):
    """X, grades 0 to 4, and the columns that rise."""
    rng = np.random.default_rng(seed)
    X, y = rng.standard_normal((n_samples, n_features)), rng.integers(0, 5, n_samples)
    order = rng.permutation(n_features)
    X[:, order[:planted]] += effect * (y - 2)[:, np.newaxis]
    X[:, order[planted : planted + marks]] += mark * (y == 2)[:, np.newaxis]
    return X, y, order[:planted], order[planted : planted + marks]


def precisions(X, y, columns):
    """Precision at the number of columns asked for."""
    k = len(columns)
    methods = {
        "grades as numbers": Correlation("pearson"),
        "their ranks": Correlation("spearman"),
        "F of labels": AnovaF(),
    }
    methods["mutual information"] = MutualInformation()
    rated = {name: rate(X, y) for name, rate in methods.items()}
    for task in ("regression", "classification"):
        rated[f"coverage, task={task!r}"] = -CoverageSelector(task=task, n_features_to_select=k).fit(X, y).ranking_
    return {name: np.isin(np.argsort(-r)[:k], columns).mean() for name, r in rated.items()}


def planted(seed, **sizes):
    """The columns that rise."""
    X, y, rising, _ = table(seed, **sizes)
    return precisions(X, y, rising)


def counter(seed, **sizes):
    """The columns that mark the middle grade are asked for: on a line they do not show."""
    X, y, _, marking = table(seed, **sizes)
    return precisions(X, y, marking)
