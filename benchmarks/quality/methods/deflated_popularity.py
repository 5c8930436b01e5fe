NAME = "DeflatedPopularity"
COMPUTES = "greedy: popularity in the squared-correlation graph, deflated by the columns taken"
KIND = "new"
SUPERVISED = False
TASKS = ("classification", "regression")
PACKAGE = "infsel"
NEEDS = ("DeflatedPopularity",)


def order(X, y, k, seed):
    import numpy as np

    from infsel import DeflatedPopularity

    return np.argsort(DeflatedPopularity(n_features_to_select=k).fit(X).ranking_, kind="stable")
