NAME = "CoverageSelector"
COMPUTES = "greedy: root of the coverage of every class by squared correlations"
KIND = "new"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "infsel"
NEEDS = ("CoverageSelector",)


def order(X, y, k, seed):
    import numpy as np

    from infsel import CoverageSelector

    return np.argsort(CoverageSelector(n_features_to_select=k).fit(X, y).ranking_, kind="stable")
