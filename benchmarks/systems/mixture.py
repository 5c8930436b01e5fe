"""Six graphs between 300 columns, of which one knows anything.

Columns lie in groups of about ten. One graph joins columns of one group, with some edges missing and some wrong; five
others are as dense and join columns of groups that somebody else made up. The columns of three groups share a weak
effect on the target, so weak that single columns are ranked little better than half right.
"""

import numpy as np
from scipy import sparse

from infsel import InfFS
from infsel.affinities import Given, Mixture, Rows
from infsel.relevances import Correlation

TITLE = "A by learning: a mixture of heads"
FIGURE = [("cross-fitted", 0.93), ("pseudo-labels", 0.80)]


def graph(group, rng, missing, wrong):
    """Edges within groups, a share of them missing, and others between any two columns, so many for each column."""
    n = len(group)
    within = (group == group[:, None]) & (rng.random((n, n)) > missing)
    edges = np.triu(within | (rng.random((n, n)) < wrong / n), 1)
    return sparse.csr_array((edges | edges.T).astype(float))


def table(seed, *, n_samples=300, n_features=300, n_heads=6, informed=1, size=15, effect=0.15, missing=0.3, wrong=2.0):
    """Columns, target, graphs, and which columns are planted."""
    rng = np.random.default_rng(seed)
    groups = [rng.permutation(np.arange(n_features) // size) for _ in range(n_heads)]
    for head in range(1, informed):
        groups[head] = groups[0]
    planted = np.flatnonzero(groups[0] < 30 // size)
    X = rng.standard_normal((n_samples, n_features))
    y = effect * X[:, planted] @ rng.uniform(0.5, 1.5, len(planted)) + rng.standard_normal(n_samples)
    return X, y, [graph(group, rng, missing, wrong) for group in groups], planted


def planted(seed, **sizes):
    """Share of the planted columns among as many that are ranked first."""
    X, y, graphs, true = table(seed, **sizes)
    heads = [Given(graph) for graph in graphs]
    affinities = {
        "cross-fitted": Mixture(heads),
        "pseudo-labels": Mixture(heads, objective="pseudo-labels"),
        "uniform": sum(Rows(head) / len(heads) for head in heads),
        "the right head": Rows(heads[0]),
    }
    found = {"single columns": _precision(Correlation("pearson")(X, y), true)}
    for name, affinity in affinities.items():
        selector = InfFS(affinity=affinity, readout="attended", start="pearson").fit(X, y)
        found[name] = _precision(selector.scores_, true)
    return found


def counter(seed, **sizes):
    """None of the graphs knows anything: whatever is learned, single columns are better."""
    return planted(seed, **{"missing": 1.0, "wrong": 10.0} | sizes)


def _precision(scores, true):
    return float(np.isin(np.argsort(-scores, kind="stable")[: len(true)], true).mean())
