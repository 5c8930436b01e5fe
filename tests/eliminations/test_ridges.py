"""The ridge models between rows against their definitions, and importance against finite differences of the loss."""

import naive
import numpy as np
import pytest

from infsel.eliminations import AttentionRidge, LandmarkRidge, LinearRidge, RowRidge, eliminate, spread_rows
from infsel.eliminations._gram import RowGram
from infsel.selection import Choices

N = 24


@pytest.fixture(params=[6, 60], ids=["few columns", "many columns"])
def Z(request, rng):
    Z = rng.standard_normal((request.param, N))
    Z -= Z.mean(axis=1, keepdims=True)
    return Z / Z.std(axis=1, keepdims=True)


@pytest.fixture
def Y():
    return naive.class_targets(np.arange(N) % 3)


def close(actual, desired, rtol=1e-9):
    np.testing.assert_allclose(actual, desired, rtol=rtol, atol=rtol * np.abs(desired).max())


def slopes(loss, n_features, step=1e-5):
    """Central differences of the loss over the weight of each column."""
    at = np.eye(n_features) * step
    return np.array([(loss(1 + one) - loss(1 - one)) / (2 * step) for one in at])


def test_linear_importance_is_its_definition_and_the_slope_of_the_loss(Z, Y):
    importance = LinearRidge(Z, Y, np.ones(N), 10.0).importance()
    close(importance, naive.linear_importance(Z, Y, 10.0))
    penalty = 10.0 * np.trace(Z.T @ Z) / N
    close(importance, -slopes(lambda w: naive.penalized_loss(Z.T @ (w[:, None] * Z), Y, penalty), len(Z)), 1e-6)


def test_attention_importance_is_its_definition_and_the_slope_of_the_loss(Z, Y):
    importance = AttentionRidge(Z, Y, np.ones(N), 3.0, 0.7).importance()
    close(importance, naive.attention_importance(Z, Y, 3.0, 0.7))
    K, mean = naive.attention_kernel(Z, 0.7)
    penalty = 3.0 * np.trace(naive.centered(K)) / N

    def loss(w):
        return naive.penalized_loss(naive.centered(naive.attention_kernel(Z, 0.7, w, mean)[0]), Y, penalty)

    close(importance, -slopes(loss, len(Z)) * 0.7 * mean / 2, 1e-6)


def test_importance_by_landmarks_is_the_slope_of_its_loss(Z, Y):
    marks = np.array([0, 3, 4, 9, 15, 16, 20])
    _, mean = naive.attention_kernel(Z, 1.0)

    def nystrom(w):
        K, _ = naive.attention_kernel(Z, 1.0, w, mean)
        ridged = K[np.ix_(marks, marks)] + 1e-6 * np.eye(len(marks))
        return naive.centered(K[:, marks] @ np.linalg.solve(ridged, K[marks]))

    penalty = 3.0 * np.trace(nystrom(np.ones(len(Z)))) / N
    expected = -slopes(lambda w: naive.penalized_loss(nystrom(w), Y, penalty), len(Z)) * mean / 2
    close(LandmarkRidge(Z, Y, np.ones(N), 3.0, 1.0, marks).importance(), expected, 1e-5)


def test_all_samples_as_landmarks_are_the_exact_model(Z, Y, monkeypatch):
    exact = AttentionRidge(Z, Y, np.ones(N), 3.0, 1.0).importance()
    close(LandmarkRidge(Z, Y, np.ones(N), 3.0, 1.0, np.arange(N)).importance(), exact, 1e-5)
    monkeypatch.setattr("infsel.eliminations._landmarks._CHUNK", 5 * N)
    close(LandmarkRidge(Z, Y, np.ones(N), 3.0, 1.0, np.arange(N)).importance(), exact, 1e-5)


MAKERS = {
    "linear": lambda Z, Y, w: LinearRidge(Z, Y, w, 10.0),
    "attention": lambda Z, Y, w: AttentionRidge(Z, Y, w, 3.0, 1.0),
    "landmarks": lambda Z, Y, w: LandmarkRidge(Z, Y, w, 3.0, 1.0, np.arange(12)),
}


@pytest.fixture(params=MAKERS)
def make(request):
    return MAKERS[request.param]


def test_weights_act_like_repeated_samples(make, Z, Y, rng):
    times = np.r_[np.ones(12, dtype=int), rng.integers(1, 4, N - 12)]  # landmarks stay the same samples
    means = lambda V: np.average(V, axis=-1, weights=times)  # noqa: E731
    Z, Y = Z - means(Z)[:, None], Y - means(Y.T)
    repeated = make(np.repeat(Z, times, axis=1), np.repeat(Y, times, axis=0), np.ones(times.sum()))
    close(make(Z, Y, times.astype(float)).importance(), repeated.importance(), 1e-8)


