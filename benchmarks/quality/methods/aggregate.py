NAME = "RankAggregator"
COMPUTES = "mean log position of attention elimination, coverage and JMI"
KIND = "new"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "infsel"
NEEDS = ("RankAggregator", "RecursiveElimination", "CoverageSelector", "CriterionSelector")


def order(X, y, k, seed):
    import numpy as np

    from infsel import CoverageSelector, CriterionSelector, RankAggregator, RecursiveElimination

    members = [
        ("elimination", RecursiveElimination(kernel="attention")),
        ("coverage", CoverageSelector(n_features_to_select=k)),
    ]
    members.append(("jmi", CriterionSelector(criterion="jmi", n_features_to_select=k)))
    return np.argsort(RankAggregator(members).fit(X, y).ranking_, kind="stable")
