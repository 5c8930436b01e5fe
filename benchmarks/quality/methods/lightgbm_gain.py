"""Defaults except for leaves of at least five rows, since 20 leave hardly a split on tables of 40 rows."""

from functools import lru_cache

NAME = "LightGBM, gain"
COMPUTES = "total gain of the splits on a column in LightGBM (100 rounds), zeros by F statistic"
KIND = "peer"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "lightgbm"


def order(X, y, k, seed):
    from quality.methods import f_test

    return f_test.by_score(fitted(X, y, seed).feature_importances_, X, y)


def fitted(X, y, seed):
    """The model; lightgbm_shap asks for the same one shortly after."""
    return _fit(Fold(X, y, seed))


class Fold:
    """A training fold that equals another one with the same numbers."""

    def __init__(self, X, y, seed):
        self.X, self.y, self.seed = X, y, seed
        self.key = hash((X.tobytes(), y.tobytes(), seed))

    def __hash__(self):
        return self.key

    def __eq__(self, other):
        return self.key == other.key


@lru_cache(maxsize=5)
def _fit(fold):
    from lightgbm import LGBMClassifier, LGBMRegressor
    from quality.columns import is_regression

    model = (LGBMRegressor if is_regression(fold.y) else LGBMClassifier)(min_child_samples=5, importance_type="gain")
    model.set_params(n_jobs=1, verbosity=-1, force_col_wise=True, random_state=fold.seed % 2**31)
    return model.fit(fold.X, fold.y)
