NAME = "fastcan FastCan"
COMPUTES = "50 columns, one after the other, by canonical correlation with y; the others are not ranked"
SUPERVISED = True
PACKAGE = "fastcan"
MOST_FEATURES = None


def solve(X, y):
    import numpy as np
    from fastcan import FastCan

    k = min(50, X.shape[1])
    scores = np.zeros(X.shape[1])
    scores[FastCan(k, verbose=0).fit(X, y).indices_] = np.arange(k, 0, -1)
    return scores
