"""Means and variances within classes are their definition, with weights too."""

import naive
import numpy as np
import pytest

from infsel.statistics import class_moments


@pytest.fixture
def X(rng):
    return rng.standard_normal((20, 3)) * [1, 1e3, 1] + [0, 1e6, 0]


def test_without_weights(X):
    codes = np.arange(20) % 3
    means, variances = class_moments(X, codes, 3)
    for k in range(3):
        members = X[codes == k]
        np.testing.assert_array_equal(means[k], members.mean(axis=0))
        np.testing.assert_array_equal(variances[k], members.var(axis=0, ddof=1))
        np.testing.assert_allclose(variances[k], [naive.variance(x.tolist()) for x in members.T], rtol=1e-9)


def test_weights_count_rows(X, rng):
    codes, weights = np.arange(20) % 3, rng.integers(1, 4, 20)
    repeated = class_moments(np.repeat(X, weights, axis=0), np.repeat(codes, weights), 3)
    np.testing.assert_allclose(class_moments(X, codes, 3, weights.astype(float)), repeated, rtol=1e-9)
    np.testing.assert_array_equal(class_moments(X, codes, 3, np.ones(20)), class_moments(X, codes, 3))


def test_one_sample_and_equal_ones_have_no_variance():
    X = np.array([[0.1, 5.0], [0.1, 5.0], [0.1, 5.0], [0.3, 7.0]])
    means, variances = class_moments(X, np.array([0, 0, 0, 1]), 2, np.array([1.5, 1.0, 0.7, 1.0]))
    assert means.tolist() == [[0.1, 5.0], [0.3, 7.0]]
    assert not variances.any()
