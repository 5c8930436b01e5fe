"""Do KnockoffSelector and StabilitySelector keep their promises? Simulations whose truth is known.

    python benchmarks/error_control.py [knockoffs] [covariances] [stability] [--repetitions 200]

An interval is Clopper and Pearson's at 95 percent. For the mean of false discovery proportions, which lie in [0, 1] and
therefore vary no more than coin flips of the same mean, it is conservative.
"""

import argparse
import warnings
from functools import partial

import numpy as np
from scipy.linalg import toeplitz
from scipy.stats import beta
from sklearn.covariance import EmpiricalCovariance, empirical_covariance, ledoit_wolf_shrinkage, shrunk_covariance
from sklearn.feature_selection import SelectKBest, f_regression
from sklearn.linear_model import LassoCV, LogisticRegressionCV

from infsel import AttentionSelector, InfFS, KnockoffSelector, StabilitySelector
from infsel.selection import error_bounds

FDR = 0.1
SEEDED = InfFS(affinity="attention", normalization="softmax", readout="seeded", start="pearson", n_hops=2)


def rows(rng, n, p, rho):
    return rng.multivariate_normal(np.zeros(p), toeplitz(rho ** np.arange(p)), size=n, method="cholesky")


def linear(rng, n, p, n_signals, size=0.25, rho=0.5):
    """Gaussian rows with neighbors correlated at rho, a linear target, signals at random places."""
    X, signal = rows(rng, n, p, rho), np.zeros(p, dtype=bool)
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
    ("linear, covariance known", "F-test", LINEAR, F_TEST),
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
    ("independent", "F-test, k = 10", SelectKBest(f_regression, k=10)),
    ("independent", "F-test, k = 25", SelectKBest(f_regression, k=25)),
    ("independent", "InfFS, seeded, k = 10", SEEDED.set_params(n_features_to_select=10)),
    ("neighbors at 0.5", "F-test, k = 10", SelectKBest(f_regression, k=10)),
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
            C = toeplitz(0.5 ** np.arange(X.shape[1])) if "known" in target else None
            mask = KnockoffSelector(selector, fdr=FDR, covariance=C, random_state=repetition).fit(X, y).support_
            false.append((mask & ~signal).sum() / max(mask.sum(), 1))
            power.append((mask & signal).sum() / signal.sum() if signal.any() else np.nan)
            size.append(mask.sum())
        print(
            f"| {target} | {name} | {np.mean(false):.3f} | {interval(np.sum(false), repetitions)} "
            f"| {'' if np.isnan(power).all() else f'{np.mean(power):.2f}'} | {np.mean(size):.1f} |",
            flush=True,
        )


class Shrunk(EmpiricalCovariance):
    """The sample covariance with a share of Ledoit and Wolf's shrinkage."""

    def __init__(self, share=1.0):
        self.share = share

    def fit(self, X, y=None):
        self.covariance_ = shrunk_covariance(empirical_covariance(X), self.share * ledoit_wolf_shrinkage(X))
        return self


def related(p):
    """Four ways in which features may relate, as correlation matrices."""
    loadings = 0.6 * np.random.default_rng(0).standard_normal((p, 3))
    common = loadings @ loadings.T + np.eye(p)
    return {
        "neighbors at 0.5": toeplitz(0.5 ** np.arange(p)),
        "neighbors at 0.8": toeplitz(0.8 ** np.arange(p)),
        "blocks of five at 0.7": np.kron(np.eye(p // 5), 0.7 * np.ones((5, 5)) + 0.3 * np.eye(5)),
        "three common factors": common / np.sqrt(np.outer(np.diag(common), np.diag(common))),
    }


def covariances(repetitions, p=100):
    """How much shrinkage the covariance wants, for scores of single features (the F-test)."""
    shares = (1, 0.5, 0)
    print(f"\n| features | samples | {' | '.join(f'{share:g} of the shrinkage' for share in shares)} |")
    print("| --- | --- | --- | --- | --- |")
    for relation, C in related(p).items():
        root = np.linalg.cholesky(C)
        for n, size in ((200, 0.5), (500, 0.25)):
            found = {share: [] for share in shares}
            for repetition in range(repetitions):
                rng = np.random.default_rng(repetition)
                X, signal = rng.standard_normal((n, p)) @ root.T, rng.permutation(p) < 25
                y = X @ (signal * size * rng.choice([-1, 1], p)) + rng.standard_normal(n)
                for share in shares:
                    selector = KnockoffSelector(F_TEST, fdr=FDR, covariance=Shrunk(share), random_state=repetition)
                    mask = selector.fit(X, y).support_
                    found[share].append(((mask & ~signal).sum() / max(mask.sum(), 1), (mask & signal).sum() / 25))
            cells = [f"{false:.3f} ({power:.2f})" for false, power in (np.mean(found[s], axis=0) for s in shares)]
            print(f"| {relation} | {n} | {' | '.join(cells)} |", flush=True)


def stability(repetitions):
    print("\n| features | scores | threshold | worst-case bound | unimodal | r-concave | mean false | any false |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for features, name, selector in STABILITY:
        rho = 0.0 if features == "independent" else 0.5
        false, sizes = [], []
        for repetition in range(repetitions):
            X, y, signal = linear(np.random.default_rng(repetition), n=200, p=200, n_signals=10, size=0.4, rho=rho)
            fitted = StabilitySelector(selector, random_state=repetition).fit(X, y)
            false.append([((fitted.scores_ >= threshold) & ~signal).sum() for threshold in THRESHOLDS])
            sizes.append(fitted.n_selected_)
        for threshold, counts in zip(THRESHOLDS, np.transpose(false), strict=True):
            worst, unimodal, concave = error_bounds(np.mean(sizes), 200, threshold, 50).values()
            some = np.count_nonzero(counts)
            margin = 1.96 * np.std(counts, ddof=1) / np.sqrt(repetitions)
            print(
                f"| {features} | {name} | {threshold} | {worst:.2f} | {unimodal:.2f} | {concave:.2f} "
                f"| {np.mean(counts):.3f} ± {margin:.3f} | {some / repetitions:.3f} ({interval(some, repetitions)}) |",
                flush=True,
            )


PARTS = {"knockoffs": knockoffs, "covariances": covariances, "stability": stability}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=PARTS, choices=PARTS, help="what to simulate: all by default")
    parser.add_argument("--repetitions", type=int, default=200)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    for part in arguments.parts:
        PARTS[part](arguments.repetitions)


if __name__ == "__main__":
    main()
