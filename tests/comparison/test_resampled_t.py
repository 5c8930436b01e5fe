"""The corrected interval and Holm's adjustment against numbers worked out by hand, and against SciPy."""

import math

import numpy as np
import pytest
from scipy import stats

from infsel.comparison import corrected_resampled_t, holm


def test_the_interval_widens_by_the_overlap_of_training_folds():
    differences = [0.01, 0.03, 0.02, 0.04, 0.00]  # variance 0.00025 with four degrees of freedom
    mean, low, high, p_value = corrected_resampled_t(differences, 0.2)
    error = math.sqrt(0.00025 * (1 / 5 + 1 / 4))
    half = 2.7764451052 * error
    np.testing.assert_allclose([mean, low, high], [0.02, 0.02 - half, 0.02 + half])
    assert p_value == pytest.approx(2 * stats.t.sf(0.02 / error, 4))


@pytest.mark.parametrize("confidence", [0.5, 0.95])
def test_of_independent_differences_it_is_the_t_test(rng, confidence):
    differences = rng.standard_normal(9)
    expected = stats.ttest_1samp(differences, 0)
    interval = expected.confidence_interval(confidence)
    np.testing.assert_allclose(
        corrected_resampled_t(differences, 0, confidence),
        [differences.mean(), interval.low, interval.high, expected.pvalue],
    )


def test_the_p_value_says_whether_the_interval_excludes_0(rng):
    for differences in rng.standard_normal((50, 5)) + 0.9:
        found = corrected_resampled_t(differences, 0.2)
        assert (found.p_value < 0.05) == (found.low > 0 or found.high < 0)


def test_differences_without_spread_are_a_point():
    assert corrected_resampled_t(np.zeros(3), 1 / 3) == (0, 0, 0, 1)
    assert corrected_resampled_t(np.ones(3), 1 / 3) == (1, 1, 1, 0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1.0], 0.2), "at least two splits"),
        (([[1.0, 2.0]], 0.2), "one dimension"),
        (([1.0, np.nan], 0.2), "finite"),
        (([1.0, 2.0], 1), r"test_share=1 is outside \[0, 1\): pass 1 / n_folds"),
        (([1.0, 2.0], 0.2, 95), r"confidence=95 is outside"),
    ],
)
def test_what_is_no_such_measurement_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        corrected_resampled_t(*arguments)


def test_holm_multiplies_by_the_number_of_hypotheses_left_and_never_decreases():
    np.testing.assert_allclose(holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02])
    np.testing.assert_allclose(holm([0.9, 0.8]), [1, 1])
    assert holm([]).shape == (0,)


def test_holm_permutes_with_its_p_values_and_lies_between_none_and_bonferroni(rng):
    p, order = rng.random(9) ** 3, rng.permutation(9)
    np.testing.assert_array_equal(holm(p[order]), holm(p)[order])
    assert (holm(p) >= p).all()
    assert (holm(p) <= np.minimum(9 * p, 1)).all()
    assert holm(p).min() == pytest.approx(min(9 * p.min(), 1))


@pytest.mark.parametrize("p_values", [[1.5], [-0.1], [np.nan], [[0.5]]])
def test_holm_takes_p_values(p_values):
    with pytest.raises(ValueError, match="numbers from 0 to 1"):
        holm(p_values)
