"""Forty columns that share a factor hold what tells of y, each too weakly to be seen alone, among 1,960 others.

Walks over squared correlations from each column's own relevance help there; on tables whose common factor tells
nothing they harm. `damping="auto"` is to take the first and leave the second.
"""

from pathlib import Path

import numpy as np
from sklearn.feature_selection import SelectKBest, VarianceThreshold, f_classif
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

from infsel import InfFS
from infsel.affinities import SquaredCorrelation

TITLE = "Safety: damping by cross-fitted relevance"
FIGURE = ("damping='auto'", 0.50)
DATA = Path(__file__).parents[3] / "shared" / "data"
MICROARRAYS = ("colon", "ALLAML", "Prostate-GE", "GLIOMA")


def table(seed, *, n_samples=50, n_features=2000, planted=40, signal=0.5, loading=1.0):
    """A module that tells of y; `signal` 0 leaves the module and takes y away from it."""
    rng = np.random.default_rng(seed)
    y = rng.standard_normal(n_samples)
    X = rng.standard_normal((n_samples, n_features))
    factor = signal * y + rng.standard_normal(n_samples)
    X[:, :planted] += loading * factor[:, np.newaxis]
    return X, y


def selectors(k):
    """No walks, walks as far as they are safe, and as far as usual."""
    walks = {"affinity": SquaredCorrelation(), "readout": "settled", "start": "pearson", "n_features_to_select": k}
    return {f"damping={damping!r}": InfFS(damping=damping, **walks) for damping in ("auto", 0, 0.9)}


def precisions(X, y, k, of):
    """Share of the k columns selected that are among those asked for."""
    return {name: selector.fit(X, y).support_[of].sum() / k for name, selector in selectors(k).items()}


def planted(seed, *, k=40, **sizes):
    """Precision at the size of the module."""
    X, y = table(seed, planted=k, **sizes)
    return precisions(X, y, k, np.arange(k))


def counter(seed, *, k=40, **sizes):
    """Forty single columns tell of y and the module does not: walks leave them for it."""
    X, _ = table(seed, planted=k, signal=0, **sizes)
    rng = np.random.default_rng(seed + 10_000)
    y = X[:, k : 2 * k].sum(axis=1) + rng.standard_normal(len(X))
    return precisions(X, y, k, np.arange(k, 2 * k))


def real(k=20, repeats=4):
    """Balanced accuracy of a linear SVM on the 20 best columns of four microarrays, four times five folds."""
    found = {}
    for name in MICROARRAYS:
        stored = np.load(DATA / f"{name}.npz", allow_pickle=False)
        X, (_, y) = stored["X"].astype(float), np.unique(stored["y"], return_inverse=True)
        X = X[:, X.std(axis=0) > 0]
        methods = selectors(k) | {"ANOVA": make_pipeline(VarianceThreshold(), SelectKBest(f_classif, k=k))}
        scores = {method: [] for method in methods}
        for repeat in range(repeats):
            for train, test in StratifiedKFold(5, shuffle=True, random_state=repeat).split(X, y):
                for method, selector in methods.items():
                    model = make_pipeline(selector, StandardScaler(), LinearSVC(C=0.01))
                    predicted = model.fit(X[train], y[train]).predict(X[test])
                    scores[method].append(balanced_accuracy_score(y[test], predicted))
        found |= {f"{name}, {method}": float(np.mean(values)) for method, values in scores.items()}
    return found
