"""The sign of a product of two columns among 40: neither differs between the classes by itself.

The coordinate gap of an entropic plan between the classes says which columns have to move although their own values
need not.
"""

import numpy as np

from infsel.relevances import AnovaF, MongeGap, ReliefF, Wasserstein

TITLE = "Optimal transport: interactions as a gap between plans"
FIGURE = ("Monge gap", 0.95)


def table(seed, *, n_samples=240, n_features=40, interacts=True, noise=0.0):
    """X, two classes, and the two columns; without an interaction they shift."""
    rng = np.random.default_rng(seed)
    X, columns = rng.standard_normal((n_samples, n_features)), rng.permutation(n_features)[:2]
    pair = X[:, columns]
    told = pair.prod(axis=1) if interacts else pair.sum(axis=1) + rng.standard_normal(n_samples)
    return X, np.where(rng.random(n_samples) < noise, rng.integers(0, 2, n_samples), told > 0), columns


def precisions(X, y, columns):
    """Precision at 2."""
    methods = {"Monge gap": MongeGap(), "Wasserstein": Wasserstein(), "F": AnovaF(), "ReliefF": ReliefF()}
    return {name: np.isin(np.argsort(-rate(X, y))[:2], columns).mean() for name, rate in methods.items()}


def planted(seed, **sizes):
    """A product."""
    return precisions(*table(seed, **sizes))


def counter(seed, **sizes):
    """The two columns act by themselves and add up: the gap leaves out what single columns explain."""
    return precisions(*table(seed, **({"interacts": False} | sizes)))
