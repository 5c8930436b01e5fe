"""The class is whether two columns have the same sign; no column by itself, and no linear model, says anything."""

import numpy as np

N_ROWS, N_COLUMNS, N_RELEVANT = 300, 60, 2


def load():
    X = np.random.default_rng(0).standard_normal((N_ROWS, N_COLUMNS))
    return X, (X[:, groups() > 0].prod(axis=1) > 0).astype(int)


def groups():
    """Number of the relevant column, 0 for noise."""
    return np.where(np.arange(N_COLUMNS) % (N_COLUMNS // N_RELEVANT) == 7, 1 + np.arange(N_COLUMNS), 0)
