"""What may not change a ranking by elimination: the place of rows, the names of labels, constant weights, units."""

import itertools

import numpy as np
import pytest

from infsel import RecursiveElimination

PART = 30


def continuous(rng, n):
    X = rng.standard_normal((n, 8))
    return X, X[:, 0] + X[:, 1] * X[:, 2] + rng.standard_normal(n)


def full_design(rng, n):
    X = np.array(list(itertools.product([-1.0, 1.0], repeat=6)))[:n]
    return X, X[:, 0] * X[:, 1]


def repeated(rng, n):
    X, y = continuous(rng, n)
    copies = np.r_[np.arange(n), rng.integers(0, n, n // 2)]
    return X[copies], y[copies]


def pure_ties(rng, n):
    X = np.zeros((n, 8))
    X[rng.permuted(np.tile(np.arange(n), (8, 1)), axis=1)[:, : n // 4].T, np.arange(8)] = 1
    return X, np.arange(n) % 2.0


TABLES = {table.__name__: table for table in (continuous, full_design, repeated, pure_ties)}
TARGETS = {
    "two classes": lambda y: (y > 0).astype(int),
    "three classes": lambda y: (y > -0.5).astype(int) + (y > 0.5),
    "numbers": lambda y: y / 3,
    "several": lambda y: np.c_[y > 0, y > 0.5].astype(int),
}
MODELS = {
    "sum": {},
    "attention": {"kernel": "attention"},
    "linear": {"kernel": "linear"},
    "by importance alone": {"information_power": 0, "relief_power": 0},
    "groups": {"feature_groups": [[0, 4, 5], [1, 3]]},
    "single precision": {},
}


def changed(rng, X, y, weights):
    """The same table otherwise."""
    rows = rng.permutation(len(X))
    yield X[rows], y[rows], None if weights is None else weights[rows]
    yield 4.0 * X, y, weights
    yield X, 8.0 * y if y.dtype.kind == "f" else -3 * y, weights  # reverses the order of labels
    if weights is None:
        yield X, y, np.full(len(X), 0.3)
    else:
        times = weights.astype(int)
        yield np.repeat(X, times, axis=0), np.repeat(y, times, axis=0), None


@pytest.mark.compiled
@pytest.mark.parametrize("n_rows", [2 * PART - 1, 2 * PART + 1])
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("table", TABLES)
def test_nothing_but_the_content_decides(table, target, model, n_rows, rng):
    X, y = TABLES[table](rng, n_rows)
    X = X.astype(np.float32 if model == "single precision" else np.float64)
    y = TARGETS[target](y)
    for weights in (None, rng.integers(1, 4, len(X)).astype(float)):
        fit = lambda X, y, w: RecursiveElimination(**MODELS[model], part_size=PART).fit(X, y, sample_weight=w)  # noqa: E731
        ranking = fit(X, y, weights).ranking_
        for other in changed(rng, X, y, weights):
            np.testing.assert_array_equal(fit(*other).ranking_, ranking)


@pytest.mark.parametrize("kernel", ["sum", "attention", "linear"])
def test_exchangeable_columns_keep_their_order(kernel):
    X = np.array(list(itertools.product([-1.0, 1.0], repeat=7)))
    ranking = RecursiveElimination(kernel=kernel).fit(X, X[:, 2] * X[:, 5] > 0).ranking_
    others = np.setdiff1d(np.arange(7), [] if kernel == "linear" else [2, 5])
    assert (np.diff(ranking[others]) > 0).all()
    assert ranking[2] < ranking[5]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_many_rows_in_single_precision_still_tell_columns_apart(rng, dtype):
    X = rng.standard_normal((20_000, 6))
    y = X @ [0, 0.05, 0.1, 0.2, 0.4, 0.8] + rng.standard_normal(20_000)
    ranking = RecursiveElimination(kernel="linear").fit(X.astype(dtype), y).ranking_
    np.testing.assert_array_equal(ranking, [6, 5, 4, 3, 2, 1])


@pytest.mark.compiled
@pytest.mark.parametrize("n_rows", [2000, 2001, 2600])
def test_many_rows_in_another_order_and_every_true_column(n_rows):
    rng = np.random.default_rng(0)
    X = rng.standard_normal((2600, 12))
    y = (X[:, 0] + 0.5 * X[:, 1] * X[:, 2] + 0.3 * X[:, 3] + rng.standard_normal(2600) > 0).astype(int)
    X, y = X[:n_rows], y[:n_rows]
    first = RecursiveElimination(n_features_to_select=4).fit(X, y)
    assert np.flatnonzero(first.support_).tolist() == [0, 1, 2, 3]
    rows = rng.permutation(n_rows)
    again = RecursiveElimination().fit(X[rows], np.where(y[rows], "a", "b"))
    np.testing.assert_array_equal(again.ranking_, first.ranking_)


@pytest.mark.compiled
@pytest.mark.parametrize("target", TARGETS)
def test_some_parts_of_many_are_the_same_ones_for_the_same_content(target, rng):
    X, y = repeated(rng, 500)
    y = TARGETS[target](y)
    fit = lambda X, y, w=None, **more: RecursiveElimination(part_size=20, tol=0.3, **more).fit(X, y, sample_weight=w)  # noqa: E731
    weights = rng.integers(1, 4, len(X)).astype(float)
    for w in (None, weights):
        ranking = fit(X, y, w).ranking_
        np.testing.assert_array_equal(fit(X, y, w, n_jobs=2).ranking_, ranking)
        for other in changed(rng, X, y, w):
            np.testing.assert_array_equal(fit(*other).ranking_, ranking)
        columns = rng.permutation(X.shape[1])
        np.testing.assert_array_equal(fit(X[:, columns], y, w).ranking_, ranking[columns])
    zero = np.r_[np.ones(len(X)), np.zeros(50)]
    padded = np.r_[X, rng.standard_normal((50, X.shape[1]))], np.r_[y, y[:50]]
    np.testing.assert_array_equal(fit(*padded, zero).ranking_, fit(X, y).ranking_)
