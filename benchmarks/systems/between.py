"""Ten columns of each of two platforms share a signal, while each platform's own factors move more of its columns.

The factors of a platform stand for batches: within the platform they correlate forty columns strongly, twenty each.
The signal that crosses platforms correlates its twenty columns less. Rankings see no target; what counts is how many of
the twenty best are the twenty.
"""

from pathlib import Path

import numpy as np
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

from infsel import DeflatedPopularity, InfFS
from infsel.affinities import Between, SquaredCorrelation
from infsel.studies import group_coupling

TITLE = "Inter-modality: walks that change the group at every hop"
FIGURE = ("between, debiased", 0.95)
TABLES = Path(__file__).parents[3] / "shared" / "tables"


def table(seed, *, n_samples=100, n_columns=150, cross=10, shared=0.8, factors=2, width=20, own=1.0, apart=False):
    """Two platforms, a label for each column, and which columns cross; `apart`, each platform has its own signal."""
    rng = np.random.default_rng(seed)
    signals = [rng.standard_normal((n_samples, 1))] * 2
    platforms = []
    for signal in [signals[0], rng.standard_normal((n_samples, 1))] if apart else signals:
        X = rng.standard_normal((n_samples, n_columns))
        X[:, :cross] += shared * signal
        for first in range(cross, cross + factors * width, width):
            X[:, first : first + width] += own * rng.standard_normal((n_samples, 1))
        platforms.append(X)
    crossing = np.concatenate([np.arange(cross), np.arange(n_columns, n_columns + cross)])
    return np.hstack(platforms), ["first"] * n_columns + ["second"] * n_columns, crossing


def selectors(groups, k):
    """Hops between groups, and simple choices."""
    debiased, plain = SquaredCorrelation(), SquaredCorrelation(debiased=False)
    settings = {"damping": 0.95, "n_features_to_select": k}
    return {
        "between, debiased": InfFS(affinity=Between(debiased, groups), **settings),
        "between, not debiased": InfFS(affinity=Between(plain, groups), **settings),
        "between, not debiased, one hop": InfFS(affinity=Between(plain, groups), n_hops=1, n_features_to_select=k),
        "any hop, debiased": InfFS(affinity=debiased, **settings),
        "any hop, classic": InfFS(**settings),
        "DeflatedPopularity": DeflatedPopularity(n_features_to_select=k),
    }


def precisions(seed, **sizes):
    """Share of the columns selected that cross, at their number."""
    X, groups, crossing = table(seed, **sizes)
    k = len(crossing)
    found = {name: method.fit(X).support_[crossing].sum() / k for name, method in selectors(groups, k).items()}
    one_hop = InfFS(affinity=SquaredCorrelation(debiased=False), n_hops=1)
    coupling = group_coupling(one_hop, X, groups=groups, n_permutations=20, random_state=seed)
    return found | {"z of the share of flow that crosses (no precision)": coupling.z}


def planted(seed, **sizes):
    """Precision at the number of crossing columns."""
    return precisions(seed, **sizes)


def counter(seed, **sizes):
    """The platforms share nothing: whatever walks between them select is chance; scores do not say so."""
    return precisions(seed, apart=True, **sizes)


def real(sizes=(5, 10, 20, 50), repeats=2):
    """Balanced accuracy of a linear SVM on breast_tcga (three platforms), means over 5 to 50 columns and 2 x 5 folds.

    The columns are chosen without the classes. One table: a hint. "Columns of each platform" counts the best 30.
    """
    stored = np.load(TABLES / "breast_tcga.npz", allow_pickle=False)
    X, groups = stored["X"].astype(float), stored["groups"].tolist()
    _, y = np.unique(stored["y"], return_inverse=True)
    found = {}
    for name, selector in selectors(groups, max(sizes)).items():
        values = []
        for seed in range(repeats):
            for train, test in StratifiedKFold(5, shuffle=True, random_state=seed).split(X, y):
                order = np.argsort(selector.fit(X[train]).ranking_, kind="stable")
                values += [_accuracy(X[:, order[:k]], y, train, test) for k in sizes]
        found[name] = float(np.mean(values))
    best = np.argsort(selectors(groups, 30)["between, debiased"].fit(X).ranking_, kind="stable")[:30]
    for label in dict.fromkeys(groups):
        found[f"between, debiased: columns of {label}"] = float(sum(groups[j] == label for j in best))
    return found


def _accuracy(X, y, train, test):
    """Balanced accuracy on rows not seen."""
    model = make_pipeline(StandardScaler(), LinearSVC(C=0.01, dual="auto")).fit(X[train], y[train])
    return balanced_accuracy_score(y[test], model.predict(X[test]))
