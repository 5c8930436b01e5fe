"""Columns in groups that rise and fall together, half of which have to do with the target, each column a little.

Each of eight groups of ten columns follows a hidden variable, and the target follows four of these; 320 columns are
noise. A column alone is ranked by its own chance; in the context of the target it is worth what those are worth that it
relates to.
"""

import numpy as np

from infsel import InfFS
from infsel.affinities import Gated, SquaredCorrelation
from infsel.relevances import Correlation

TITLE = "Markov chains of a context: relevance as token frequency"
FIGURE = ("one hop", 0.74)


def table(
    seed, *, n_samples=100, n_features=400, n_groups=4, n_decoys=4, size=10, shared=0.35, effect=0.5, direct=False
):
    """Columns, target, and which columns are planted."""
    rng = np.random.default_rng(seed)
    hidden = rng.standard_normal((n_samples, n_groups + n_decoys))
    X = rng.standard_normal((n_samples, n_features))
    grouped = np.arange((n_groups + n_decoys) * size)
    X[:, grouped] = np.sqrt(shared) * hidden[:, grouped // size] + np.sqrt(1 - shared) * X[:, grouped]
    true = grouped[: n_groups * size]
    cause = X[:, true] / np.sqrt(size) if direct else hidden[:, :n_groups]
    return X, effect * cause.sum(axis=1) + rng.standard_normal(n_samples), true


def planted(seed, **sizes):
    """Share of the planted columns among as many that are ranked first."""
    X, y, true = table(seed, **sizes)
    K = SquaredCorrelation(debiased="cut")
    one_hop = InfFS(affinity=Gated(K, "squared-pearson"), normalization="none", n_hops=1)
    received = InfFS(affinity=K, normalization="none", n_hops=1)
    context = one_hop.fit(X, y).scores_
    return {
        "single columns": _precision(Correlation("pearson")(X, y), true),
        "one hop": _precision(context, true),
        "stationary": _precision(context * Correlation("pearson")(X, y) ** 2, true),
        "one hop without a target": _precision(received.fit(X).scores_, true),
    }


def counter(seed, **sizes):
    """Relevant columns do not relate to each other and each acts by itself: what a column gathers is chance."""
    return planted(seed, **{"shared": 0.0, "direct": True, "n_samples": 400} | sizes)


def _precision(scores, true):
    return float(np.isin(np.argsort(-scores, kind="stable")[: len(true)], true).mean())
