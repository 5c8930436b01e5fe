"""Tables of any size: made on the spot, the same on every call."""

import numpy as np


def noise(n_samples, n_features, dtype="float64"):
    """Gaussian noise on different scales."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((n_samples, n_features), dtype=dtype)
    X *= rng.random(n_features, dtype=dtype)
    return X


def factors(n_samples, n_features, dtype="float64"):
    """Twenty factors with loadings of every size, and noise."""
    rng = np.random.default_rng(0)
    loadings = rng.standard_normal((20, n_features), dtype=dtype) * rng.exponential(1, n_features).astype(dtype)
    X = rng.standard_normal((n_samples, 20), dtype=dtype) @ loadings
    X += rng.standard_normal((n_samples, n_features), dtype=dtype)
    return X
