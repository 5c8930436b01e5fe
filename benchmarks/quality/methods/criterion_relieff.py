NAME = "CriterionSelector, relieff"
COMPUTES = "soft ReliefF as infsel has it"
KIND = "variant"
SUPERVISED = True
TASKS = ("classification",)
PACKAGE = "infsel"
NEEDS = ("CriterionSelector",)


def order(X, y, k, seed):
    import numpy as np

    from infsel import CriterionSelector

    return np.argsort(CriterionSelector(criterion="relieff", n_features_to_select=k).fit(X, y).ranking_, kind="stable")
