"""The soft Relief margin against its definition and its limits."""

import naive
import numpy as np
import pytest

from infsel.relevances import SoftRelief, relief_margins


def definition(X, y, temperature):
    return naive.soft_relief(X, y, np.ones(X.shape[1]), temperature, balanced=True)


@pytest.fixture
def problem(rng):
    X = rng.standard_normal((30, 7)) * np.arange(1, 8)
    return X, np.repeat([0, 1, 2], [5, 10, 15]) + 0


@pytest.mark.parametrize("temperature", [0.1, 0.5, 3.0])
def test_the_margin_is_its_definition(problem, temperature):
    X, y = problem
    np.testing.assert_allclose(SoftRelief(temperature)(X, y), definition(X, y, temperature), atol=1e-12)


def test_a_continuous_target_too(problem, rng):
    X, _ = problem
    y = X[:, 2] + 0.1 * rng.standard_normal(30)
    margins = SoftRelief()(X, y)
    np.testing.assert_allclose(margins, naive.soft_relief_of_numbers(X, y, 0.5), atol=1e-12)
    assert margins.argmax() == 2


def test_weights_act_like_repeated_rows(problem, rng):
    X, y = problem
    times = rng.integers(1, 4, len(y))
    for output in (y, X[:, 3] + 0.0):
        weighted = relief_margins(X, [output], times.astype(float), 0.5)
        repeated = relief_margins(np.repeat(X, times, axis=0), [np.repeat(output, times)], np.ones(times.sum()), 0.5)
        np.testing.assert_allclose(weighted, repeated, atol=1e-12)


def test_several_outputs_add(problem):
    X, y = problem
    one, two = (relief_margins(X, [output], np.ones(30), 0.5) for output in (y, (y > 0) + 0))
    nothing = np.zeros(30, dtype=int)
    np.testing.assert_allclose(relief_margins(X, [y, (y > 0) + 0, nothing], np.ones(30), 0.5), one + two, atol=1e-12)


def test_an_interaction_has_a_margin_and_noise_has_none(rng):
    X = rng.standard_normal((300, 12))
    margins = SoftRelief()(X, np.sign(X[:, 4] * X[:, 7]).astype(int))
    assert set(np.argsort(-margins)[:2]) == {4, 7}


@pytest.mark.filterwarnings("ignore:class .* has one sample")
def test_a_row_alone_in_its_class_only_has_misses():
    X = np.array([[0.0, 1.0], [0.2, 0.0], [0.1, 0.5], [1.0, 0.7]])
    y = np.array([0, 0, 0, 1])
    np.testing.assert_allclose(SoftRelief()(X, y), definition(X, y, 0.5), atol=1e-12)


def test_equal_rows_and_constant_columns_are_no_trouble():
    X = np.array([[0.0, 3.0], [0.0, 3.0], [1.0, 3.0], [1.0, 3.0]])
    np.testing.assert_allclose(SoftRelief()(X, [0, 0, 1, 1]), [1.0, 0.0])
    assert SoftRelief()(np.ones((4, 2)), [0, 0, 1, 1]).tolist() == [0.0, 0.0]
    assert relief_margins(np.ones((4, 1)), [np.array([0, 0, 1, 1])], np.ones(4), 0.5).tolist() == [0.0]


def test_single_precision_stays_close(problem):
    X, y = problem
    np.testing.assert_allclose(SoftRelief()(X.astype(np.float32), y), SoftRelief()(X, y), atol=1e-5)
