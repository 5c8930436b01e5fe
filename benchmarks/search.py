"""What a search over a grid costs: in units of one fit, and against GridSearchCV over a Pipeline.

    python benchmarks/search.py [--samples 1000] [--features 2000] [--repeats 5]

First the full grid of 10 alphas x 11 depths x 10 dampings x 20 numbers of features, ranked and cut on one table, in
turns with a fit of InfFS, and some of its cells against fits of their own. Then InfFSCV over a smaller grid, in turns
with GridSearchCV over a Pipeline of the same, without and with `memory`. Last SelectorCV over thirty numbers of
features on a table of 569 tumors x 30 measurements, beside what it cannot do without (a ranking for each fold, a
training for each distinct selection), GridSearchCV over a Pipeline of the same, and RFECV.
"""

import argparse
import statistics
import tempfile
import time
from functools import partial

import numpy as np
from sklearn.base import clone
from sklearn.datasets import load_breast_cancer, make_classification
from sklearn.feature_selection import RFECV
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from infsel import InfFS, InfFSCV, RecursiveElimination, SelectorCV
from infsel.affinities import Redundancy
from infsel.estimators.search._folds import select
from infsel.estimators.search._graph_search import along
from infsel.estimators.search._path import results_along

FULL = {
    "alpha": np.linspace(0.05, 0.95, 10).tolist(),
    "n_hops": [*range(1, 11), np.inf],
    "damping": np.linspace(0.05, 0.95, 10).tolist(),
}
SIZES = [5, 10, 20, 40]
SMALL = {
    "alpha": [0.2, 0.5, 0.8],
    "n_hops": [1, 3, np.inf],
    "damping": [0.5, 0.9],
    "n_features_to_select": SIZES,
}


