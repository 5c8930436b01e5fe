"""How many features: rules that read only the scores, judged by cross-validated accuracy.

Every rule cuts the same rankings. Each number of features is judged by the balanced accuracy of ridge and 5-nearest-
neighbor classifiers, averaged, on folds that neither the ranking nor the rule has seen. Tables are .npz files with X
(or scikit-learn's own) and class labels y.

    python benchmarks/how_many.py [TABLE.npz ...]
"""

import argparse
import json
import warnings
from pathlib import Path

import numpy as np
from scipy.signal import argrelmin
from scipy.stats import gaussian_kde
from sklearn.datasets import load_breast_cancer, load_digits, load_wine
from sklearn.feature_selection import f_classif
from sklearn.linear_model import RidgeClassifier
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from infsel import InfFS

BUNDLED = {"wine": load_wine, "breast_cancer": load_breast_cancer, "digits": load_digits}
SHARES = (1, 3, 10, 20, 30, 40, 50, 100)  # percent: rules that do not look at the scores
CURVE = 12  # numbers of features between 1 and all at which accuracy is known anyway


def two_means(s, X):
    """The upper of the two clusters that minimize the sum of squares: keep and discard, as published."""
    n, sums, squares = np.arange(1, len(s)), np.cumsum(s), np.cumsum(s**2)
    left = squares[:-1] - sums[:-1] ** 2 / n
    right = (squares[-1] - squares[:-1]) - (sums[-1] - sums[:-1]) ** 2 / (len(s) - n)
    return 1 + np.argmin(left + right)


def two_medians(s, X):
    """The upper of the two clusters that minimize the sum of absolute deviations from their medians."""
    cumulated = np.r_[0, np.cumsum(s)]

    def spread(low, high):  # of s[low:high] around its median
        middle, upper = (low + high) // 2, (low + high + 1) // 2
        return (cumulated[middle] - cumulated[low]) - (cumulated[high] - cumulated[upper])

    k = np.arange(1, len(s))
    return 1 + np.argmin(spread(0 * k, k) + spread(k, 0 * k + len(s)))


def two_lines(s, X):
    """Where the two straight lines part that fit the sorted scores best (L-method)."""
    x = np.arange(len(s), dtype=float)

    def errors(s):  # residual sum of squares of a line through the first 1, 2, ... points
        n = np.arange(1, len(s) + 1)
        sx, sy, sxx, sxy, syy = (np.cumsum(v) for v in (x, s, x * x, x * s, s * s))
        vx, vxy, vy = sxx - sx**2 / n, sxy - sx * sy / n, syy - sy**2 / n
        return np.maximum(vy - np.divide(vxy**2, vx, out=np.zeros(len(s)), where=vx > 0), 0)

    s = s - s.mean()
    left, right = errors(s), errors(s[::-1])[::-1]
    return 2 + np.argmin(left[1:-2] + right[2:-1]) if len(s) > 4 else len(s)


