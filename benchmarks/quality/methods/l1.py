"""Most coefficients are exactly zero; the F statistic orders those columns."""

NAME = "L1 model"
COMPUTES = "largest absolute coefficient of an L1 linear SVM (C = 1), for regression of LassoCV; zeros by F statistic"
KIND = "peer"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "scikit-learn"


def order(X, y, k, seed):
    import numpy as np
    from quality.columns import is_regression, standardized
    from quality.methods import f_test
    from sklearn.linear_model import LassoCV
    from sklearn.svm import LinearSVC

    model = LassoCV(random_state=seed) if is_regression(y) else LinearSVC(penalty="l1", dual=False, random_state=seed)
    return f_test.by_score(np.abs(np.atleast_2d(model.fit(standardized(X), y).coef_)).max(axis=0), X, y)
