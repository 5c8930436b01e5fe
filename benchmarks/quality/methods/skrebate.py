"""Only where it is quick: it says whether fast-select's ReliefF is the usual one."""

NAME = "skrebate ReliefF"
COMPUTES = "ReliefF by another package, on tables of up to 150 columns"
KIND = "check"
SUPERVISED = True
TASKS = ("classification",)
PACKAGE = "skrebate"
MOST_COLUMNS = 150


def order(X, y, k, seed):
    from quality.columns import best_first
    from skrebate import ReliefF

    return best_first(ReliefF(n_neighbors=10).fit(X, y).feature_importances_)
