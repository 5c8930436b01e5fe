"""Do KnockoffSelector and StabilitySelector keep their promises? Simulations whose truth is known.

    python benchmarks/error_control.py [--repetitions 200]

An interval is Clopper and Pearson's at 95 percent. For the mean of false discovery proportions, which lie in [0, 1] and
therefore vary no more than coin flips of the same mean, it is conservative.
"""

import argparse
import warnings
from functools import partial

import numpy as np
from scipy.linalg import toeplitz
from scipy.stats import beta
from sklearn.feature_selection import SelectKBest, f_regression
from sklearn.linear_model import LassoCV, LogisticRegressionCV

from infsel import AttentionSelector, InfFS, KnockoffSelector, StabilitySelector
from infsel.selection import error_bounds

FDR = 0.1
SEEDED = InfFS(affinity="attention", normalization="softmax", readout="seeded", start="pearson", n_hops=2)


def rows(rng, n, p, rho=0.5):
    return rng.multivariate_normal(np.zeros(p), toeplitz(rho ** np.arange(p)), size=n, method="cholesky")


def linear(rng, n, p, n_signals, size=0.25):
    """Gaussian rows with neighbors correlated at 0.5, a linear target, signals at random places."""
    X, signal = rows(rng, n, p), np.zeros(p, dtype=bool)
    signal[rng.choice(p, n_signals, replace=False)] = True
    effect = size * rng.choice([-1, 1], p)
    return X, X @ (effect * signal) + rng.standard_normal(n), signal


def logistic(rng, n, p, n_signals):
    X, latent, signal = linear(rng, n, p, n_signals, size=0.8)
    return X, (latent + 0.8 * rng.logistic(size=n) > 0).astype(int), signal


def curved(rng, n, p, n_signals):
    """A target that is no linear function: products and thresholds. Nothing is assumed of it."""
    X, _, signal = linear(rng, n, p, n_signals)
    S = X[:, signal]
    return X, np.sign(S).sum(axis=1) + S[:, 0] * S[:, 1] + np.exp(S[:, 2] / 2) + rng.standard_normal(n), signal


def not_gaussian(rng, n, p, n_signals):
    """Heavy tails, skew and coin flips: beyond what is guaranteed."""
    X, _, signal = linear(rng, n, p, n_signals)
    X[:, ::3] = np.exp(X[:, ::3])
    X[:, 1::3] = X[:, 1::3] > 0
    X[:, 2::3] /= np.sqrt(rng.chisquare(3, size=(n, 1)) / 3)
    return X, (X - X.mean(axis=0)) / X.std(axis=0) @ (0.25 * signal) + rng.standard_normal(n), signal


LINEAR = partial(linear, n=500, p=100, n_signals=25)
F_TEST = SelectKBest(f_regression, k=1)
LASSO = LassoCV(alphas=20, cv=3)
LOGISTIC_LASSO = LogisticRegressionCV(
    Cs=8, cv=3, l1_ratios=(1,), solver="liblinear", use_legacy_attributes=False, scoring="accuracy"
)
KNOCKOFFS = [
    ("no signal at all", "F-test", partial(linear, n=300, p=60, n_signals=0), F_TEST),
    ("no signal at all", "lasso", partial(linear, n=300, p=60, n_signals=0), LASSO),
    ("linear", "F-test", LINEAR, F_TEST),
    ("linear", "lasso", LINEAR, LASSO),
    ("linear", "attention of the target", LINEAR, AttentionSelector(target_token=True)),
    ("linear", "InfFS, seeded", LINEAR, SEEDED),
    ("logistic", "logistic lasso", partial(logistic, n=600, p=80, n_signals=25), LOGISTIC_LASSO),
    ("curved", "lasso", partial(curved, n=500, p=100, n_signals=25), LASSO),
    ("fewer samples than features", "lasso", partial(linear, n=150, p=200, n_signals=30, size=0.5), LASSO),
    ("features not Gaussian", "F-test", partial(not_gaussian, n=500, p=100, n_signals=25), F_TEST),
    ("features not Gaussian", "lasso", partial(not_gaussian, n=500, p=100, n_signals=25), LASSO),
]
THRESHOLDS = (0.55, 0.6, 0.75, 0.9)
STABILITY = [
    ("F-test, k = 10", SelectKBest(f_regression, k=10)),
    ("F-test, k = 25", SelectKBest(f_regression, k=25)),
    ("InfFS, seeded, k = 10", SEEDED.set_params(n_features_to_select=10)),
]


def interval(successes, n):
    low = beta.ppf(0.025, successes, n - successes + 1) if successes > 0 else 0.0
    high = beta.ppf(0.975, successes + 1, n - successes) if successes < n else 1.0
    return f"{low:.3f} to {high:.3f}"


def knockoffs(repetitions):
    print(f"\n| target | scores | mean share of false discoveries at fdr={FDR} | 95 % interval | power | selected |")
    print("| --- | --- | --- | --- | --- | --- |")
    for target, name, draw, selector in KNOCKOFFS:
        false, power, size = [], [], []
        for repetition in range(repetitions):
            X, y, signal = draw(np.random.default_rng(repetition))
            mask = KnockoffSelector(selector, fdr=FDR, random_state=repetition).fit(X, y).support_
            false.append((mask & ~signal).sum() / max(mask.sum(), 1))
            power.append((mask & signal).sum() / signal.sum() if signal.any() else np.nan)
            size.append(mask.sum())
        print(
            f"| {target} | {name} | {np.mean(false):.3f} | {interval(np.sum(false), repetitions)} "
            f"| {np.mean(power):.2f} | {np.mean(size):.1f} |",
            flush=True,
        )


def stability(repetitions):
    print("\n| scores | threshold | worst-case bound | unimodal | r-concave | false selections, mean | any false |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, selector in STABILITY:
        false, sizes = [], []
        for repetition in range(repetitions):
            X, y, signal = linear(np.random.default_rng(repetition), n=200, p=200, n_signals=10, size=0.4)
            fitted = StabilitySelector(selector, random_state=repetition).fit(X, y)
            false.append([((fitted.scores_ >= threshold) & ~signal).sum() for threshold in THRESHOLDS])
            sizes.append(fitted.n_selected_)
        for threshold, counts in zip(THRESHOLDS, np.transpose(false), strict=True):
            worst, unimodal, concave = error_bounds(np.mean(sizes), 200, threshold, 50).values()
            some = np.count_nonzero(counts)
            margin = 1.96 * np.std(counts, ddof=1) / np.sqrt(repetitions)
            print(
                f"| {name} | {threshold} | {worst:.2f} | {unimodal:.2f} | {concave:.2f} "
                f"| {np.mean(counts):.3f} ± {margin:.3f} | {some / repetitions:.3f} ({interval(some, repetitions)}) |",
                flush=True,
            )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=200)
    repetitions = parser.parse_args().repetitions
    warnings.simplefilter("ignore")
    knockoffs(repetitions)
    stability(repetitions)


if __name__ == "__main__":
    main()
