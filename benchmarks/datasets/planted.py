"""The columns that matter vary more here than noise does, which rewards whatever looks at the spread alone."""

NAME = "planted columns, raw scale"
CONTENT = (
    "20 informative columns and 40 mixtures of them among noise, in random order, as `make_classification` made them"
)
SCALES = True
FEATURES = (2000,)


def load(n_features, n_samples):
    from sklearn.datasets import make_classification

    X, y = make_classification(n_samples, n_features, **_kinds(n_features), shuffle=False, random_state=0)
    return X[:, _order(n_features)].copy(), y


def relevant(n_features):
    """Which columns are not noise."""
    return _order(n_features) < sum(_kinds(n_features).values())


def _kinds(n_features):
    n_informative = min(20, n_features // 10)
    return {"n_informative": n_informative, "n_redundant": 2 * n_informative}


def _order(n_features):
    import numpy as np

    return np.random.default_rng(0).permutation(n_features)
