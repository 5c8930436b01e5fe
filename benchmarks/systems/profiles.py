"""Twenty of 2,000 columns share a factor that tells of y, in 50 samples: the table of squared_correlation.py.

Columns are alike where they relate alike to others: among 200 columns that a screening step leaves, or to 100 anchors.
Debiased squared correlation, which the profiles are made of, does it more simply.
"""

import numpy as np
from sklearn.feature_selection import SelectKBest, f_regression
from sklearn.pipeline import make_pipeline

from infsel import InfFS
from infsel.affinities import Profile, SquaredCorrelation
from infsel.relevances import Correlation

TITLE = "Profiles: re-ranking by context"
FIGURE = [("profiles of 200 screened", 0.60), ("profiles to 100 anchors", 0.60), ("preset csa", 0.60)]
WALKS = {"n_hops": 1, "readout": "seeded", "start": "pearson"}


def table(seed, *, n_samples=50, n_features=2000, planted=20, loading=0.65, signal=0.55):
    """Columns that correlate by `loading` with a factor that correlates by `signal` with y, among independent ones."""
    rng = np.random.default_rng(seed)
    factor = rng.standard_normal(n_samples)
    X = rng.standard_normal((n_samples, n_features))
    signs = rng.choice([-1, 1], planted)
    X[:, :planted] = loading * signs * factor[:, None] + np.sqrt(1 - loading**2) * X[:, :planted]
    y = signal * factor + np.sqrt(1 - signal**2) * rng.standard_normal(n_samples)
    return X, y


def selected(selector, X, y):
    """Numbers of the columns that a selector, or a pipeline of selectors, selects."""
    return selector.fit(X, y).transform(np.arange(X.shape[1], dtype=float)[None])[0].astype(int)


def precisions(X, y, k, of, n_screened=200, n_anchors=100):
    """Share of the k columns selected that are among those asked for."""
    all_profiles = InfFS(affinity=Profile(SquaredCorrelation()), n_features_to_select=k, **WALKS)
    anchored = Profile(SquaredCorrelation(), n_anchors, "pearson")
    methods = {
        "profiles of 200 screened": make_pipeline(SelectKBest(f_regression, k=n_screened), all_profiles),
        "profiles to 100 anchors": InfFS(affinity=anchored, n_features_to_select=k, **WALKS),
        "profiles to all columns": all_profiles,
        "preset csa": InfFS.from_preset("csa", n_anchors=n_anchors, start="pearson", n_features_to_select=k),
        "debiased squared correlation": InfFS(affinity=SquaredCorrelation(), n_features_to_select=k, **WALKS),
    }
    single = np.argsort(-Correlation()(X, y), kind="stable")[:k]
    found = {"single columns": np.isin(single, of).mean()}
    return found | {name: np.isin(selected(method, X, y), of).sum() / k for name, method in methods.items()}


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
