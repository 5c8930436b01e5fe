"""Fewer rows than columns, neighbors correlated by 0.9, and a linear target of 20 of them."""

import numpy as np

N_ROWS, N_COLUMNS, N_RELEVANT, CORRELATION = 200, 500, 20, 0.9


def load():
    rng = np.random.default_rng(8)
    X = rng.standard_normal((N_ROWS, N_COLUMNS))
    for j in range(1, N_COLUMNS):
        X[:, j] = CORRELATION * X[:, j - 1] + np.sqrt(1 - CORRELATION**2) * X[:, j]
    signal = X[:, groups() > 0] @ rng.choice([-1.0, 1.0], N_RELEVANT)
    return X, signal + 0.5 * signal.std() * rng.standard_normal(N_ROWS)


def groups():
    """Number of the relevant column, 0 for noise."""
    return np.where(np.arange(N_COLUMNS) % (N_COLUMNS // N_RELEVANT) == 7, 1 + np.arange(N_COLUMNS), 0)
