"""The sign of a product of three columns among 30: no column, and no pair of columns, tells anything of y.

Attention between rows with learned weights of the columns finds them. Keys are columns of numbers in no order, of which
one, or a pair, decides y through a table: rows that share it share y.
"""

import numpy as np
from sklearn.feature_selection import f_classif, mutual_info_classif

from infsel import CriterionSelector, RecursiveElimination

TITLE = "Attention between datapoints: interactions and keys"
FIGURE = [("XOR of 3, metric='l1'", 0.95), ("key, metric='l1'", 0.95), ("key of 2 columns, metric='l1'", 0.95)]


def table(seed, *, kind="XOR of 3", n_samples=240, n_features=30, noise=0.0):
    """X, classes, and the columns that decide them; a share of the classes is drawn anew."""
    rng = np.random.default_rng(seed)
    columns = rng.permutation(n_features)[: {"XOR of 3": 3, "key": 1, "key of 2 columns": 2}.get(kind, 6)]
    if kind.startswith("key"):
        levels = 60 if len(columns) == 1 else 8
        X = rng.integers(0, levels, (n_samples, n_features)).astype(float)
        y = rng.integers(0, 2, (levels,) * len(columns))[tuple(X[:, columns].astype(int).T)]
    else:
        X = rng.standard_normal((n_samples, n_features))
        told = (
            X[:, columns].sum(axis=1) + rng.standard_normal(n_samples)
            if kind == "additive"
            else X[:, columns].prod(axis=1)
        )
        y = (told > 0).astype(int)
    return X, np.where(rng.random(n_samples) < noise, rng.integers(0, 2, n_samples), y), columns


def precisions(seed, kind, sizes):
    """Precision at the number of columns that decide."""
    X, y, columns = table(seed, kind=kind, **sizes)
    k = len(columns)
    selectors = {
        "metric='l1'": RecursiveElimination(kernel="attention", metric="l1", n_features_to_select=k),
        "squared distances": RecursiveElimination(kernel="attention", n_features_to_select=k),
        "ReliefF": CriterionSelector("relieff", n_features_to_select=k),
    }
    ratings = {name: -selector.fit(X, y).ranking_ for name, selector in selectors.items()}
    ratings |= {"F": f_classif(X, y)[0], "MI": mutual_info_classif(X, y, random_state=0)}
    return {f"{kind}, {name}": np.isin(np.argsort(-rated)[:k], columns).mean() for name, rated in ratings.items()}


def planted(seed, **sizes):
    """Precision at 3, 1 and 2."""
    return {
        name: value
        for kind in ("XOR of 3", "key", "key of 2 columns")
        for name, value in precisions(seed, kind, sizes).items()
    }


def counter(seed, **sizes):
    """Six columns that add up, each visible by itself: F finds them, and learned attention stops at those it needs."""
    return precisions(seed, "additive", sizes)
