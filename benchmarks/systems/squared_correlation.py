"""Twenty of 2,000 columns share a factor that tells of y, and 50 samples let chance correlate as much as most of them.

Chance correlations are isolated, while those of the twenty have company: one hop from each column's own relevance over
squared correlations adds up the company. The twenty have either sign.
"""

import numpy as np

from infsel import InfFS
from infsel.affinities import SquaredCorrelation
from infsel.relevances import Correlation

TITLE = "Squared correlation, debiased"
FIGURE = [("debiased, one hop", 0.67), ("debiased, all hops", 0.67)]


def table(seed, *, n_samples=50, n_features=2000, planted=20, loading=0.65, signal=0.55):
    """Columns that correlate by `loading` with a factor that correlates by `signal` with y, among independent ones."""
    rng = np.random.default_rng(seed)
    factor = rng.standard_normal(n_samples)
    X = rng.standard_normal((n_samples, n_features))
    signs = rng.choice([-1, 1], planted)
    X[:, :planted] = loading * signs * factor[:, None] + np.sqrt(1 - loading**2) * X[:, :planted]
    y = signal * factor + np.sqrt(1 - signal**2) * rng.standard_normal(n_samples)
    return X, y


def absolute_correlation(X, y):
    """The affinity that has no products through the samples."""
    return np.abs(np.corrcoef(X, rowvar=False)) - np.eye(X.shape[1])


def precisions(X, y, k, of):
    """Share of the k columns selected that are among those asked for."""
    walks = {"readout": "seeded", "start": "pearson", "n_features_to_select": k}
    methods = {
        "abs(r), one hop": InfFS(affinity=absolute_correlation, n_hops=1, **walks),
        "r², one hop": InfFS(affinity=SquaredCorrelation(debiased=False), n_hops=1, **walks),
        "debiased, one hop": InfFS(affinity=SquaredCorrelation(), n_hops=1, **walks),
        "debiased and cut, one hop": InfFS(affinity=SquaredCorrelation(debiased="cut"), n_hops=1, **walks),
        "r², all hops": InfFS(affinity=SquaredCorrelation(debiased=False), **walks),
        "debiased, all hops": InfFS(affinity=SquaredCorrelation(), **walks),
    }
    single = np.argsort(-Correlation()(X, y), kind="stable")[:k]
    found = {"single columns": np.isin(single, of).mean()}
    return found | {name: selector.fit(X, y).support_[of].sum() / k for name, selector in methods.items()}


def planted(seed, *, k=20, **sizes):
    """Precision at the number of planted columns."""
    X, y = table(seed, planted=k, **sizes)
    return precisions(X, y, k, np.arange(k))


def counter(seed, *, own=5, signal=0.42, **sizes):
    """Five unrelated columns tell of y, and a factor of twenty others does not: their company says nothing."""
    X, _ = table(seed, **sizes)
    rng = np.random.default_rng(seed + 10_000)
    which = np.arange(50, 50 + own)
    y = signal * X[:, which].sum(axis=1) + np.sqrt(max(0.0, 1 - own * signal**2)) * rng.standard_normal(len(X))
    return precisions(X, y, own, which)
