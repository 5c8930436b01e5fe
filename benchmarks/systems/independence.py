"""A random tree: each column is plus or minus one column before it, and noise of its own.

Whatever lies along a branch correlates; only parents and children relate directly. The figure is the share of edges
among as many of the strongest pairs as the tree has edges.
"""

import numpy as np

from infsel.affinities import Correlation, PartialCorrelation

TITLE = "Direct relations: partial correlation"
FIGURE = ("partial correlation", 0.9)
AFFINITIES = {
    "partial correlation": PartialCorrelation(),
    "partial correlation, empirical": PartialCorrelation("empirical"),
    "correlation": Correlation("pearson"),
    "rank correlation": Correlation("spearman"),
}


def table(seed, *, n_samples=300, n_features=100, reach=5, strength=1.0):
    """The columns of a tree, and which pairs are its edges; far above strength 1 columns grow without bound."""
    rng = np.random.default_rng(seed)
    edges = np.zeros((n_features, n_features), bool)
    X = rng.standard_normal((n_samples, n_features))
    for child in range(1, n_features):
        parent = rng.integers(max(0, child - reach), child)
        X[:, child] += rng.choice([-strength, strength]) * X[:, parent]
        edges[child, parent] = edges[parent, child] = True
    return X, edges


def groups(seed, *, n_samples=300, n_features=200, n_groups=10, loading=0.5):
    """Columns around factors that are no columns, and which pairs share one."""
    rng = np.random.default_rng(seed)
    group = np.arange(n_features) % n_groups
    factors = rng.standard_normal((n_samples, n_groups))
    X = loading * factors[:, group] + rng.standard_normal((n_samples, n_features))
    return X, np.equal.outer(group, group)


def found(X, related):
    """Share of related pairs among the strongest, as many as there are, by affinity."""
    pairs = np.triu_indices(len(related), 1)
    shares, k = {}, int(related[pairs].sum())
    for name, affinity in AFFINITIES.items():
        if name.endswith("empirical") and len(X) <= X.shape[1] + 10:
            continue
        strongest = np.argsort(-np.abs(affinity(X).to_dense()[pairs]), kind="stable")[:k]
        shares[name] = related[pairs][strongest].mean()
    return shares


def planted(seed, **sizes):
    """Edges among the strongest pairs of a tree."""
    return found(*table(seed, **sizes))


def counter(seed, **sizes):
    """Where groups of columns share a hidden cause, every column of a group explains away the others."""
    return found(*groups(seed, **sizes))
