"""Neighbors of which some are mostly missing.

Columns lie in groups of fifteen, in which a graph joins most pairs, and the columns of two groups share a weak effect
on the target. Half of the columns have few values. The correlation of a column with the target is taken from the rows
where it is there: where these are few it is noisy, and by chance among the largest. The metadata of a column are its
share of missing values and two numbers that mean nothing.
"""

import numpy as np
from scipy import sparse

from infsel import InfFS
from infsel.affinities import Gated, Given, MetadataGate

TITLE = "A gate on keys"
FIGURE = ("learned gate", 0.74)
ABSENT = -999.0  # what stands where a value is missing, as in many files


def pairwise_complete(X, y):
    """|correlation| of each column with y over the rows where it is there."""
    there = X != ABSENT
    count = np.maximum(there.sum(axis=0), 1)
    values = np.where(there, X, 0.0)
    target = np.where(there, y[:, None], 0.0)
    x = np.where(there, values - values.sum(axis=0) / count, 0.0)
    t = np.where(there, target - target.sum(axis=0) / count, 0.0)
    size = np.sqrt((x**2).sum(axis=0) * (t**2).sum(axis=0))
    return np.divide(np.abs((x * t).sum(axis=0)), size, out=np.zeros(X.shape[1]), where=size > 0)


def table(
    seed,
    *,
    n_samples=500,
    n_features=300,
    size=15,
    n_planted=2,
    effect=0.2,
    poor=0.5,
    most_missing=0.985,
    unknown=0.3,
    wrong=2.0,
):
    """Columns, target, graph, metadata, and which columns are planted."""
    rng = np.random.default_rng(seed)
    group = rng.permutation(np.arange(n_features) // size)
    true = np.flatnonzero(group < n_planted)
    X = rng.standard_normal((n_samples, n_features))
    y = effect * X[:, true] @ rng.uniform(0.5, 1.5, len(true)) + rng.standard_normal(n_samples)
    rate = np.where(rng.random(n_features) < poor, rng.uniform(0.8, most_missing, n_features), 0.1)
    X[rng.random(X.shape) < rate] = ABSENT
    joined = (group == group[:, None]) & (rng.random((n_features, n_features)) > unknown)
    joined = np.triu(joined | (rng.random(joined.shape) < wrong / n_features), 1)
    graph = sparse.csr_array((joined | joined.T).astype(float))
    metadata = np.column_stack([(X == ABSENT).mean(axis=0), rng.standard_normal((n_features, 2))])
    return X, y, graph, metadata, true


def planted(seed, **sizes):
    """Share of the planted columns among as many that are ranked first."""
    X, y, graph, metadata, true = table(seed, **sizes)
    found = {"single columns": _precision(pairwise_complete(X, y), true)}
    affinities = {
        "learned gate": MetadataGate(Given(graph), metadata, relevance=pairwise_complete),
        "uniform neighbors": Given(graph),
        "gate by hand": Gated(Given(graph), (1 - metadata[:, 0]) ** 2),
    }
    for name, affinity in affinities.items():
        selector = InfFS(affinity=affinity, normalization="row", n_hops=1, readout="attended", start=pairwise_complete)
        found[name] = _precision(selector.fit(X, y).scores_, true)
    return found


def counter(seed, **sizes):
    """No column misses more than a tenth of its values: there is nothing to gate, and uniform neighbors do as well."""
    return planted(seed, **{"poor": 0.0} | sizes)


def _precision(scores, true):
    return float(np.isin(np.argsort(-scores, kind="stable")[: len(true)], true).mean())
