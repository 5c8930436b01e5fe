NAME = "CriterionSelector, suppression"
COMPUTES = "greedy: relevance times 1 − squared correlation for every column taken"
KIND = "variant"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "infsel"
NEEDS = ("CriterionSelector",)


def order(X, y, k, seed):
    import numpy as np

    from infsel import CriterionSelector

    return np.argsort(
        CriterionSelector(criterion="suppression", n_features_to_select=k).fit(X, y).ranking_, kind="stable"
    )
