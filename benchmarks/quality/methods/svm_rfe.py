"""scikit-learn's RFE drops equally many columns in every step; one pass that serves every k has to drop a fraction."""

NAME = "SVM-RFE"
COMPUTES = "recursive elimination of the fifth with the smallest weights of a linear SVM (C = 1)"
KIND = "peer"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "scikit-learn"


def order(X, y, k, seed):
    return eliminated(X, y, _model(y, seed))


def eliminated(X, y, model):
    """Columns in the reverse of the order in which a model drops them; it sees them standardized."""
    import numpy as np
    from quality.columns import standardized

    X, left, dropped = standardized(X), np.arange(X.shape[1]), []
    while len(left) > 1:
        weights = (np.atleast_2d(model.fit(X[:, left], y).coef_) ** 2).sum(axis=0)
        left = left[np.argsort(-weights, kind="stable")]
        keep = max(1, int(0.8 * len(left)))
        left, worst = left[:keep], left[keep:]
        dropped.append(worst)
    return np.concatenate([left, *reversed(dropped)])


def _model(y, seed):
    from quality.columns import is_regression
    from quality.models import linear_classifier
    from sklearn.svm import SVR

    return SVR(kernel="linear") if is_regression(y) else linear_classifier(y, seed)
