"""Attention between rows with learned weights against its definition, and its slope against finite differences."""

import naive
import numpy as np
import pytest
from scipy.special import softmax

from infsel import RecursiveElimination
from infsel.eliminations import LearnedAttention, LeftOut
from infsel.eliminations import _left_out as module

N = 24
OUTPUTS = {
    "classes": lambda rng: [np.arange(N) % 3],
    "a lone class": lambda rng: [np.r_[np.arange(N - 1) % 2, 2]],
    "numbers": lambda rng: [rng.standard_normal(N)],
    "both": lambda rng: [np.arange(N) % 2, rng.standard_normal(N)],
}


@pytest.fixture(params=OUTPUTS)
def outputs(request, rng):
    return OUTPUTS[request.param](rng)


@pytest.fixture(params=["ones", "counts"])
def weights(request, rng):
    return np.ones(N) if request.param == "ones" else rng.integers(1, 4, N).astype(float)


@pytest.fixture
def Z(rng):
    return rng.standard_normal((5, N))


V = np.array([0.5, 1.5, 0.0, 0.2, 0.9])


def test_the_objective_is_its_definition(Z, outputs, weights, monkeypatch):
    monkeypatch.setattr(module, "_HEIGHT", 7)
    objective = LeftOut(Z, outputs, weights, [np.arange(N)])
    value = objective(V)[0]
    assert value == pytest.approx(naive.left_out(Z, V, outputs, weights), rel=1e-12)
    assert -(weights @ objective.errors(V)) / (weights.sum() * len(outputs)) == pytest.approx(value, rel=1e-12)


def test_the_slope_is_that_of_finite_differences(Z, outputs, weights):
    objective, step = LeftOut(Z, outputs, weights, [np.arange(N)]), 1e-5
    slope, w = objective(V)[1], np.sqrt(V)
    for at in np.eye(5) * step:
        numeric = (objective((w + at) ** 2)[0] - objective((w - at) ** 2)[0]) / (2 * step)
        assert numeric == pytest.approx(2 * w @ (slope * at / step), abs=1e-7)  # with respect to w, v = w^2
        if V @ at:
            assert (objective(V + at)[0] - objective(V - at)[0]) / (2 * step) == pytest.approx(
                slope @ at / step, abs=1e-7
            )


def test_repeated_rows_are_weights(Z, outputs, rng):
    times = rng.integers(1, 4, N)
    weighed = LeftOut(Z, outputs, times.astype(float), [np.arange(N)])(V)
    tall, many = np.repeat(Z, times, axis=1), [np.repeat(y, times) for y in outputs]
    repeated = LeftOut(tall, many, np.ones(times.sum()), [np.arange(times.sum())])(V)
    np.testing.assert_allclose(weighed[0], repeated[0], rtol=1e-12)
    np.testing.assert_allclose(weighed[1], repeated[1], rtol=1e-9, atol=1e-14)


def test_parts_add_up(Z, outputs, weights):
    halves = [np.arange(0, N, 2), np.arange(1, N, 2)]
    whole = LeftOut(Z, outputs, weights, halves)(V)[0]
    shares = [
        naive.left_out(Z[:, h], V, [y[h] for y in outputs], weights[h]) * weights[h].sum() / weights.sum()
        for h in halves
    ]
    assert whole == pytest.approx(sum(shares), rel=1e-12)


def test_attention_by_squared_distance_is_dot_product_attention_with_a_bias_of_the_keys(rng):
    q, k = rng.standard_normal((2, 9, 4))
    distances = np.square(q[:, np.newaxis] - k).sum(axis=2)
    np.testing.assert_allclose(
        softmax(-distances, axis=1), softmax(2 * q @ k.T - np.square(k).sum(axis=1), axis=1), atol=1e-14
    )


