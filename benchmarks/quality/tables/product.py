"""The target is a product of two columns among sixty: no column by itself correlates with it."""

import numpy as np

N_ROWS, N_COLUMNS, N_RELEVANT = 300, 60, 2


def load():
    rng = np.random.default_rng(9)
    X = rng.standard_normal((N_ROWS, N_COLUMNS))
    return X, X[:, groups() > 0].prod(axis=1) + 0.1 * rng.standard_normal(N_ROWS)


def groups():
    """Number of the relevant column, 0 for noise."""
    return np.where(np.arange(N_COLUMNS) % (N_COLUMNS // N_RELEVANT) == 7, 1 + np.arange(N_COLUMNS), 0)
