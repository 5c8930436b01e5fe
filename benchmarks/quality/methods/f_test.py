NAME = "F test"
COMPUTES = "F statistic of each column by itself (f_classif, f_regression)"
KIND = "peer"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "scikit-learn"


def order(X, y, k, seed):
    from quality.columns import best_first, is_regression
    from sklearn.feature_selection import f_classif, f_regression

    return best_first((f_regression if is_regression(y) else f_classif)(X, y)[0])


def by_score(scores, X, y):
    """Best first by other scores, of which many are zero: those by their F statistic."""
    from quality.columns import best_first

    by_f = order(X, y, None, None)
    return by_f[best_first(scores[by_f])]
