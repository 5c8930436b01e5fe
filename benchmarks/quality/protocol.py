"""What is measured in one split: rank the columns of the training fold, then see what models make of the best k."""

import time
import zlib

import numpy as np
from quality import models
from quality.columns import is_regression
from sklearn.metrics import balanced_accuracy_score, r2_score
from sklearn.model_selection import KFold, StratifiedGroupKFold, StratifiedKFold, TimeSeriesSplit

N_FOLDS = 5
SIZES = (10, 25, 50, 100, 200)
FEW_COLUMNS, SMALL_SIZES = 100, (2, 5, 10, 25, 50)


def sizes(n_columns):
    """The numbers of columns to keep: those of the protocol that are a selection at all."""
    return [k for k in (SMALL_SIZES if n_columns <= FEW_COLUMNS else SIZES) if k < n_columns]


def splits(table, y, repeat):
    """Training and test rows of every fold of one repetition: later days, other subjects, or any other rows."""
    if table.order == "time":
        return list(TimeSeriesSplit(N_FOLDS).split(y))  # of which there is only one repetition
    if table.order == "subjects":
        folds = StratifiedGroupKFold(N_FOLDS, shuffle=True, random_state=repeat)
        return list(folds.split(y, y, table.units))
    folds = KFold if is_regression(y) else StratifiedKFold
    return list(folds(N_FOLDS, shuffle=True, random_state=repeat).split(np.empty((len(y), 0)), y))


def seed(*words):
    """A number that depends on the words alone, not on the order of the measurements."""
    return zlib.crc32("|".join(map(str, words)).encode())


def measure(method, table, repeat, fold, permuted):
    """One record: the order of the columns, the CPU seconds it took, and the scores of every model at every k."""
    y = np.random.default_rng(seed(table.name)).permutation(table.y) if permuted else table.y
    train, test = splits(table, y, repeat)[fold]
    X_train, X_test = imputed(table.X[train], table.X[test])
    most = last(table)
    start = time.process_time()
    order = ranked(method, X_train, y[train], most, seed(table.name, repeat, fold))
    cpu = time.process_time() - start
    keep = _everything if method.KIND == "reference" else _best
    found = {} if table.judged == "order" else scores(keep, order, X_train, y[train], X_test, y[test])
    return {"cpu": round(cpu, 4), "scores": found, "order": order[:most].tolist()}


def last(table):
    """How many of the best columns a record keeps."""
    n_relevant = 0 if table.groups is None else len(np.unique(table.groups[table.groups > 0]))
    return max(n_relevant, *sizes(table.X.shape[1]))


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


def _best(order, k):
    return order[:k]


def _everything(order, k):
    return np.arange(len(order))


def scores(keep, order, X_train, y_train, X_test, y_test):
    """By model its score at every k, None where it is not fitted; equal columns are judged once."""
    ks, known, found = sizes(len(order)), {}, {}
    for model in models.installed("regression" if is_regression(y_train) else "classification"):
        found[model] = []
        for k in ks:
            kept = keep(order, k)
            key = model, kept.tobytes()
            if models.judges(model, k, ks) and key not in known:
                known[key] = evaluate(model, X_train[:, kept], y_train, X_test[:, kept], y_test)
            found[model].append(known.get(key))
    return found


def evaluate(model, X_train, y_train, X_test, y_test):
    """Score of a model on columns standardized by the training fold: balanced accuracy, or R²."""
    mean, scale = X_train.mean(axis=0), X_train.std(axis=0)
    scale[scale == 0] = 1
    X_train, X_test = (X_train - mean) / scale, (X_test - mean) / scale
    predicted = models.make(model, y_train).fit(X_train, y_train).predict(X_test)
    score = r2_score if is_regression(y_train) else balanced_accuracy_score
    return round(float(score(y_test, predicted)), 5)
