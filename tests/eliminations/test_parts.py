"""Positions, targets, copies and the screen against their definitions."""

import naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import chi2, norm
from sklearn.metrics import mutual_info_score

from infsel.eliminations import binned_information
from infsel.tables import as_table, normal_scores
from infsel.targets import read_target

FEW_VALUES = arrays(np.float64, st.tuples(st.integers(2, 9), st.integers(1, 4)), elements=st.integers(-2, 2).map(float))


@settings(deadline=None)
@given(FEW_VALUES, st.randoms(use_true_random=False))
def test_positions_are_their_definition_with_and_without_weights(X, random):
    weights = np.array([random.randint(1, 3) for _ in X], dtype=float)
    for w in (np.ones(len(X)), weights):
        expected = [naive.positions(x, w) for x in X.T]
        np.testing.assert_allclose(as_table(X, w).positions(), expected, atol=1e-12)
    repeated = np.repeat(X, weights.astype(int), axis=0)
    np.testing.assert_allclose(
        np.repeat(as_table(X, weights).positions(), weights.astype(int), axis=1), as_table(repeated).positions()
    )


def test_normal_scores_are_quantiles(rng):
    X = rng.standard_normal((11, 1))
    scores = normal_scores(as_table(X).positions())[0]
    np.testing.assert_allclose(np.sort(scores), norm.ppf((np.arange(11) + 0.5) / 11), atol=1e-12)
    assert (np.argsort(scores) == np.argsort(X[:, 0])).all()


@pytest.mark.filterwarnings("ignore:class .* has one sample")
def test_class_targets_are_their_definition():
    y = np.array(["b", "a", "b", "c", "b", "a"])
    target = read_target(y, np.ones(6))
    np.testing.assert_allclose(target.values, naive.class_targets(y))
    assert target.outputs[0].tolist() == [1, 0, 1, 2, 1, 0]
    heavier = read_target(y, np.array([1.0, 2, 1, 1, 1, 1]))
    repeated = read_target(np.r_[y, ["a"]], np.ones(7))
    np.testing.assert_allclose(heavier.values, repeated.values[:6])


def test_a_label_of_two_classes_counts_like_its_indicator_as_a_number():
    y = np.array([0, 1, 1, 0, 1, 1, 1])
    classes = read_target(y, np.ones(7)).values
    number = read_target(y, np.ones(7), "regression").values
    np.testing.assert_allclose(classes @ classes.T, number @ number.T)


def test_several_outputs_stand_side_by_side():
    y = np.array([[0, 1], [1, 1], [0, 0], [1, 0], [1, 1]])
    target = read_target(y, np.ones(5))
    np.testing.assert_allclose(target.values, np.hstack([naive.class_targets(column) for column in y.T]))
    absent = read_target(np.c_[y, np.zeros(5)], np.ones(5))  # a label that nobody has explains nothing
    np.testing.assert_array_equal(absent.values, target.values)


def test_huge_numbers_are_a_target_too():
    y = np.array([1e300, -1e300, 5e299, 0.25e300, -1e299])
    values = read_target(y, np.ones(5), "regression").values
    np.testing.assert_allclose(values, read_target(y / 1e300, np.ones(5), "regression").values)


def test_the_screen_measures_mutual_information(rng):
    X = rng.standard_normal((50, 6))
    X[:, 5] = np.round(X[:, 5])
    y = rng.integers(0, 3, 50)
    U = as_table(X).positions()
    for bins in (300, 5):  # more than a byte holds, too
        expected = [mutual_info_score(np.floor(bins * u + 1e-5), y) for u in U]
        np.testing.assert_allclose(binned_information(U, [y], np.ones(50), bins)[0], expected, atol=1e-12)
    both, by_chance = binned_information(U, [y, X[:, 0]], np.ones(50), 5)
    assert by_chance == pytest.approx(chi2.ppf(0.95, 4 * 2 + 4 * 4) / 100)
    of_number = [mutual_info_score(np.floor(5 * u + 1e-5), np.floor(5 * U[0] + 1e-5)) for u in U]
    np.testing.assert_allclose(both, np.add(expected, of_number), atol=1e-12)


def test_the_screen_counts_weights_as_repetitions(rng):
    X, y, times = rng.standard_normal((40, 5)), rng.integers(0, 2, 40), rng.integers(1, 4, 40)
    repeated, ones = np.repeat(X, times, axis=0), np.ones(times.sum())
    times = times.astype(float)
    weighted, chance = binned_information(as_table(X, times).positions(), [y], times, 5)
    plain, same_chance = binned_information(
        as_table(repeated, ones).positions(), [np.repeat(y, times.astype(int))], ones, 5
    )
    np.testing.assert_allclose(weighted, plain, atol=1e-12)
    assert chance == pytest.approx(same_chance)
