NAME = "variance"
COMPUTES = "variance of the column, on its own scale"
KIND = "peer"
SUPERVISED = False
TASKS = ("classification", "regression")
PACKAGE = None


def order(X, y, k, seed):
    from quality.columns import best_first

    return best_first(X.var(axis=0))