def test_the_slope_at_even_attention_is_relief_with_every_neighbor(Z):
    """Near misses less near hits, of all others, in the share of the misses."""
    Z, y, m = Z / np.ptp(Z, axis=1, keepdims=True), np.arange(N) % 2, N // 2
    slope = LeftOut(Z, [y], np.ones(N), [np.arange(N)])(np.zeros(5))[1]
    np.testing.assert_allclose(slope, m / (2 * m - 1) * naive.relieff(Z.T, y, N), rtol=1e-12)


def test_learned_weights_are_stationary_and_the_best_of_several_starts(Z, outputs):
    objective = LeftOut(Z, outputs, np.ones(N), [np.arange(N)])
    few, many = (LearnedAttention(objective, 1e-2, n_starts) for n_starts in (1, 20))
    assert many.value >= few.value - 1e-9
    value, slope = objective(many.weights)
    assert many.value == pytest.approx(value - 1e-2 * many.weights.sum(), rel=1e-12)
    assert (many.weights >= 0).all()
    assert (slope - 1e-2 <= 1e-5).all()
    assert np.abs((slope - 1e-2)[many.weights > 0]).max(initial=0) < 1e-5


def test_importance_is_the_weight_or_a_slope_that_is_not_positive(Z, outputs):
    model = LearnedAttention(LeftOut(Z, outputs, np.ones(N), [np.arange(N)]), 1e-2, 4)
    importance = model.importance()
    assert ((importance == model.weights) | (importance <= 0)).all()
    model.restrict(np.arange(5) > 1)
    assert model.importance().shape == (3,)


def problem(seed, n_parts=3, n=240, p=30):
    X = np.random.default_rng(seed).standard_normal((n, p))
    return X, (X[:, :n_parts].prod(axis=1) > 0).astype(int)


@pytest.mark.compiled
def test_products_of_three_are_found_where_equal_weights_miss_them():
    X, y = problem(1)
    found = RecursiveElimination(metric="l1", n_features_to_select=3).fit(X, y)
    assert found.support_[:3].all()
    assert found.kernel_ == "attention"


@pytest.mark.compiled
def test_the_ranking_permutes_and_counts_weights_as_rows(rng):
    X, y = problem(3, 2, 80, 8)
    order, times = rng.permutation(8), rng.integers(1, 3, 80)
    selector = RecursiveElimination(metric="l1", n_starts=3)
    ranking = selector.fit(X, y).ranking_
    np.testing.assert_array_equal(selector.fit(X[:, order], y).ranking_, ranking[order])
    weighed = selector.fit(X, y, times).ranking_
    np.testing.assert_array_equal(selector.fit(np.repeat(X, times, axis=0), np.repeat(y, times)).ranking_, weighed)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"metric": "l2"}, "metric='l2': choose 'sqeuclidean' or 'l1'"),
        ({"metric": "l1", "kernel": "linear"}, "metric='l1' is not read by kernel='linear'"),
        ({"metric": "l1", "bandwidth": 2.0}, "bandwidth=2.0 is not read by metric='l1'"),
        ({"metric": "l1", "relief_power": 0}, "relief_power=0 is not read by metric='l1'"),
        ({"n_starts": 3}, "n_starts=3 is not read by metric='sqeuclidean'"),
        ({"metric": "l1", "n_starts": 0}, "n_starts=0: pass a whole number from 1"),
    ],
)
def test_what_cannot_be_used_is_refused(parameters, message):
    with pytest.raises(ValueError, match=message):
        RecursiveElimination(**parameters).fit(*problem(0, n=20, p=4))


def test_the_objective_of_the_first_parts_is_that_of_their_samples(Z, outputs, weights):
    parts = [np.arange(k, N, 3) for k in range(3)]
    rows = np.concatenate(parts[:2])
    some = LeftOut(Z, outputs, weights, parts).on_parts(2)
    alone = LeftOut(Z[:, rows], [y[rows] for y in outputs], weights[rows], [np.arange(8), np.arange(8, 16)])
    np.testing.assert_array_equal(some(V)[1], alone(V)[1])
