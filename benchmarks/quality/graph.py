"""The neighborhood graph of rows that spectral methods share."""

import numpy as np
from scipy.spatial.distance import pdist, squareform

N_NEIGHBORS = 5


def weights(X):
    """Symmetric heat-kernel weights between each row and its five nearest; the width is the mean squared distance."""
    D2 = squareform(pdist(X, "sqeuclidean"))
    nearest = np.argsort(D2, axis=1, kind="stable")[:, 1 : N_NEIGHBORS + 1]
    near = np.zeros(D2.shape, dtype=bool)
    np.put_along_axis(near, nearest, True, axis=1)
    return np.exp(-D2 / D2.mean()) * (near | near.T)
