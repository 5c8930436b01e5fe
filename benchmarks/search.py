"""What a search over a grid costs: in units of one fit, and against GridSearchCV over a Pipeline.

    python benchmarks/search.py [--samples 1000] [--features 2000] [--repeats 5]

First the full grid of 10 alphas x 11 depths x 10 dampings x 20 numbers of features, ranked and cut on one table, in
turns with a fit of InfFS, and some of its cells against fits of their own. Then InfFSCV over a smaller grid, in turns
with GridSearchCV over a Pipeline of the same, without and with `memory`.
"""

import argparse
import statistics
import tempfile
import time
from functools import partial

import numpy as np
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline

from infsel import InfFS, InfFSCV
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


if __name__ == "__main__":
    main()