def test_a_model_that_lost_columns_is_the_model_of_those_that_remain(make, Z, Y, rng):
    ridge, alive = make(Z, Y, np.ones(N)), np.arange(len(Z))
    ridge.importance()
    while len(alive) > 1:
        stays = np.ones(len(alive), dtype=bool)
        stays[rng.choice(len(alive), max(1, len(alive) // 5), replace=False)] = False
        ridge.keep(stays)
        alive = alive[stays]
        close(ridge.importance(), make(Z[alive], Y, np.ones(N)).importance(), 1e-7)


def test_subtracting_what_leaves_does_not_drift(rng):
    Z = rng.standard_normal((2000, 30))
    gram = RowGram(Z)
    assert gram.G.shape == (30, 30)
    while len(gram.Z) > 2:
        stays = np.arange(len(gram.Z)) >= max(1, len(gram.Z) // 5)
        gram.keep(stays)
        np.testing.assert_allclose(gram.G, gram.Z.T @ gram.Z, atol=1e-12 * np.trace(gram.G))


def test_single_precision_stays(make, Z, Y):
    single = make(Z.astype(np.float32), Y, np.ones(N)).importance()
    np.testing.assert_allclose(single, make(Z, Y, np.ones(N)).importance(), rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("drop", [0.01, 0.2, 0.7])
@pytest.mark.parametrize("kernel", ["linear", "attention"])
def test_rounds_drop_the_weakest_and_go_on_with_the_others(kernel, drop, Z, Y):
    if kernel == "attention":
        Z = Z[:10]  # the loops take their time
    ridge, rate = (
        (LinearRidge(Z, Y, np.ones(N), 10.0), lambda alive: naive.linear_importance(Z[alive], Y, 10.0))
        if kernel == "linear"
        else (
            AttentionRidge(Z, Y, np.ones(N), 3.0, 1.0),
            lambda alive: naive.attention_importance(Z[alive], Y, 3.0, 1.0),
        )
    )
    assert eliminate(ridge, np.ones(len(Z)), drop, Choices.all_of(len(Z))).tolist() == naive.eliminate(
        rate, len(Z), drop
    )


class Fixed(RowRidge):
    def __init__(self, rates):
        self.rates = np.array(rates, dtype=float)

    def importance(self):
        return self.rates

    def keep(self, stays):
        self.rates = self.rates[stays]


def test_of_equals_the_later_column_goes_first():
    assert eliminate(Fixed([1, 2, 1, 2]), np.ones(4), 0.2, Choices.all_of(4)).tolist() == [1, 3, 0, 2]
    assert eliminate(Fixed([1, 2, 1, 2]), np.array([9, 1, 1, 1]), 0.5, Choices.all_of(4)).tolist() == [0, 1, 3, 2]
    assert eliminate(Fixed([5]), np.ones(1), 0.2, Choices.all_of(1)).tolist() == [0]


def test_groups_go_by_their_means_and_what_is_kept_goes_last():
    rates, prior = [5, 1, 2, 2, 4, -1], np.array([1, 1, 1, 2, 0, 0.1])
    for groups, keep in [([], []), ([[0, 1], [2, 5]], []), ([[4, 5], [0, 2, 3]], [5]), ([range(6)], []), ([], [1, 3])]:
        first = np.arange(6)
        for group in groups:
            first[list(group)] = min(group)
        kept = np.isin(first, first[np.array(keep, dtype=int)])
        among = Choices(np.unique(first, return_inverse=True)[1], kept, np.zeros(6, dtype=bool))
        expected = naive.eliminate(lambda alive: [rates[f] for f in alive], 6, 0.4, prior, groups, keep)
        assert eliminate(Fixed(rates), prior, 0.4, among).tolist() == expected


def test_landmarks_stand_for_every_class_and_the_whole_range(rng):
    classes = np.repeat([0, 1, 2], [600, 300, 100])
    marks = spread_rows(classes, 50)
    assert len(set(marks)) == 50
    np.testing.assert_allclose(np.bincount(classes[marks]), [30, 15, 5], atol=1)
    numbers = rng.standard_normal(1000)
    low, high = numbers[spread_rows(numbers, 10)].min(), numbers[spread_rows(numbers, 10)].max()
    assert (low, high) == (numbers.min(), numbers.max())
