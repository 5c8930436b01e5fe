"""Elimination sees columns like these by default: what is left of its lead is not a matter of scaling."""

NAME = "logistic RFE, normal scores"
COMPUTES = "the same on normal scores of the columns"
KIND = "rescaled"
SUPERVISED = True
TASKS = ("classification",)
PACKAGE = "scikit-learn"


def order(X, y, k, seed):
    from quality.columns import normal_scores
    from quality.methods import rfe_logistic

    return rfe_logistic.order(normal_scores(X), y, k, seed)
