"""Fifteen columns among 200 whose values differ between two classes: five are shifted, five scaled, five of two humps.

An F statistic sees shifts only. The Wasserstein distance sees all three.
"""

import numpy as np

from infsel.relevances import AUC, AnovaF, MutualInformation, Wasserstein

TITLE = "Optimal transport: shift, scale and shape"
FIGURE = ("Wasserstein", 0.85)


def table(seed, *, n_samples=150, n_features=200, planted=15, effect=0.8, kinds=(0, 1, 2)):
    """X, two classes, and the columns that differ."""
    rng = np.random.default_rng(seed)
    X, y = rng.standard_normal((n_samples, n_features)), rng.integers(0, 2, n_samples)
    columns, on = rng.permutation(n_features)[:planted], y == 1
    for i, f in enumerate(columns):
        kind = kinds[i % len(kinds)]
        if kind == 0:
            X[on, f] += effect
        elif kind == 1:
            X[on, f] *= 1 + 1.5 * effect
        else:
            X[on, f] = 1.6 * effect * np.sign(rng.standard_normal(on.sum())) + 0.3 * X[on, f]
    return X, y, columns


def precisions(X, y, columns):
    """Precision at the number of columns that differ."""
    methods = {"Wasserstein": Wasserstein(), "F": AnovaF(), "AUC": AUC(), "mutual information": MutualInformation()}
    k = len(columns)
    return {name: np.isin(np.argsort(-rate(X, y))[:k], columns).mean() for name, rate in methods.items()}


def planted(seed, **sizes):
    """All three kinds."""
    return precisions(*table(seed, **sizes))


def counter(seed, **sizes):
    """All fifteen are shifted, by little: F needs no look at scales and shapes, and finds as many or more."""
    return precisions(*table(seed, **({"effect": 0.4, "kinds": (0,)} | sizes)))
