"""Margins against their definition, and what they are for."""

import tracemalloc

import naive
import numpy as np
import pytest

from infsel import CriterionSelector
from infsel.relevances import IteratedRelief, ReliefF, RReliefF, SoftRelief
from infsel.statistics import _sample_distances


@pytest.fixture
def X(rng):
    return rng.standard_normal((26, 5)) * np.arange(1, 6)


@pytest.fixture
def y(X):
    return np.array(["a", "b", "c"])[np.digitize(X[:, 0], [-0.8, 0.3])]


@pytest.mark.parametrize("n_neighbors", [1, 4, 100])
def test_relieff_is_its_definition(X, y, n_neighbors):
    np.testing.assert_allclose(ReliefF(n_neighbors)(X, y), naive.relieff(X, y, n_neighbors), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("n_neighbors", [1, 4, 100])
def test_numbers_have_their_definition(X, n_neighbors, discrete, rng):
    y = X[:, 1] + rng.random(26)
    expected = naive.rrelieff(X, y, n_neighbors)
    np.testing.assert_allclose(RReliefF(n_neighbors)(X, y), expected, rtol=1e-12, atol=1e-12)
    np.testing.assert_array_equal(ReliefF(n_neighbors)(X, y), RReliefF(n_neighbors)(X, y))
    X, y = discrete[0], discrete[0][:, :3].sum(axis=1)
    expected = naive.rrelieff(X, y, n_neighbors)
    np.testing.assert_allclose(RReliefF(n_neighbors)(X, y), expected, rtol=1e-12, atol=1e-12)


def test_numbers_of_two_samples_by_hand():
    """One pair, which differs in everything: the second quotient has nobody to divide."""
    assert RReliefF()(np.array([[0.0, 5.0, 2.0], [4.0, 5.0, 1.0]]), [1.5, 2.5]).tolist() == [1.0, 0.0, 1.0]


def test_numbers_that_differ_nowhere_near():
    X = np.array([[0.0], [0.1], [9.0], [9.1]])
    assert RReliefF(1)(X, [1.5, 1.5, 2.5, 2.5]) == pytest.approx([-0.1 / 9.1])


def test_numbers_are_no_classes():
    y = np.repeat([0, 1], 10)
    with pytest.raises(ValueError, match=r"RReliefF\(\) compares numbers and y holds classes: use ReliefF"):
        CriterionSelector(RReliefF()).fit(np.random.default_rng(0).random((20, 2)), y)
    assert RReliefF()(y[:, np.newaxis] + 0.0, y) == pytest.approx([1.0])


@pytest.fixture
def discrete(rng):
    """Columns of 2 to 4 values, so that many neighbors are at the same distance, if thirds are added up with care."""
    X = np.column_stack([rng.integers(0, 2 + f % 3, 40) for f in range(7)]) / 7
    return X, (X[:, 1] * 3 + X[:, 2] * 2 + rng.random(40) > 0.8).astype(int)


@pytest.mark.parametrize("n_neighbors", [1, 3, 10, 100])
def test_samples_equally_far_share_the_last_places(discrete, n_neighbors):
    X, y = discrete
    np.testing.assert_allclose(ReliefF(n_neighbors)(X, y), naive.relieff(X, y, n_neighbors), rtol=1e-12, atol=1e-12)


def test_sharing_is_the_mean_over_the_orders_of_the_samples(rng):
    X, y = rng.integers(0, 3, (24, 4)).astype(float), np.arange(24) % 2

    def first_come(order):
        S, total = X[order] / 2, np.zeros(4)
        for i in range(24):
            for k, sign in ((y[order][i], -1), (1 - y[order][i], 1)):
                others = [j for j in range(24) if y[order][j] == k and j != i]
                near = sorted(others, key=lambda j: np.abs(S[i] - S[j]).sum())[:3]
                total += sign * np.mean([np.abs(S[i] - S[j]) for j in near], axis=0)
        return total / 24

    orders = [first_come(rng.permutation(24)) for _ in range(200)]
    error = np.std(orders, axis=0) / 200**0.5
    assert (np.abs(np.mean(orders, axis=0) - ReliefF(3)(X, y)) < 5 * error).all()


@pytest.mark.parametrize("relevance", [ReliefF(3), ReliefF(), IteratedRelief(), RReliefF(3)], ids=repr)
def test_the_order_of_samples_and_columns_changes_nothing(relevance, discrete, rng):
    X, y = discrete
    rows, columns = rng.permutation(40), rng.permutation(7)
    expected = relevance(X, y)
    np.testing.assert_allclose(relevance(X[rows], y[rows]), expected, rtol=0, atol=1e-14)
    np.testing.assert_allclose(relevance(X[:, columns], y), expected[columns], rtol=0, atol=1e-14)
    np.testing.assert_allclose(relevance(X, 1 - y), expected, rtol=0, atol=1e-14)


@pytest.mark.parametrize("relevance", [ReliefF(3), ReliefF(), IteratedRelief()], ids=repr)
def test_ties_are_shared_by_weight(relevance, discrete, rng):
    X, y = discrete
    weights = rng.integers(1, 4, 40)
    repeated = relevance(np.repeat(X, weights, axis=0), np.repeat(y, weights))
    np.testing.assert_allclose(relevance(X, y, weights), repeated, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("n_samples", [9, 64, 65, 130])
def test_blocks_of_rows_change_nothing(n_samples, rng):
    X, y = rng.standard_normal((n_samples, 66)), np.arange(n_samples) % 2
    np.testing.assert_allclose(ReliefF(2)(X, y), naive.relieff(X, y, 2), rtol=1e-11, atol=1e-13)
    margins = naive.soft_relief(X, y, np.ones(66), 0.5)
    np.testing.assert_allclose(IteratedRelief(max_iter=1)(X, y), margins, rtol=1e-9, atol=1e-12)


@pytest.mark.compiled
@pytest.mark.parametrize("relevance", [ReliefF(), IteratedRelief(max_iter=2), SoftRelief()], ids=repr)
def test_memory_does_not_grow_with_the_square_of_many_samples(relevance, rng, monkeypatch):
    monkeypatch.setattr(_sample_distances, "_KEPT", 2**20)
    X, y = rng.standard_normal((3000, 3)), np.arange(3000) % 2
    relevance(X[:50], y[:50])
    tracemalloc.start()
    relevance(X, y)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3000**2 * 8 / 4


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
        (ReliefF(0), "n_neighbors=0: pass a whole number"),
        (ReliefF(True), "n_neighbors=True"),
        (ReliefF(2.5), "n_neighbors=2.5"),
        (IteratedRelief(temperature=0), "temperature=0: pass a finite number above 0"),
        (IteratedRelief(temperature="hot"), "temperature='hot'"),
        (IteratedRelief(max_iter=0), "max_iter=0"),
    ],
)
def test_wrong_parameters(relevance, message, X, y):
    with pytest.raises(ValueError, match=message):
        relevance(X, y)
