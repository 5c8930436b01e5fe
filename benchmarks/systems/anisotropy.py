"""Twelve of 200 columns share a factor, and all columns share a drift, the twelve less than the others.

Walks over squared correlations then rank by the share in the drift. Without the first principal component they rank by
the factor; the second is the factor itself, so that removing two destroys what there was to find.
"""

from pathlib import Path

import numpy as np
from sklearn.metrics import accuracy_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

from infsel import InfFS
from infsel.affinities import SquaredCorrelation

TITLE = "Anisotropy: what all columns share is removed first"
FIGURE = [("remove_components=1", 1.0), ("remove_components='auto'", 1.0)]
DATA = Path(__file__).parents[3] / "shared" / "data"
MICROARRAYS = ("Prostate-GE", "colon", "ALLAML")


def table(seed, *, n_samples=100, n_features=200, planted=12, drift=1.2, own_drift=0.7, loading=1.2):
    """A drift of every column, and a factor of the planted ones."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n_samples, n_features))
    shares = drift * rng.uniform(0.7, 1.3, n_features)
    shares[:planted] = own_drift
    X += shares * rng.standard_normal((n_samples, 1))
    X[:, :planted] += loading * rng.standard_normal((n_samples, 1))
    return X


def walks(X, k, of):
    """Precision by how many components are removed, and what is left of the mean correlation."""
    found = {}
    for number in (0, 1, 2, "auto"):
        selector = InfFS(affinity=SquaredCorrelation(remove_components=number), n_features_to_select=k).fit(X)
        found[f"remove_components={number!r}"] = selector.support_[of].sum() / k
        if number in (0, "auto"):
            found[f"anisotropy_ at {number!r}"] = selector.anisotropy_
    found["components that 'auto' removes"] = selector.affinity_.remove_components
    return {"classic InfFS": InfFS(n_features_to_select=k).fit(X).support_[of].sum() / k} | found


def planted(seed, *, k=12, **sizes):
    """Precision at the size of the module."""
    return walks(table(seed, planted=k, **sizes), k, np.arange(k))


def counter(seed, *, n_samples=100, n_features=200, k=100, loading=1.0):
    """Half of the columns share the one factor that is looked for: 'auto' takes it for a drift and removes it."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n_samples, n_features))
    X[:, :k] += loading * rng.standard_normal((n_samples, 1))
    return walks(X, k, np.arange(k))


def real(k=10, repeats=4):
    """Accuracy of a linear SVM on ten columns of microarrays, four times five folds. Single columns are the measure."""
    walk = {"n_hops": 1, "start": "anova", "n_features_to_select": k}
    summed, averaged = {"readout": "seeded"} | walk, {"readout": "attended", "normalization": "row"} | walk
    squared = {number: SquaredCorrelation(debiased=False, remove_components=number) for number in (0, "auto")}
    methods = {"single columns": InfFS(readout="settled", damping=0, start="anova", n_features_to_select=k)}
    for number, affinity in squared.items():
        methods[f"sum of neighbors, {number!r} removed"] = InfFS(affinity=affinity, **summed)
        methods[f"mean of neighbors, {number!r} removed"] = InfFS(affinity=affinity, **averaged)
    found = {}
    for name in MICROARRAYS:
        stored = np.load(DATA / f"{name}.npz", allow_pickle=False)
        X, y = stored["X"].astype(float), stored["y"]
        X = X[:, X.std(axis=0) > 0]
        scores = {method: [] for method in methods}
        for repeat in range(repeats):
            for train, test in StratifiedKFold(5, shuffle=True, random_state=repeat).split(X, y):
                for method, selector in methods.items():
                    model = make_pipeline(selector, StandardScaler(), LinearSVC(C=0.01))
                    scores[method].append(accuracy_score(y[test], model.fit(X[train], y[train]).predict(X[test])))
        found |= {f"{name}, {method}": float(np.mean(values)) for method, values in scores.items()}
    return found
