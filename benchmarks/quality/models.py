"""What judges the columns: four kinds of models for labels, three for numbers, on standardized columns."""

from importlib.util import find_spec

import numpy as np
from quality.columns import is_regression
from sklearn.linear_model import LogisticRegression, RidgeCV
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.svm import SVC, LinearSVC

MODELS = ("linear", "neighbors", "logistic", "boosting")
MANY_ROWS = 500  # beyond which libsvm takes a second per fit
BOOSTED = (10, 50), (5, 25)  # the numbers of columns at which trees are boosted, on wide and on narrow tables
# On breast_cancer, wine and digits as accurate as 100 rounds of 31 leaves at a rate of 0.1, in a fourth of the time.
BOOSTING = {"n_estimators": 50, "learning_rate": 0.2, "num_leaves": 7, "min_child_samples": 5}
QUIET = {"n_jobs": 1, "verbosity": -1, "force_col_wise": True, "random_state": 0}


def titles(task):
    """What the models of a task are called in the tables, by the name they have in the records."""
    if task == "regression":
        return {"linear": "ridge", "neighbors": "5-NN", "boosting": "boosted trees"}
    return {"linear": "linear SVM", "neighbors": "5-NN", "logistic": "logistic", "boosting": "boosted trees"}


def installed(task):
    """The models of a task, without boosting where LightGBM is not installed."""
    return [model for model in titles(task) if model != "boosting" or find_spec("lightgbm")]


def judges(model, k, sizes):
    """Whether a model is fitted on the best k of a table: boosting takes longest and is fitted at two sizes."""
    narrow = 2 in sizes
    return model != "boosting" or k in BOOSTED[narrow]


def make(model, y):
    """The model, for the kind of target that y is."""
    return (_regressor if is_regression(y) else _classifier)(model, y)


def _classifier(model, y):
    if model == "boosting":
        from lightgbm import LGBMClassifier

        return LGBMClassifier(**BOOSTING, **QUIET)
    if model == "logistic":
        return LogisticRegression(max_iter=300)
    return linear_classifier(y, 0) if model == "linear" else KNeighborsClassifier(5)


def _regressor(model, y):
    if model == "boosting":
        from lightgbm import LGBMRegressor

        return LGBMRegressor(**BOOSTING, **QUIET)
    return RidgeCV(np.logspace(-3, 3, 13)) if model == "linear" else KNeighborsRegressor(5)


def linear_classifier(y, seed):
    """A linear SVM with C = 1."""
    if len(np.unique(y)) == 2 and len(y) > MANY_ROWS:
        return LinearSVC(dual=False, random_state=seed)
    return SVC(kernel="linear")
