NAME = "RecursiveElimination, attention, no screen"
COMPUTES = "attention, all columns in the first round"
KIND = "variant"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "infsel"
NEEDS = ("RecursiveElimination",)


def order(X, y, k, seed):
    import numpy as np

    from infsel import RecursiveElimination

    selector = RecursiveElimination(kernel="attention", screen=1.0)
    return np.argsort(selector.fit(X, y).ranking_, kind="stable")
