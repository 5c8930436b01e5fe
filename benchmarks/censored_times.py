"""How many of the columns that decide censored times are found, with and without what is known of the censoring.

python benchmarks/censored_times.py
"""

import numpy as np

from infsel import CoverageSelector, CriterionSelector, RecursiveElimination

N_SAMPLES, N_FEATURES, N_RELEVANT, N_TABLES = 300, 60, 10, 6
SELECTORS = {
    "linear elimination": RecursiveElimination(kernel="linear", n_features_to_select=N_RELEVANT),
    "coverage": CoverageSelector(n_features_to_select=N_RELEVANT),
    "concordance": CriterionSelector("concordance", n_features_to_select=N_RELEVANT),
    "elimination": RecursiveElimination(n_features_to_select=N_RELEVANT),
    "jmi": CriterionSelector(n_features_to_select=N_RELEVANT),
}


def drawn(seed):
    """A table, its censored times, and the times without censoring."""
    rng = np.random.default_rng(seed)
    X, signs = rng.standard_normal((N_SAMPLES, N_FEATURES)), rng.choice([-1, 1], N_RELEVANT)
    failure = rng.exponential(np.exp(-0.5 * X[:, :N_RELEVANT] @ signs))
    end = rng.exponential(np.exp(-0.5 * X[:, N_RELEVANT : N_RELEVANT + 5].sum(axis=1)))
    y = np.empty(N_SAMPLES, dtype=[("event", bool), ("time", float)])
    y["event"], y["time"] = failure <= end, np.minimum(failure, end)
    return X, y, failure


def main():
    print(f"columns found of {N_RELEVANT}, mean of {N_TABLES} tables of {N_SAMPLES} samples and {N_FEATURES} columns")
    tables = [drawn(seed) for seed in range(N_TABLES)]
    targets = {
        "censored times": lambda y, failure: y,
        "logarithms": lambda y, failure: np.log(y["time"]),
        "events": lambda y, failure: y["event"].astype(int),
        "nothing censored": lambda y, failure: np.log(failure),
    }
    for name, selector in SELECTORS.items():
        for what, target in targets.items():
            found = [selector.fit(X, target(y, failure)).support_[:N_RELEVANT].sum() for X, y, failure in tables]
            print(f"{name:20} {what:20} {np.mean(found):.1f}")


if __name__ == "__main__":
    main()
