"""Elimination sees columns like these by default: what is left of its lead is not a matter of scaling."""

NAME = "SVM-RFE, normal scores"
COMPUTES = "the same on normal scores of the columns"
KIND = "rescaled"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "scikit-learn"


def order(X, y, k, seed):
    from quality.columns import normal_scores
    from quality.methods import svm_rfe

    return svm_rfe.order(normal_scores(X), y, k, seed)
