NAME = "RankAggregator"
COMPUTES = "weighted mean of log positions of attention elimination, coverage and JMI"
KIND = "new"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "infsel"
NEEDS = ("RankAggregator", "RecursiveElimination", "CoverageSelector", "CriterionSelector")


def order(X, y, k, seed):
    import numpy as np

    from infsel import CoverageSelector, CriterionSelector, RankAggregator, RecursiveElimination

    selectors = [RecursiveElimination(kernel="attention"), CoverageSelector(), CriterionSelector(criterion="jmi")]
    return np.argsort(RankAggregator(selectors).fit(X, y).ranking_, kind="stable")
