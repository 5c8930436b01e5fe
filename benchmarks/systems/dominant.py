"""Fifteen columns that share a factor among 200: how many columns belong together, and which, without being told.

The figures are Jaccard similarities of what is selected with the fifteen. `n_features_to_select="dominant"` takes the
set on which replicator dynamics end in the graph of significant correlations.
"""

import numpy as np

from infsel import InfFS

TITLE = "Markov models: winner takes all, and how many features"
FIGURE = ("'dominant'", 0.95)


def table(seed, *, n_samples=200, n_features=200, planted=15, loading=1.0):
    """X and the columns that share the factor."""
    rng = np.random.default_rng(seed)
    X, columns = rng.standard_normal((n_samples, n_features)), rng.permutation(n_features)[:planted]
    X[:, columns] += loading * rng.standard_normal((n_samples, 1))
    return X, columns


def similarities(X, columns, k):
    """Jaccard similarity with the columns asked for, by rule."""
    rules = {
        "'dominant'": {"n_features_to_select": "dominant"},
        "'auto'": {"n_features_to_select": "auto"},
        "threshold='3*mean'": {"threshold": "3*mean"},
        "half": {},
        "squared correlation, 'auto'": {"affinity": "squared-correlation", "n_features_to_select": "auto"},
        f"squared correlation, told {k}": {"affinity": "squared-correlation", "n_features_to_select": k},
    }
    found = {name: np.flatnonzero(InfFS(**rule).fit(X).support_) for name, rule in rules.items()}
    return {name: len(np.intersect1d(c, columns)) / len(np.union1d(c, columns)) for name, c in found.items()}


def planted(seed, **sizes):
    """One group."""
    X, columns = table(seed, **sizes)
    return similarities(X, columns, len(columns))


def counter(seed, *, groups=3, **sizes):
    """Three groups of fifteen matter: the winner takes all, so that two of them are lost."""
    X, columns = table(seed, **sizes)
    rng = np.random.default_rng(seed + 10_000)
    others = np.setdiff1d(np.arange(X.shape[1]), columns)
    parts = rng.permutation(others)[: (groups - 1) * len(columns)].reshape(groups - 1, -1)
    for part in parts:
        X[:, part] += rng.standard_normal((len(X), 1))
    wanted = np.concatenate([columns, *parts])
    return similarities(X, wanted, len(wanted))
