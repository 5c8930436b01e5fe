"""He, Cai and Niyogi, NIPS 2005."""

NAME = "Laplacian score"
COMPUTES = "how little a column varies between neighboring rows, relative to its variance"
KIND = "peer"
SUPERVISED = False
TASKS = ("classification", "regression")
PACKAGE = None


def order(X, y, k, seed):
    from quality.columns import best_first, standardized
    from quality.graph import weights

    Z = standardized(X)
    W = weights(Z)
    degrees = W.sum(axis=1)
    Z = Z - degrees @ Z / degrees.sum()
    spread = (degrees[:, None] * Z**2).sum(axis=0)
    return best_first((Z * (W @ Z)).sum(axis=0) / spread)  # 1 minus the Laplacian score
