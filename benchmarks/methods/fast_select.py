"""Its kernels are compiled anew in every process, which the column of the first fit shows."""

NAME = "fast-select ReliefF"
COMPUTES = "margins to the 10 nearest samples of each class, all columns at once (Numba, float32)"
SUPERVISED = True
PACKAGE = "fast-select"
MOST_FEATURES = None


def solve(X, y):
    from fast_select import ReliefF

    return ReliefF(n_neighbors=10, backend="cpu").fit(X, y).feature_importances_
