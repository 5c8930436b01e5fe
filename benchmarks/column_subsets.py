"""How well columns chosen without a target predict: deflated popularity, column subset selection and their kin.

Balanced accuracy of a linear SVM and of 5 nearest neighbors on the selected standardized columns, averaged over both,
over 10, 25, 50, 100 and 200 columns and over the folds of repeated stratified 5-fold cross-validation; columns are
chosen on the training rows alone. Tables are .npz files with X (integers times `scale` where the codec says so) and
labels y; classes of fewer than 5 samples are left out.

    python benchmarks/column_subsets.py TABLE.npz [TABLE.npz ...]
"""

import sys
from pathlib import Path

import numpy as np
from scipy.linalg import qr
from sklearn.cluster import KMeans
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import RepeatedStratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler, minmax_scale
from sklearn.svm import SVC

from infsel import DeflatedPopularity, InfFS

SIZES = (10, 25, 50, 100, 200)
VARIANCE = 0.9  # that the principal components of a method keep


def deflated_popularity(X):
    ranking = DeflatedPopularity(n_features_to_select=min(max(SIZES), X.shape[1])).fit(X).ranking_
    return ordered(np.argsort(ranking))


def popularity(X):
    """The classic of the field, on columns scaled as its authors do."""
    return ordered(np.argsort(InfFS().fit(minmax_scale(X)).ranking_))


def qr_with_pivoting(X):
    """Column subset selection that takes the longest residual."""
    return ordered(qr(X, mode="r", pivoting=True)[1])


def qr_of_loadings(X):
    """Column subset selection by pivoting on the leading right singular vectors."""
    return lambda k: qr(loadings(X, k), mode="r", pivoting=True)[1][:k]


def leverage(X):
    """Lengths of the rows of the loadings."""
    return ordered(np.argsort(-np.square(loadings(X)).sum(axis=0), kind="stable"))


def principal_feature_analysis(X):
    """The column nearest to each center of k clusters of loadings (Lu, Cohen, Zhou, Tian, 2007)."""
    points = loadings(X).T

    def chosen(k):
        clusters = KMeans(min(k, len(points)), n_init=1, random_state=0).fit(points)
        return np.unique(clusters.transform(points).argmin(axis=0))

    return chosen


def random(X):
    return ordered(np.random.default_rng(0).permutation(X.shape[1]))


METHODS = {
    "deflated popularity": deflated_popularity,
    "principal feature analysis": principal_feature_analysis,
    "InfFS": popularity,
    "random": random,
    "QR with pivoting": qr_with_pivoting,
    "QR of loadings": qr_of_loadings,
    "leverage": leverage,
}


def ordered(order):
    return lambda k: order[:k]


def loadings(X, n_components=None):
    _, s, V = np.linalg.svd(X, full_matrices=False)
    shares = np.cumsum(s**2) / np.sum(s**2)
    return V[: min(n_components or 1 + int((shares < VARIANCE).sum()), len(V))]


def table(path):
    stored = np.load(path)
    X, y = stored["X"].astype(float), stored["y"]
    classes, counts = np.unique(y, return_counts=True)
    kept = np.isin(y, classes[counts >= 5])
    return X[kept] / (stored["scale"] if str(stored["codec"]) == "scale" else 1), y[kept]


def accuracies(X, y, n_repeats=2):
    found = {name: [] for name in METHODS}
    for train, test in RepeatedStratifiedKFold(n_splits=5, n_repeats=n_repeats, random_state=0).split(X, y):
        scaler = StandardScaler().fit(X[train])
        A, B = scaler.transform(X[train]), scaler.transform(X[test])
        for name, method in METHODS.items():
            choose = method(A)
            found[name].append(np.mean([accuracy(A, y[train], B, y[test], choose(k)) for k in SIZES]))
    return {name: np.mean(values) for name, values in found.items()}


def accuracy(A, y, B, truth, columns):
    models = (SVC(kernel="linear"), KNeighborsClassifier(5))
    return np.mean([balanced_accuracy_score(truth, m.fit(A[:, columns], y).predict(B[:, columns])) for m in models])


def main():
    rows = {}
    for path in map(Path, sys.argv[1:]):
        rows[path.stem] = accuracies(*table(path))
        print(path.stem, {name: f"{value:.3f}" for name, value in rows[path.stem].items()}, file=sys.stderr, flush=True)
    print("| table | " + " | ".join(METHODS) + " |\n|" + " --- |" * (len(METHODS) + 1))
    means = {name: np.mean([row[name] for row in rows.values()]) for name in METHODS}
    for name, row in (rows | {"mean": means}).items():
        print(f"| {name} | " + " | ".join(f"{row[method]:.3f}" for method in METHODS) + " |")


if __name__ == "__main__":
    main()
