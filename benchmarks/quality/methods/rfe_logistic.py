"""Like svm_rfe with another model."""

NAME = "logistic RFE"
COMPUTES = "recursive elimination of the fifth with the smallest weights of logistic regression (C = 1)"
KIND = "peer"
SUPERVISED = True
TASKS = ("classification",)
PACKAGE = "scikit-learn"


def order(X, y, k, seed):
    from quality.methods.svm_rfe import eliminated
    from sklearn.linear_model import LogisticRegression

    return eliminated(X, y, LogisticRegression(max_iter=300))
