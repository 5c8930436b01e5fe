NAME = "ReliefF"
COMPUTES = "margins to the 10 nearest rows of each class (fast-select)"
KIND = "peer"
SUPERVISED = True
TASKS = ("classification",)
PACKAGE = "fast-select"


def order(X, y, k, seed):
    from fast_select import ReliefF
    from quality.columns import best_first

    return best_first(ReliefF(n_neighbors=10, backend="cpu", n_jobs=1).fit(X, y).feature_importances_)
