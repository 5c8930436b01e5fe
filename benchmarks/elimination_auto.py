"""How many columns does ``n_features_to_select="auto"`` of `RecursiveElimination` keep, and are they enough?

Each training fold of three is ranked once; "auto" is compared with fixed numbers of columns of the same ranking by
linear SVM and 5-NN (ridge and 5-NN for numbers) on the test fold, and on tables that are made with the number of true
columns.
Tables are .npz files with X and y; without any, three of scikit-learn's.

    python benchmarks/elimination_auto.py [TABLE.npz ...]
"""

import argparse
from pathlib import Path

import numpy as np
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine
from sklearn.linear_model import RidgeCV
from sklearn.metrics import balanced_accuracy_score, r2_score
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

from infsel import RecursiveElimination

BUNDLED = {"breast cancer": load_breast_cancer, "wine": load_wine, "diabetes": load_diabetes}
FIXED = (10, 25, 50)
MADE = [(60, 20, 0), (100, 200, 0), (300, 40, 0), (150, 30, 3), (300, 100, 5)]  # rows, columns, true columns
SEEDS = 20


def tables(paths):
    for name, load in BUNDLED.items() if not paths else ():
        yield name, *load(return_X_y=True)
    for path in map(Path, paths):
        stored = np.load(path)
        X, y = stored["X"] / stored.get("scale", 1.0), stored["y"]
        if y.dtype.kind != "f":
            y = np.unique(y, return_inverse=True)[1]
            known = np.bincount(y)[y] >= 6
            X, y = X[known], y[known]
        yield path.stem, np.where(np.isfinite(X), X, np.nanmean(np.where(np.isfinite(X), X, np.nan), axis=0)), y


def judge(X, y, test_X, test_y, numbers):
    models = (
        (RidgeCV(np.logspace(-2, 4, 13)), KNeighborsRegressor(5))
        if numbers
        else (LinearSVC(C=0.01, tol=1e-3), KNeighborsClassifier(5))
    )
    score = r2_score if numbers else balanced_accuracy_score
    return np.mean([score(test_y, make_pipeline(StandardScaler(), m).fit(X, y).predict(test_X)) for m in models])


def real(name, X, y):
    numbers = RecursiveElimination(n_features_to_select=1).fit(X, y).task_ == "regression"
    split = (KFold if numbers else StratifiedKFold)(3, shuffle=True, random_state=0)
    kept, scores = [], []
    for train, test in split.split(X, y):
        fitted = RecursiveElimination(n_features_to_select="auto").fit(X[train], y[train])
        order, k = np.argsort(fitted.ranking_), int(fitted.support_.sum())
        sizes = [k, *(min(size, X.shape[1]) for size in FIXED), max(1, X.shape[1] // 2)]
        kept.append(k)
        scores.append([judge(X[train][:, order[:n]], y[train], X[test][:, order[:n]], y[test], numbers) for n in sizes])
    means = " | ".join(f"{score:.3f}" for score in np.mean(scores, axis=0))
    print(f"| {name} | {X.shape[0]} x {X.shape[1]} | {np.median(kept):.0f} | {means} |", flush=True)


def made(n_rows, n_features, n_true):
    kept, by_chance, found = [], [], []
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        X = rng.standard_normal((n_rows, n_features))
        y = X[:, :n_true].sum(axis=1) + rng.standard_normal(n_rows) > 0
        fitted = RecursiveElimination(n_features_to_select="auto", n_permutations=19, random_state=seed).fit(X, y)
        kept.append(int(fitted.support_.sum()))
        exceeds = fitted.p_values_ <= 0.05
        by_chance.append(exceeds[n_true:].any())
        found.append(exceeds[:n_true].mean() if n_true else np.nan)
    right = np.mean(np.array(kept) == max(n_true, 1))
    print(
        f"| {n_rows} x {n_features} | {n_true} | {np.median(kept):.0f} | {right:.2f} | {np.mean(found):.2f} "
        f"| {np.mean(by_chance):.2f} |",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="*")
    paths = parser.parse_args().tables
    print("| table | size | kept | auto |", *(f"{k} |" for k in FIXED), "half |")
    print("| --- " * (len(FIXED) + 5) + "|")
    for table in tables(paths):
        real(*table)
    print("\n| size | true columns | kept | as many | true ones with p <= .05 | any other with p <= .05 |")
    print("| --- | --- | --- | --- | --- | --- |")
    for settings in MADE:
        made(*settings)


if __name__ == "__main__":
    main()
