"""Ten columns that matter equally, each ten times on different scales, among a hundred columns of noise."""

import numpy as np

N_ROWS, N_GROUPS, N_COPIES, N_NOISE = 300, 10, 10, 100


def load():
    rng = np.random.default_rng(2)
    base = rng.standard_normal((N_ROWS, N_GROUPS))
    y = (base.sum(axis=1) + rng.standard_normal(N_ROWS) > 0).astype(int)
    columns = np.hstack([np.repeat(base, N_COPIES, axis=1), rng.standard_normal((N_ROWS, N_NOISE))])
    return (columns * rng.uniform(0.5, 2, columns.shape[1]))[:, _shuffled()], y


def groups():
    """Which of the ten a column is a copy of, from 1; 0 for noise."""
    return np.concatenate([np.repeat(1 + np.arange(N_GROUPS), N_COPIES), np.zeros(N_NOISE, dtype=int)])[_shuffled()]


def _shuffled():
    return np.random.default_rng(3).permutation(N_GROUPS * N_COPIES + N_NOISE)
