NAME = "FastCan"
COMPUTES = "greedy: canonical correlation with the (one-hot) target, by orthogonal least squares"
KIND = "peer"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "fastcan"


def order(X, y, k, seed):
    import numpy as np
    from fastcan import FastCan
    from quality.columns import is_regression, standardized

    target = y[:, None] if is_regression(y) else (y[:, None] == np.unique(y)).astype(float)
    return FastCan(min(k, X.shape[1]), verbose=0).fit(standardized(X), target).indices_
