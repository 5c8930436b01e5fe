"""What single precision costs in accuracy."""

import numpy as np
from scipy.stats import kendalltau

from infsel import AttentionSelector, InfFS
from works._tables import factors, noise

WORK = "float32 against float64, 5,000 x 100"
BAR = "documented error of single precision, and agreement of the ranking"
SELECTORS = {
    "InfFS": lambda: InfFS(),
    "InfFS, pearson": lambda: InfFS(correlation="pearson"),
    "AttentionSelector": lambda: AttentionSelector(),
}


def measure(small):
    n = 500 if small else 5_000
    found = []
    for name, make in SELECTORS.items():
        for table in (noise, factors):
            X = table(100, n, "float32")
            single, double = make().fit(X), make().fit(X.astype(float))
            error = np.abs(single.scores_ - double.scores_).max() / np.ptp(double.scores_)
            tau = kendalltau(single.scores_, double.scores_).statistic
            top = len(set(np.argsort(-single.scores_)[:100]) & set(np.argsort(-double.scores_)[:100]))
            found.append(
                f"{name}, {table.__name__}: largest error {error:.0e} of the spread, Kendall's tau {tau:.6f}, "
                f"{top} of the 100 best the same, residual {single.residual_:.0e}"
            )
    return found
