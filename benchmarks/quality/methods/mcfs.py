"""Cai, Zhang and He, KDD 2010; five clusters, as the number of classes is not known without a target."""

NAME = "MCFS"
COMPUTES = "largest LARS coefficient (at most 50 columns each) for five eigenvectors of the neighborhood graph"
KIND = "peer"
SUPERVISED = False
TASKS = ("classification", "regression")
PACKAGE = None

N_CLUSTERS, MOST = 5, 50


def order(X, y, k, seed):
    import numpy as np
    from quality.columns import best_first, standardized
    from quality.graph import weights
    from scipy.linalg import eigh
    from sklearn.linear_model import Lars

    Z, W = standardized(X), weights(standardized(X))
    degrees = np.sqrt(W.sum(axis=1))
    vectors = eigh(W / np.outer(degrees, degrees))[1][:, ::-1][:, 1 : N_CLUSTERS + 1] / degrees[:, None]
    lars = Lars(n_nonzero_coefs=min(MOST, len(Z) // 2))
    return best_first(np.abs([lars.fit(Z, vector).coef_ for vector in vectors.T]).max(axis=0))
