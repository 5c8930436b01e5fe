NAME = "RecursiveElimination, linear"
COMPUTES = "recursive elimination by the weights of ridge regression in sample space"
KIND = "new"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "infsel"
NEEDS = ("RecursiveElimination",)


def order(X, y, k, seed):
    import numpy as np

    from infsel import RecursiveElimination

    return np.argsort(RecursiveElimination(kernel="linear").fit(X, y).ranking_, kind="stable")
