import naive
import numpy as np
import pytest

from infsel.relevances import Correlation, cross_fitted, halves
from infsel.tables import as_table


@pytest.fixture
def data(rng):
    X = rng.standard_normal((40, 9))
    return X, X[:, 0] - X[:, 1] + rng.standard_normal(40)


def test_halves_are_disjoint_and_cover_the_rows(data):
    X, y = data
    split = list(halves(as_table(X), y, n_splits=3))
    assert len(split) == 6
    for first, second in zip(split[::2], split[1::2], strict=True):
        np.testing.assert_array_equal(np.sort(np.r_[first, second]), np.arange(40))
        assert len(first) == len(second) == 20


def test_halves_hold_classes_in_equal_shares(data):
    y = np.repeat(["a", "b", "c"], [20, 16, 4])
    for rows in halves(as_table(data[0]), y, n_splits=5):
        assert [int((y[rows] == name).sum()) for name in "abc"] == [10, 8, 2]


def test_relevances_are_those_of_the_halves(data):
    X, y = data
    found = cross_fitted("pearson", as_table(X), y, n_splits=2)
    rows = list(halves(as_table(X), y, n_splits=2))
    rated = [Correlation("pearson")(X[half], y[half]) for half in rows]
    np.testing.assert_array_equal(found.given, np.stack([rated[0], rated[2], rated[1], rated[3]], axis=1))
    np.testing.assert_array_equal(found.held_out, found.given[:, [2, 3, 0, 1]])


def test_agreement_is_the_mean_correlation_and_its_gradient_is_that_of_differences(data, rng):
    X, y = data
    found = cross_fitted("pearson", as_table(X), y, n_splits=2)
    scores = rng.standard_normal(found.given.shape)
    value, slope = found.agreement(scores)
    assert value == pytest.approx(naive.mean_correlation(scores, found.held_out), rel=1e-12)
    direction, step = rng.standard_normal(scores.shape), 1e-5
    difference = found.agreement(scores + step * direction)[0] - found.agreement(scores - step * direction)[0]
    assert (slope * direction).sum() == pytest.approx(difference / (2 * step), rel=1e-8)


def test_scores_that_do_not_vary_agree_with_nothing(data):
    found = cross_fitted("pearson", as_table(data[0]), data[1])
    value, slope = found.agreement(np.full(found.given.shape, 0.1))
    assert value == 0
    assert not slope.any()


def test_whole_weights_are_repeated_rows(data, rng):
    X, y = data
    weights = rng.integers(1, 4, 40)
    weighted = cross_fitted("pearson", as_table(X, weights.astype(float)), y)
    repeated = cross_fitted("pearson", as_table(np.repeat(X, weights, axis=0)), np.repeat(y, weights))
    np.testing.assert_allclose(weighted.given, repeated.given, rtol=1e-12)


@pytest.mark.parametrize(
    ("rows", "y", "relevance", "message"),
    [
        (5, None, "pearson", "y is None"),
        (5, np.arange(5.0) / 3, "pearson", "X has 5 rows: .* takes 6 or more"),
        (40, np.r_[1.5, np.zeros(39)], "pearson", r"y is 0\.0 on a half of the rows \(20\)"),
        (40, np.zeros(40), "pearson", r"y is 0\.0 on a half"),
        (40, np.arange(40.0) / 3, np.ones(9), "relevance is one number a feature"),
    ],
)
def test_refusals(data, rows, y, relevance, message):
    with pytest.raises(ValueError, match=message):
        cross_fitted(relevance, as_table(data[0][:rows]), y)


def test_copies_are_no_rows_of_their_own(data):
    with pytest.raises(ValueError, match="X has 4 different rows"):
        cross_fitted("pearson", as_table(np.repeat(data[0][:4], 5, axis=0)), np.repeat(data[1][:4], 5))