def seconds(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def sizes(n_features):
    return np.unique(np.geomspace(5, n_features, 20).astype(int)).tolist()


def full_grid(X, repeats):
    ks = sizes(X.shape[1])
    cells = int(np.prod([len(values) for values in FULL.values()]))
    print(
        f"full grid on {X.shape[0]} x {X.shape[1]}: {cells} rankings x {len(ks)} sizes = {cells * len(ks)} candidates"
    )
    print(f"{'one fit s':>10} {'grid s':>8} {'ratio':>6} {'distinct selections':>20}")
    ratios = []
    for _ in range(repeats):
        one, _ = seconds(lambda: InfFS().fit(X))
        cutting = partial(along, results_along, InfFS(), FULL, ks)
        grid, found = seconds(partial(select, cutting, cells * len(ks), X, None, {}))
        ratios.append(grid / one)
        print(f"{one:10.3f} {grid:8.3f} {grid / one:6.2f} {len(found.masks):20}")
    print(f"median ratio {statistics.median(ratios):.2f}")
    print(f"largest difference from 30 fits of their own: {difference(X):.1e} of the spread of the scores\n")


def difference(X):
    rng, worst = np.random.default_rng(0), 0.0
    chosen = {tuple(int(rng.integers(len(values))) for values in FULL.values()) for _ in range(30)}
    for cell, result in results_along(InfFS(), X, None, None, FULL):
        if cell in chosen:
            own = dict(zip(FULL, (values[i] for values, i in zip(FULL.values(), cell, strict=True)), strict=True))
            scores = InfFS(**own).fit(X).scores_
            worst = max(worst, np.abs(result.scores - scores).max() / np.ptp(scores))
    return worst


def counted(work):
    """Seconds, how many affinities were computed, and the result."""
    original, calls = Redundancy.relate, []
    Redundancy.relate = lambda self, table, y=None: calls.append(1) or original(self, table, y)
    try:
        spent, result = seconds(work)
    finally:
        Redundancy.relate = original
    return spent, len(calls), result


def searches(X, y, repeats):
    estimator = LogisticRegression(max_iter=200)
    grids = {"alphas": SMALL["alpha"], "n_hops": SMALL["n_hops"], "dampings": SMALL["damping"]}
    ours = InfFSCV(estimator, **grids, n_features_to_select=SIZES, cv=3)

    def theirs(memory=None):
        steps = [("selector", InfFS(memory=memory)), ("estimator", estimator)]
        return GridSearchCV(Pipeline(steps), {f"selector__{name}": values for name, values in SMALL.items()}, cv=3)

    n_candidates = int(np.prod([len(values) for values in SMALL.values()]))
    print(f"search over {n_candidates} candidates in 3 folds, logistic regression, {X.shape[0]} x {X.shape[1]}")
    print(f"{'search':28} {'seconds':>8} {'affinities':>11} {'trainings':>10} {'best score':>11}")
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as folder:
            for name, search in (
                ("InfFSCV", ours),
                ("GridSearchCV, memory", theirs(folder)),
                ("GridSearchCV", theirs()),
            ):
                spent, affinities, found = counted(lambda search=search: search.fit(X, y))
                trained = getattr(found, "n_estimator_fits_", 3 * n_candidates)
                print(f"{name:28} {spent:8.2f} {affinities:11} {trained:10} {found.best_score_:11.6f}")


def numbers_of_features(repeats):
    """A search over every number of features in units of its five rankings and its trainings by themselves."""
    X, y = load_breast_cancer(return_X_y=True)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    sizes, cv = list(range(1, 31)), StratifiedKFold(5)
    selector, pipeline = RecursiveElimination(n_jobs=1), Pipeline([("s", RecursiveElimination(n_jobs=1)), ("e", model)])
    X_scaled = StandardScaler().fit_transform(X)
    work = {
        "rankings and trainings": lambda: floor(selector, model, X, y, sizes, cv),
        "SelectorCV": lambda: SelectorCV(model, selector=selector, n_features_to_select=sizes, cv=cv).fit(X, y),
        "GridSearchCV": lambda: GridSearchCV(pipeline, {"s__n_features_to_select": sizes}, cv=cv).fit(X, y),
        "RFECV, logistic regression": lambda: RFECV(LogisticRegression(max_iter=1000), cv=cv).fit(X_scaled, y),
    }
    work["SelectorCV"]()
    print(f"\n30 numbers of features of {X.shape[0]} x {X.shape[1]} in 5 folds, one process")
    print(f"{'search':28} {'seconds':>8} {'ratio':>6} {'CPU s':>8} {'ratio':>6} {'best score':>11}")
    for _ in range(repeats):
        first = None
        for name, search in work.items():
            cpu = time.process_time()
            spent, found = seconds(search)
            cpu = time.process_time() - cpu
            first = first or (spent, cpu)
            best = np.max(found.cv_results_["mean_test_score"]) if hasattr(found, "cv_results_") else np.nan
            print(f"{name:28} {spent:8.2f} {spent / first[0]:6.2f} {cpu:8.2f} {cpu / first[1]:6.2f} {best:11.6f}")


def floor(selector, model, X, y, sizes, cv):
    for train, test in cv.split(X, y):
        fitted = clone(selector).fit(X[train], y[train])
        masks = {fitted.set_params(n_features_to_select=k).support_.tobytes(): fitted.support_ for k in sizes}
        for mask in masks.values():
            clone(model).fit(X[train][:, mask], y[train]).score(X[test][:, mask], y[test])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=1000)
    parser.add_argument("--features", type=int, default=2000)
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    X, y = make_classification(arguments.samples, arguments.features, n_informative=20, random_state=0)
    X = X * np.random.default_rng(0).random(arguments.features)
    InfFS().fit(X[:, :300])  # imports, and the compiled kernels from disk
    full_grid(X, arguments.repeats)
    searches(X, y, max(1, arguments.repeats // 2))
    numbers_of_features(max(1, arguments.repeats // 2))


if __name__ == "__main__":
    main()
