NAME = "RecursiveElimination"
COMPUTES = "the default: attention and the linear kernel, added; linear alone for counts and numbers of few rows"
KIND = "new"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "infsel"
NEEDS = ("RecursiveElimination",)


def order(X, y, k, seed):
    import numpy as np

    from infsel import RecursiveElimination

    return np.argsort(RecursiveElimination().fit(X, y).ranking_, kind="stable")
