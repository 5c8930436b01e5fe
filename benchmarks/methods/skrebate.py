"""One process, its default: with n_jobs=-1 it took longer on two cores and 2,000 columns."""

NAME = "skrebate ReliefF"
COMPUTES = "margins to the 10 nearest samples of each class, all columns at once (Python)"
SUPERVISED = True
PACKAGE = "skrebate"
MOST_FEATURES = None


def solve(X, y):
    from skrebate import ReliefF

    return ReliefF(n_neighbors=10).fit(X, y).feature_importances_
