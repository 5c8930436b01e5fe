NAME = "CriterionSelector, mrmr-miq"
COMPUTES = "mRMR as infsel has it, relevance and redundancy by mutual information, quotient"
KIND = "variant"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "infsel"
NEEDS = ("CriterionSelector",)


def order(X, y, k, seed):
    import numpy as np

    from infsel import CriterionSelector

    return np.argsort(CriterionSelector(criterion="mrmr-miq", n_features_to_select=k).fit(X, y).ranking_, kind="stable")
