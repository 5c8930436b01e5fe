NAME = "skrebate ReliefF, numbers"
COMPUTES = "margins to the 10 nearest rows whose targets differ by more, and by less, than a standard deviation"
KIND = "peer"
SUPERVISED = True
TASKS = ("regression",)
PACKAGE = "skrebate"


def order(X, y, k, seed):
    from quality.columns import best_first
    from skrebate import ReliefF

    return best_first(ReliefF(n_neighbors=10).fit(X, y).feature_importances_)
