"""R^2 after selection for a numeric target: ``python benchmarks/elimination_regression.py [--data DIR]``.

Rankings are fitted on the training folds of one 5-fold split; RidgeCV and 5 nearest neighbors predict the test fold
from the best columns, standardized, at several sizes. DIR may hold tecator_fat.npz and bloodbrain.npz with X and y.
"""

import argparse
from pathlib import Path

import numpy as np
from sklearn.datasets import load_diabetes, make_friedman1, make_regression
from sklearn.ensemble import RandomForestRegressor
from sklearn.feature_selection import RFE, f_regression, mutual_info_regression
from sklearn.linear_model import LassoCV, RidgeCV
from sklearn.model_selection import KFold
from sklearn.neighbors import KNeighborsRegressor
from sklearn.preprocessing import StandardScaler

from infsel import RecursiveElimination


def by_elimination(kernel):
    return lambda Z, y: RecursiveElimination(kernel=kernel, task="regression").fit(Z, y).scores_


METHODS = {
    "attention": by_elimination("attention"),
    "linear": by_elimination("linear"),
    "F": lambda Z, y: np.nan_to_num(f_regression(Z, y)[0]),
    "mutual information": lambda Z, y: mutual_info_regression(Z, y, random_state=0),
    "random forest": lambda Z, y: RandomForestRegressor(200, random_state=0).fit(Z, y).feature_importances_,
    "ridge RFE": lambda Z, y: -RFE(RidgeCV(np.logspace(-2, 4, 7)), n_features_to_select=1).fit(Z, y).ranking_,
    "lasso": lambda Z, y: np.abs(LassoCV(max_iter=3000).fit(Z, y).coef_),
}


def tables(data: Path | None):
    """Name, X, y and the sizes to judge by."""
    for name in ("tecator_fat", "bloodbrain"):
        if data is not None and (data / f"{name}.npz").exists():
            stored = np.load(data / f"{name}.npz")
            scale = stored["scale"] if str(stored.get("codec", "raw")) == "scale" else 1.0
            yield name, stored["X"] / scale, stored["y"].astype(float), (5, 10, 20, 50)
    yield "diabetes", *load_diabetes(return_X_y=True), (2, 4, 6)
    yield "Friedman 1", *make_friedman1(300, 50, noise=1.0, random_state=0), (3, 5, 10)
    yield "sparse linear", *make_regression(150, 300, n_informative=10, noise=20, random_state=0), (5, 10, 20, 50)


def judged(rate, X, y, sizes) -> float:
    """Mean R^2 over folds, sizes and both models."""
    results = []
    for train, test in KFold(5, shuffle=True, random_state=0).split(X):
        scaler = StandardScaler().fit(X[train])
        Z, new = scaler.transform(X[train]), scaler.transform(X[test])
        best = np.argsort(-rate(Z, y[train]), kind="stable")
        for k in sizes:
            models = (RidgeCV(np.logspace(-3, 4, 15)), KNeighborsRegressor(5))
            results += [model.fit(Z[:, best[:k]], y[train]).score(new[:, best[:k]], y[test]) for model in models]
    return float(np.mean(results))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    rows = []
    print(f"| table | {' | '.join(METHODS)} |\n|{' --- |' * (len(METHODS) + 1)}")
    for name, X, y, sizes in tables(parser.parse_args().data):
        rows.append([judged(rate, X, y, sizes) for rate in METHODS.values()])
        print(f"| {name} | {' | '.join(f'{value:.3f}' for value in rows[-1])} |", flush=True)
    print(f"| mean | {' | '.join(f'{value:.3f}' for value in np.mean(rows, axis=0))} |")


if __name__ == "__main__":
    main()
