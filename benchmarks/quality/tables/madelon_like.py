"""Clusters on the corners of a cube in five dimensions, labeled at random; fifteen mixtures, the rest noise."""

import numpy as np

N_ROWS, N_COLUMNS, N_INFORMATIVE, N_REDUNDANT = 600, 300, 5, 15


def load():
    from sklearn.datasets import make_classification
    from sklearn.preprocessing import scale

    kinds = {"n_informative": N_INFORMATIVE, "n_redundant": N_REDUNDANT, "n_clusters_per_class": 16, "flip_y": 0.01}
    X, y = make_classification(N_ROWS, N_COLUMNS, **kinds, class_sep=2, shuffle=False, random_state=4)
    return scale(X)[:, _shuffled()], y  # equal spread, so that it tells nothing


def groups():
    """Number of the informative or redundant column, 0 for noise."""
    return np.where(_shuffled() < N_INFORMATIVE + N_REDUNDANT, 1 + np.arange(N_COLUMNS), 0)


def _shuffled():
    return np.random.default_rng(5).permutation(N_COLUMNS)
