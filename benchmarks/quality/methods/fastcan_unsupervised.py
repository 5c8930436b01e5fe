"""As in its documentation: the principal components take the place of the target."""

NAME = "FastCan, unsupervised"
COMPUTES = "greedy: canonical correlation with the leading principal components (10, or 95 percent if fewer do)"
KIND = "peer"
SUPERVISED = False
TASKS = ("classification", "regression")
PACKAGE = "fastcan"


def order(X, y, k, seed):
    import numpy as np
    from fastcan import FastCan
    from quality.columns import standardized

    Z = standardized(X)
    U, s, _ = np.linalg.svd(Z, full_matrices=False)
    enough = 1 + int(np.searchsorted(np.cumsum(s**2) / (s**2).sum(), 0.95))
    leading = slice(min(10, enough))
    return FastCan(min(k, X.shape[1]), verbose=0).fit(Z, U[:, leading] * s[leading]).indices_
