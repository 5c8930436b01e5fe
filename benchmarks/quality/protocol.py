"""What is measured in one split: rank the columns of the training fold, then see what two models make of the best k."""

import time
import zlib

import numpy as np
from quality.columns import is_regression
from sklearn.linear_model import RidgeCV
from sklearn.metrics import balanced_accuracy_score, r2_score
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.svm import SVC, LinearSVC

N_FOLDS = 5
SIZES = (10, 25, 50, 100, 200)
FEW_COLUMNS, SMALL_SIZES = 100, (2, 5, 10, 25, 50)
MANY_ROWS = 500  # beyond which libsvm takes a second per fit


def sizes(n_columns):
    """The numbers of columns to keep: those of the protocol that are a selection at all."""
    return [k for k in (SMALL_SIZES if n_columns <= FEW_COLUMNS else SIZES) if k < n_columns]


def splits(y, repeat):
    """Training and test rows of every fold of one repetition."""
    folds = KFold if is_regression(y) else StratifiedKFold
    return list(folds(N_FOLDS, shuffle=True, random_state=repeat).split(np.empty((len(y), 0)), y))


def seed(*words):
    """A number that depends on the words alone, not on the order of the measurements."""
    return zlib.crc32("|".join(map(str, words)).encode())


def measure(method, table, repeat, fold, permuted):
    """One record: the order of the columns, the CPU seconds it took, and the scores of both models at every k."""
    y = np.random.default_rng(seed(table.name)).permutation(table.y) if permuted else table.y
    train, test = splits(y, repeat)[fold]
    X_train, X_test = imputed(table.X[train], table.X[test])
    most = sizes(table.X.shape[1])[-1]
    start = time.process_time()
    order = ranked(method, X_train, y[train], most, seed(table.name, repeat, fold))
    cpu = time.process_time() - start
    keep = [slice(None) if method.KIND == "reference" else order[:k] for k in sizes(table.X.shape[1])]
    scores = [evaluate(X_train[:, kept], y[train], X_test[:, kept], y[test]) for kept in keep]
    linear, neighbors = (np.round(column, 5).tolist() for column in zip(*scores, strict=True))
    return {"cpu": round(cpu, 4), "linear": linear, "neighbors": neighbors, "order": order[:most].tolist()}


def imputed(X_train, X_test):
    """Medians of the training fold in place of missing values."""
    median = np.nanmedian(X_train, axis=0)
    return (np.where(np.isnan(X), median, X) for X in (X_train, X_test))


def ranked(method, X, y, k, seed):
    """All columns, best first: those that the method leaves out follow in their order, then constant ones."""
    varying = np.flatnonzero(np.ptp(X, axis=0) > 0)
    order = varying[np.asarray(method.order(X[:, varying], y, min(k, len(varying)), seed), dtype=int)]
    if len(np.unique(order)) < len(order):
        raise ValueError(f"{method.NAME} names a column twice")
    rest = np.setdiff1d(varying, order)
    return np.concatenate([order, rest, np.setdiff1d(np.arange(X.shape[1]), varying)])


def evaluate(X_train, y_train, X_test, y_test):
    """Scores of the linear model and of the nearest neighbors on columns standardized by the training fold."""
    mean, scale = X_train.mean(axis=0), X_train.std(axis=0)
    scale[scale == 0] = 1
    X_train, X_test = (X_train - mean) / scale, (X_test - mean) / scale
    if is_regression(y_train):
        models, score = (RidgeCV(np.logspace(-3, 3, 13)), KNeighborsRegressor(5)), r2_score
    else:
        models, score = (linear_classifier(y_train, 0), KNeighborsClassifier(5)), balanced_accuracy_score
    return [score(y_test, model.fit(X_train, y_train).predict(X_test)) for model in models]


def linear_classifier(y, seed):
    """A linear SVM with C = 1."""
    if len(np.unique(y)) == 2 and len(y) > MANY_ROWS:
        return LinearSVC(dual=False, random_state=seed)
    return SVC(kernel="linear")