def bins(s, X):
    """As the programs released in 2020: how many of n / 2 bins of the scores hold more than the mean count."""
    counts = np.histogram(s, max(1, len(s) // 2))[0]
    return max(1, (counts > counts.mean()).sum())


def largest_gap(s, X):
    """Above the widest step between neighbors."""
    return 1 + np.argmax(s[:-1] - s[1:])


def knee(s, X):
    """Where the sorted scores are farthest from the line that joins the first and the last."""
    line = np.linspace(s[0], s[-1], len(s))
    return 1 + np.argmax(np.abs(line - s))


def mean_shift(s, X):
    """Features whose score climbs to another mode of the density than the lowest one (Scott's bandwidth)."""
    grid = np.linspace(s[-1], s[0], 1000)
    valleys = argrelmin(gaussian_kde(s)(grid))[0]
    return (s > grid[valleys[0]]).sum() if len(valleys) else len(s)


def above_mean(s, X):
    """Scores above their mean."""
    return (s > s.mean()).sum()


def eigen_gap(s, X):
    """As many as the table has principal components above the widest relative gap of its spectrum."""
    Z = (X - X.mean(0)) / np.where(X.std(0) > 0, X.std(0), 1)
    values = np.linalg.svd(Z, compute_uv=False) ** 2
    values = values[values > 1e-6 * values[0]]
    half = max(2, len(values) // 2)
    return 1 + np.argmax(values[: half - 1] / values[1:half])


def effective_rank(s, X):
    """As many as the table has effective dimensions: the exponential of the entropy of its spectrum."""
    Z = (X - X.mean(0)) / np.where(X.std(0) > 0, X.std(0), 1)
    p = np.linalg.svd(Z, compute_uv=False) ** 2
    p = p[p > 0] / p.sum()
    return round(float(np.exp(-(p * np.log(p)).sum())))


def share(percent):
    def rule(s, X):
        return max(1, len(s) * percent // 100)

    rule.__name__ = f"{percent} percent"
    return rule


RULES = [
    two_means,
    two_medians,
    two_lines,
    bins,
    largest_gap,
    knee,
    mean_shift,
    above_mean,
    eigen_gap,
    effective_rank,
]
RULES += [share(percent) for percent in SHARES]
SELECTORS = {
    "inf-fs": lambda X, y: InfFS().fit(X).scores_,
    "supervised inf-fs": lambda X, y: InfFS.from_preset("tpami2020-supervised").fit(X, (y == y[0]) * 2 - 1).scores_,
    "F-test": lambda X, y: np.nan_to_num(f_classif(X, y)[0]),
}


def judge(X, y, test_X, test_y):
    scores = []
    for model in (RidgeClassifier(alpha=1.0), KNeighborsClassifier(5)):
        predicted = make_pipeline(StandardScaler(), model).fit(X, y).predict(test_X)
        scores.append(balanced_accuracy_score(test_y, predicted))
    return np.mean(scores)


def measure(X, y, score):
    """Accuracy and number of features by rule, and the accuracy along the curve, averaged over the folds."""
    folds = []
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(X, y):
        scaler = MinMaxScaler().fit(X[train])
        A, B = scaler.transform(X[train]), scaler.transform(X[test])
        scores = score(A, y[train])
        order, known = np.argsort(-scores, kind="stable"), {}

        def accuracy(k, A=A, B=B, train=train, test=test, order=order, known=known):
            columns = order[:k]
            if k not in known:
                known[k] = judge(A[:, columns], y[train], B[:, columns], y[test])
            return float(known[k])

        varying = np.ptp(A, axis=0) > 0
        chosen = {rule.__name__: int(rule(np.sort(scores[varying])[::-1], A)) for rule in RULES}
        sizes = np.unique(np.geomspace(1, X.shape[1], CURVE).astype(int)).tolist()
        folds.append(
            {"k": chosen, "rules": {r: accuracy(k) for r, k in chosen.items()}, "curve": [accuracy(k) for k in sizes]}
        )
    names = folds[0]["k"]
    return {
        "n": X.shape[1],
        "best": np.mean([fold["curve"] for fold in folds], axis=0).max(),
        "accuracy": {name: float(np.mean([fold["rules"][name] for fold in folds])) for name in names},
        "k": {name: float(np.mean([fold["k"][name] for fold in folds])) for name in names},
    }


def tables(paths):
    for name, load in BUNDLED.items():
        yield name, *load(return_X_y=True)
    for path in map(Path, paths):
        stored = np.load(path)
        X = stored["X"] / (stored.get("scale", 1.0))
        X = np.where(np.isfinite(X), X, np.nanmean(np.where(np.isfinite(X), X, np.nan), axis=0))
        y = np.unique(stored["y"], return_inverse=True)[1]
        enough = np.isin(y, np.flatnonzero(np.bincount(y) >= 5))
        yield path.stem, X[enough], y[enough]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="*")
    parser.add_argument("--raw", help="keep every measurement in this file")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    results = {}
    for name, X, y in tables(arguments.tables):
        for selector, score in SELECTORS.items():
            results[f"{selector}|{name}"] = measure(X, y, score)
        print(name, X.shape, flush=True)
        if arguments.raw:
            Path(arguments.raw).write_text(json.dumps(results))
    for selector in SELECTORS:
        report(selector, [result for key, result in results.items() if key.startswith(selector + "|")])


def report(selector, rows):
    print(f"\n{selector}, mean over {len(rows)} tables\n")
    print("| rule | features kept | balanced accuracy | against all | worst table | against a constant share |")
    print("| --- | --- | --- | --- | --- | --- |")
    accuracy = {rule: np.array([row["accuracy"][rule] for row in rows]) for rule in rows[0]["accuracy"]}
    kept = {rule: np.mean([row["k"][rule] / row["n"] for row in rows]) for rule in accuracy}
    constant = [rule for rule in accuracy if "percent" in rule]
    for rule, values in accuracy.items():
        shares = np.log([kept[other] for other in constant])
        same_size = np.interp(np.log(kept[rule]), shares, [accuracy[other].mean() for other in constant])
        loss = values - accuracy["100 percent"]
        against = "" if rule in constant else f"{values.mean() - same_size:+.3f}"
        print(
            f"| {rule.replace('_', ' ')} | {kept[rule]:.0%} | {values.mean():.3f} | {loss.mean():+.3f} "
            f"| {loss.min():+.3f} | {against} |"
        )
    best = np.mean([row["best"] for row in rows])
    print(f"| best k of the curve, known only afterwards | | {best:.3f} | | | |")


if __name__ == "__main__":
    main()
