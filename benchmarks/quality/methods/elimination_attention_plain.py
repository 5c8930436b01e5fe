NAME = "RecursiveElimination, attention, plain"
COMPUTES = "attention without information and margin as priors"
KIND = "variant"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "infsel"
NEEDS = ("RecursiveElimination",)


def order(X, y, k, seed):
    import numpy as np

    from infsel import RecursiveElimination

    selector = RecursiveElimination(kernel="attention", information_power=0, relief_power=0)
    return np.argsort(selector.fit(X, y).ranking_, kind="stable")
