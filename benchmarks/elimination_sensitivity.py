"""How much the parameters of RecursiveElimination matter: ``python benchmarks/elimination_sensitivity.py --data DIR``.

One parameter at a time leaves its default. Each setting is judged as in docs/elimination.md: rankings fitted on the
training folds of one stratified 5-fold split, a linear SVM and 5 nearest neighbors on the 10, 25, 50, 100 and 200 best
columns (as far as there are), balanced accuracy averaged. DIR holds tables as .npz files with X and y; those not there
are skipped, and without DIR the tables that scikit-learn brings are used.
"""

import argparse
from pathlib import Path

import numpy as np
from sklearn.base import clone
from sklearn.datasets import load_breast_cancer, load_digits, load_wine
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from infsel import RecursiveElimination

TABLES = [
    "colon",
    "lung_small",
    "GLIOMA",
    "nci9",
    "warpAR10P",
    "ALLAML",
    "NCI60",
    "sonar",
    "keel_movement_libras",
    "musk",
]
TABLES += ["TOX-171", "arcene"]
SIZES = (10, 25, 50, 100, 200)
SETTINGS = {
    "kernel": ["attention", "linear"],
    "scaling": ["standard"],
    "regularization": [0.5, 1.5, 15.0, 50.0],
    "bandwidth": [0.3, 3.0, 10.0],
    "linear_share": [0, 0.1, 0.5, 0.8],
    "drop": [0.05, 0.1, 0.5],
    "screen": [0.1, 0.5, 1.0],
    "min_screened": [300, 3000],
    "bins": [3, 10],
    "information_power": [0, 1.0, 2.0],
    "relief_power": [0, 0.25, 1.0],
    "temperature": [0.2, 1.0],
}


def tables(data: Path | None):
    """Name, X and y of each table; classes with fewer members than folds are left out."""
    if data is None:
        for load in (load_breast_cancer, load_wine, load_digits):
            yield load.__name__[5:], *load(return_X_y=True)
        return
    for name in TABLES:
        if not (data / f"{name}.npz").exists():
            continue
        stored = np.load(data / f"{name}.npz")
        X = stored["X"] / (stored["scale"] if str(stored.get("codec", "raw")) == "scale" else 1.0)
        _, y, sizes = np.unique(stored["y"], return_inverse=True, return_counts=True)
        yield name, X[sizes[y] >= 5], y[sizes[y] >= 5]


def accuracy(selector: RecursiveElimination, X: np.ndarray, y: np.ndarray) -> float:
    """Mean balanced accuracy over folds, sizes and both classifiers."""
    results = []
    for train, test in StratifiedKFold(5, shuffle=True, random_state=1).split(X, y):
        best = np.argsort(clone(selector).fit(X[train], y[train]).ranking_)
        scaler = StandardScaler().fit(X[train])
        Z, new = scaler.transform(X[train]), scaler.transform(X[test])
        for k in sorted({min(size, X.shape[1]) for size in SIZES}):
            for model in (SVC(kernel="linear"), KNeighborsClassifier(5)):
                guess = model.fit(Z[:, best[:k]], y[train]).predict(new[:, best[:k]])
                results.append(balanced_accuracy_score(y[test], guess))
    return float(np.mean(results))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    found = list(tables(parser.parse_args().data))
    base = np.array([accuracy(RecursiveElimination(), X, y) for _, X, y in found])
    print(f"{len(found)} tables ({', '.join(name for name, *_ in found)}); default {base.mean():.4f}\n")
    print("| parameter | default | value | difference | SE | better on |\n| --- | --- | --- | --- | --- | --- |")
    for parameter, values in SETTINGS.items():
        for value in values:
            selector = RecursiveElimination(**{parameter: value})
            difference = np.array([accuracy(selector, X, y) for _, X, y in found]) - base
            error = difference.std(ddof=1) / np.sqrt(len(found))
            default = RecursiveElimination().get_params()[parameter]
            print(
                f"| {parameter} | {default} | {value} | {difference.mean():+.4f} | {error:.4f} | "
                f"{(difference > 0).sum()} of {len(found)} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
