"""Margins against their definition, and what they are for."""

import naive
import numpy as np
import pytest

from infsel.relevances import IteratedRelief, ReliefF


@pytest.fixture
def X(rng):
    return rng.standard_normal((26, 5)) * np.arange(1, 6)


@pytest.fixture
def y(X):
    return np.array(["a", "b", "c"])[np.digitize(X[:, 0], [-0.8, 0.3])]


@pytest.mark.parametrize("n_neighbors", [1, 4, 100])
def test_relieff_is_its_definition(X, y, n_neighbors):
    np.testing.assert_allclose(ReliefF(n_neighbors)(X, y), naive.relieff(X, y, n_neighbors), rtol=1e-12, atol=1e-12)


def test_a_class_of_one_sample_has_no_hits(X, y):
    y[3] = "alone"
    np.testing.assert_allclose(ReliefF(3)(X, y), naive.relieff(X, y, 3), rtol=1e-12, atol=1e-12)
    assert np.isfinite(IteratedRelief()(X, y)).all()


@pytest.mark.parametrize("n_rounds", [1, 2, 3])
def test_iterated_relief_is_its_definition(X, y, n_rounds):
    importance = np.ones(5)
    for _ in range(n_rounds):
        margins = naive.soft_relief(X, y, importance, 0.5)
        importance = np.maximum(margins, 0)
    np.testing.assert_allclose(IteratedRelief(max_iter=n_rounds, tol=0)(X, y), margins, rtol=1e-9, atol=1e-12)


def test_cold_iterated_relief_looks_at_the_nearest(X, y):
    cold = IteratedRelief(temperature=1e-6, max_iter=1)(X, y)
    np.testing.assert_allclose(cold, ReliefF(1)(X, y), rtol=1e-9, atol=1e-12)


def test_relief_sees_an_exclusive_or(rng):
    X = rng.standard_normal((200, 10))
    y = X[:, 2] * X[:, 7] > 0
    for relevance in (ReliefF(), IteratedRelief()):
        assert set(np.argsort(-relevance(X, y))[:2]) == {2, 7}


@pytest.mark.parametrize("relevance", [ReliefF(), IteratedRelief()], ids=repr)
def test_weights_repeat_samples_and_constants_get_nothing(relevance, X, y, rng):
    weights = rng.integers(1, 4, len(X))
    X[:, 3] = 7
    repeated = relevance(np.repeat(X, weights, axis=0), np.repeat(y, weights))
    np.testing.assert_allclose(relevance(X, y, weights), repeated, rtol=1e-9, atol=1e-12)
    assert repeated[3] == 0


def test_nothing_to_learn_ends_the_rounds():
    X = np.array([[0.0], [1.0], [0.0], [1.0], [0.0], [1.0]])
    margins = IteratedRelief()(X, [0, 0, 1, 1, 0, 1])
    assert margins.shape == (1,)
    assert margins[0] < 0


@pytest.mark.parametrize(
    ("relevance", "message"),
    [
        (ReliefF(0), "n_neighbors=0: choose a whole number"),
        (ReliefF(True), "n_neighbors=True"),
        (ReliefF(2.5), "n_neighbors=2.5"),
        (IteratedRelief(temperature=0), "temperature=0: choose a finite number above 0"),
        (IteratedRelief(temperature="hot"), "temperature='hot'"),
        (IteratedRelief(max_iter=0), "max_iter=0"),
    ],
)
def test_wrong_parameters(relevance, message, X, y):
    with pytest.raises(ValueError, match=message):
        relevance(X, y)
