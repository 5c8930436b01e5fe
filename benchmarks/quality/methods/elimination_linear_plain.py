NAME = "RecursiveElimination, linear, plain"
COMPUTES = "linear on standardized columns without priors: ridge regression and nothing else"
KIND = "variant"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "infsel"
NEEDS = ("RecursiveElimination",)


def order(X, y, k, seed):
    import numpy as np

    from infsel import RecursiveElimination

    selector = RecursiveElimination(kernel="linear", scaling="standard", information_power=0, relief_power=0)
    return np.argsort(selector.fit(X, y).ranking_, kind="stable")
