"""Friedman's first function of five columns among 195 of noise: a product, a square and two straight lines."""

import numpy as np

N_ROWS, N_COLUMNS, N_RELEVANT = 300, 200, 5


def load():
    from sklearn.datasets import make_friedman1

    X, y = make_friedman1(N_ROWS, N_COLUMNS, noise=1, random_state=6)
    return X[:, _shuffled()], y


def groups():
    """Number of the relevant column, 0 for noise."""
    return np.where(_shuffled() < N_RELEVANT, 1 + np.arange(N_COLUMNS), 0)


def _shuffled():
    return np.random.default_rng(7).permutation(N_COLUMNS)
