"""Statistics of ranks and correlations with a target against their definitions."""

import naive
import numpy as np
import pytest
import scipy.sparse as sp

from infsel.statistics import explained, order_between, order_of_present, projections, row_by_row, squared_correlations
from infsel.tables import as_table


@pytest.fixture
def X(rng):
    return np.c_[rng.standard_normal((24, 3)), rng.integers(0, 3, (24, 2))]


@pytest.fixture
def codes(rng):
    return rng.permutation(np.arange(24) % 3)


def test_order_is_how_often_the_first_class_is_ahead(X, codes, rng):
    first, weights = codes == 1, rng.integers(1, 4, 24).astype(float)
    for w in (None, np.ones(24), weights):
        counts = np.outer(*(np.ones(24) if w is None else w,) * 2)[np.ix_(first, ~first)]
        ahead = [(counts * np.sign(np.subtract.outer(x[first], x[~first]))).sum() / counts.sum() for x in X.T]
        np.testing.assert_allclose(order_between(X, first, w), ahead, atol=1e-14)


def test_order_of_columns_with_gaps_is_that_of_the_samples_that_have_them(X, codes, rng):
    first, weights = codes == 1, rng.integers(1, 4, 24).astype(float)
    X[rng.random(X.shape) < 0.3] = np.nan
    X[first, 2] = np.nan  # of one class
    there = ~np.isnan(X)
    for w in (None, weights):
        some = [(x[t][:, np.newaxis], first[t], None if w is None else w[t]) for x, t in zip(X.T, there.T, strict=True)]
        expected = [order_between(*each)[0] if each[1].any() else 0.0 for each in some]
        np.testing.assert_allclose(order_of_present(X.T, first, w), expected, atol=1e-14)


@pytest.mark.parametrize("form", [np.asarray, sp.csc_array])
def test_correlations_with_numbers_and_with_classes(X, codes, form):
    Z, ones, y = as_table(form(X)).unit_columns(), np.ones(24), X[:, 0] + np.arange(24)
    np.testing.assert_allclose(projections(Z, y, ones)[0], [naive.pearson(x, y) for x in X.T], atol=1e-12)
    np.testing.assert_allclose(explained(Z, y, ones), [naive.pearson(x, y) ** 2 for x in X.T], atol=1e-12)
    np.testing.assert_allclose(explained(Z, codes, ones), [naive.eta_squared(x, codes) for x in X.T], atol=1e-12)
    expected = [[naive.pearson(x, one) ** 2 for x in X.T] for one in naive.indicators(codes)]
    np.testing.assert_allclose(squared_correlations(Z, codes, ones), expected, atol=1e-12)


def test_weights_repeat_samples(X, codes, rng):
    weights = rng.integers(1, 4, 24)
    for output in (codes, X[:, 1]):
        Z = as_table(np.repeat(X, weights, axis=0)).unit_columns()
        repeated = explained(Z, np.repeat(output, weights), np.ones(weights.sum()))
        w = weights.astype(float)
        np.testing.assert_allclose(explained(as_table(X, w).unit_columns(), output, w), repeated, atol=1e-12)


def test_equal_rows_have_equal_products(rng):
    Z = np.repeat(rng.standard_normal((1, 101)), 37, axis=0)
    assert np.ptp(row_by_row(Z, rng.standard_normal(101))) == 0
