NAME = "RecursiveElimination, attention"
COMPUTES = "recursive elimination by attention between rows"
KIND = "variant"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "infsel"
NEEDS = ("RecursiveElimination",)


def order(X, y, k, seed):
    import numpy as np

    from infsel import RecursiveElimination

    return np.argsort(RecursiveElimination(kernel="attention").fit(X, y).ranking_, kind="stable")
