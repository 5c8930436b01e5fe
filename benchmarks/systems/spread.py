"""From one known column to its group: forty of 400 columns share a factor, and the seed is noisier than they are.

One hop from the seed ranks by a noisy row of correlations. Mean linkage averages the rows of all that was picked. On
drifting bands, whose neighbors are alike and whose ends are not, maximum linkage follows the chain.
"""

import numpy as np

from infsel import CriterionSelector, InfFS
from infsel.affinities import Correlation
from infsel.criteria import Linkage

TITLE = "Affinity spread: region growing from seeds"
FIGURE = [("mean linkage", 0.88), ("drifting bands: maximum linkage", 1.0)]


def table(seed, *, n_samples=80, n_features=400, planted=40, loading=0.75, seed_noise=1.5, others=6):
    """A group with the seed first; the other columns belong to groups of their own, more loosely."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n_samples, n_features))
    X[:, :planted] += loading * rng.standard_normal((n_samples, 1))
    for start in range(planted, n_features - planted, (n_features - planted) // others):
        X[:, start : start + planted] += 0.5 * rng.standard_normal((n_samples, 1))
    X[:, 0] += seed_noise * 0.6 * rng.standard_normal(n_samples)
    return X


def bands(seed, *, n_samples=120, n_features=200, planted=30, noise=0.15):
    """A band of columns whose signal drifts from one to the next, so that both ends have little in common."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n_samples, n_features))
    angles = np.linspace(0, np.pi / 2 * 1.6, planted)
    first, second = rng.standard_normal((2, n_samples, 1))
    X[:, :planted] = (
        np.cos(angles) * first + np.sin(angles) * second + noise * rng.standard_normal((n_samples, planted))
    )
    return X


def precisions(X, start, k):
    """Share of the k columns grown from the seed that are planted."""
    one_hop = InfFS(
        affinity=Correlation() * Correlation(),
        readout="seeded",
        start=np.eye(X.shape[1])[start],
        n_hops=1,
        keep=[start],
        n_features_to_select=k,
    )
    methods = {
        "mean linkage": CriterionSelector(Linkage("mean"), keep=[start], n_features_to_select=k),
        "maximum linkage": CriterionSelector(Linkage("max"), keep=[start], n_features_to_select=k),
        "one hop from the seed": one_hop,
    }
    return {name: selector.fit(X).support_[:k].mean() for name, selector in methods.items()}


def planted(seed, *, k=40, **sizes):
    """Precision of the group from its noisy seed, and of a drifting band from its first column."""
    drifting = precisions(bands(seed), 0, 30)
    return precisions(table(seed, planted=k, **sizes), 0, k) | {
        f"drifting bands: {name}": value for name, value in drifting.items()
    }


def counter(seed, *, k=40, **sizes):
    """The group is joined to another by a bridge of columns that load on both: maximum linkage walks across."""
    X = table(seed, planted=k, loading=1.5, seed_noise=0, **sizes)
    rng = np.random.default_rng(seed + 10_000)
    other = 1.5 * rng.standard_normal((len(X), 1))
    common = X[:, 1:k].mean(axis=1, keepdims=True)
    X[:, 2 * k : 3 * k] = other + 0.3 * rng.standard_normal((len(X), k))
    X[:, 3 * k : 3 * k + 5] = common + other * np.linspace(0.2, 1, 5) + 0.2 * rng.standard_normal((len(X), 5))
    return precisions(X, 0, k)
