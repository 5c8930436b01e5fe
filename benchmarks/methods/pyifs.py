"""PyIFS as it was meant: release 0.0.3 uses `math` and `scipy.stats` without importing them, so they are handed in.

Only the unsupervised mode, which takes the signed rank correlation where the paper has 1 - |correlation|.
"""

NAME = "PyIFS"
COMPUTES = "the Inf-FS of FSLib 2016 in Python loops, by eigenvalues and an inverse"
SUPERVISED = False
PACKAGE = "PyIFS"
MOST_FEATURES = 2_000
BEYOND = "too slow: Python loops over n x n entries, `eigvals` and `inv`"


def solve(X, y):
    import importlib
    import math

    from scipy import stats

    module = importlib.import_module("PyIFS.InfFS")
    module.math, module.stats = math, stats
    return module.InfFS().infFS(X, y, 0.5, 0, 0)[1]
