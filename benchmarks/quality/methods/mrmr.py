"""The rule of mrmr_selection in NumPy: the package takes minutes where this takes a second (see mrmr_selection.py)."""

NAME = "mRMR"
COMPUTES = "greedy: F statistic over mean |correlation| with the columns taken (FCQ, the rule of mrmr_selection)"
KIND = "peer"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = None

FLOOR = 0.001  # as in mrmr_selection


def order(X, y, k, seed):
    import numpy as np
    from quality.columns import is_regression, standardized
    from sklearn.feature_selection import f_classif, f_regression

    relevance = np.nan_to_num((f_regression if is_regression(y) else f_classif)(X, y)[0])
    Z, redundancy, usable = standardized(X), np.zeros(X.shape[1]), relevance > 0
    chosen = [int(np.argmax(relevance))]
    while len(chosen) < min(k, usable.sum()):
        redundancy += np.maximum(np.abs(Z.T @ Z[:, chosen[-1]]) / len(Z), FLOOR)
        usable[chosen] = False
        mean = redundancy / len(chosen)
        chosen.append(int(np.argmax(np.where(usable, relevance / mean, -1))))
        usable[chosen] = True
    return np.array(chosen)
