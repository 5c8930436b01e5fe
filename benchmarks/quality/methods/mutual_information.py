NAME = "mutual information"
COMPUTES = "mutual information of each column by itself with the target, 5 equally frequent bins"
KIND = "peer"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = None


def order(X, y, k, seed):
    from quality.columns import best_first, binned, classes
    from quality.information import Pairs

    return best_first(Pairs(binned(X), classes(y)).alone)
