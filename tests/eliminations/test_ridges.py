"""The ridge models between rows against their definitions, and importance against finite differences of the loss."""

import itertools

import naive
import numpy as np
import pytest
from scipy.linalg import hadamard

from infsel.eliminations import AttentionRidge, LinearRidge, PooledRidge, SumRidge
from infsel.eliminations._gram import RowGram
from infsel.eliminations._solve import Penalized

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


@pytest.mark.parametrize("share", [0.3, 0.8])
def test_importance_of_the_sum_is_its_definition_and_the_slope_of_the_loss(share, Z, Y):
    importance = SumRidge(Z, Y, np.ones(N), 5.0, 0.7, linear_share=share).importance()
    close(importance, naive.sum_importance(Z, Y, 5.0, 0.7, share))
    S, units = naive.sum_kernel(Z, 0.7, share)
    penalty = 5.0 * np.trace(S) / N
    loss = lambda w: naive.penalized_loss(naive.sum_kernel(Z, 0.7, share, w, units)[0], Y, penalty)  # noqa: E731
    close(importance, -slopes(loss, len(Z)) * 0.7 * units[0] / 2, 1e-6)


def test_the_sum_lies_between_attention_and_the_linear_kernel(Z, Y, rng):
    w = rng.integers(1, 4, N).astype(float)
    Z, Y = Z - np.average(Z, axis=1, weights=w)[:, None], Y - np.average(Y, axis=0, weights=w)
    ends = {share: SumRidge(Z, Y, w, 5.0, 0.7, linear_share=share) for share in (0.0, 1.0)}
    for share, ridge in ((0.0, AttentionRidge(Z, Y, w, 5.0, 0.7)), (1.0, LinearRidge(Z, Y, w, 5.0))):
        importance, expected = ends[share].importance(), ridge.importance()
        close(importance, expected * (1.0 if share == 0 else importance.sum() / expected.sum()))
        close(ends[share].errors, ridge.errors)


def test_errors_are_those_of_models_that_have_not_seen_the_sample(Z, Y):
    linear, (attention, _) = Z.T @ Z, naive.attention_kernel(Z, 0.7)
    signs, null = hadamard(32)[:N].astype(float), naive.left_out_errors(np.zeros((N, N)), Y, 1.0)
    for make, K, regularization in (
        (lambda signs: LinearRidge(Z, Y, np.ones(N), 10.0, signs), linear, 10.0),
        (lambda signs: AttentionRidge(Z, Y, np.ones(N), 3.0, 0.7, signs=signs), attention, 3.0),
        (lambda signs: SumRidge(Z, Y, np.ones(N), 5.0, 0.7, signs=signs), naive.sum_kernel(Z, 0.7, 0.3)[0], 5.0),
    ):
        ridge, by_mean = make(None), make(signs)  # of all rows of these signs the mean of draws is the trace
        for one in (ridge, by_mean):
            one.importance()
        Kc = naive.centered(K)
        penalty = regularization * np.trace(Kc) / N
        close(ridge.errors, naive.left_out_errors(K, Y, penalty))
        close(ridge.null_errors, null)
        H = Kc @ np.linalg.inv(Kc + penalty * np.eye(N))
        missed = (Y - H @ Y) / (1 - (np.trace(H) + 1) / N)
        close(by_mean.errors, np.square(missed).sum(axis=1))


def test_parts_add_up(Z, Y):
    halves = [np.arange(0, N, 2), np.arange(1, N, 2)]
    make = lambda half, columns: AttentionRidge(Z[np.ix_(columns, half)], Y[half], np.ones(N // 2), 3.0, 1.0)  # noqa: E731
    models = [make(half, np.arange(len(Z))) for half in halves]
    expected = sum(naive.attention_importance(Z[:, half], Y[half], 3.0, 1.0) for half in halves)
    pooled = PooledRidge(make, halves, np.random.default_rng(0).permutation(len(Z)))
    close(pooled.importance(), expected)
    for model in models:
        model.importance()
    assert pooled.resolution == pytest.approx(models[0].resolution + models[1].resolution)
    assert pooled.resolution > 0
    close(pooled.errors, np.r_[models[0].errors, models[1].errors])
    stays = np.arange(len(Z)) % 3 > 0
    pooled.restrict(stays)
    close(pooled.importance(), sum(make(half, np.flatnonzero(stays)).importance() for half in halves))


@pytest.mark.parametrize("ridge", [AttentionRidge, SumRidge])
def test_products_need_not_stay_in_memory(ridge, Z, Y):
    stored, computed = (ridge(Z, Y, np.ones(N), 3.0, 1.0, stored) for stored in (True, False))
    for _ in range(2):
        close(computed.importance(), stored.importance())
        for one in (stored, computed):
            one.restrict(np.arange(len(Z)) > 1)
        Z = Z[2:]
    assert computed._rows._G is None


def test_a_part_without_the_rare_values_that_are_left_has_nothing_to_say(Y):
    same = np.tile([[0.3], [-1.7]], N)
    for ridge in (AttentionRidge, SumRidge):
        assert ridge(same, Y, np.ones(N), 3.0, 1.0).importance().tolist() == [0, 0]


@pytest.mark.parametrize("regularization", [1e-300, 1e-20, 1e12])
def test_any_regularization_can_be_solved(regularization, Z, Y):
    of_distances = (ridge(Z, Y, np.ones(N), regularization, 1.0) for ridge in (AttentionRidge, SumRidge))
    for ridge in (LinearRidge(Z, Y, np.ones(N), regularization), *of_distances):
        assert np.isfinite(ridge.importance()).all()


MAKERS = {
    "linear": lambda Z, Y, w: LinearRidge(Z, Y, w, 10.0),
    "attention": lambda Z, Y, w: AttentionRidge(Z, Y, w, 3.0, 1.0),
    "sum": lambda Z, Y, w: SumRidge(Z, Y, w, 5.0, 1.0),
}


@pytest.fixture(params=MAKERS)
def make(request):
    return MAKERS[request.param]


def test_weights_act_like_repeated_samples(make, Z, Y, rng):
    times = rng.integers(1, 4, N)
    means = lambda V: np.average(V, axis=-1, weights=times)  # noqa: E731
    Z, Y = Z - means(Z)[:, None], Y - means(Y.T)
    repeated = make(np.repeat(Z, times, axis=1), np.repeat(Y, times, axis=0), np.ones(times.sum()))
    weighted = make(Z, Y, times.astype(float))
    close(weighted.importance(), repeated.importance(), 1e-8)
    close(np.repeat(weighted.errors, times), repeated.errors, 1e-8)
    close(np.repeat(weighted.null_errors, times), repeated.null_errors)


def test_a_model_that_lost_columns_is_the_model_of_those_that_remain(make, Z, Y, rng):
    ridge, alive = make(Z, Y, np.ones(N)), np.arange(len(Z))
    ridge.importance()
    while len(alive) > 1:
        stays = np.ones(len(alive), dtype=bool)
        stays[rng.choice(len(alive), max(1, len(alive) // 5), replace=False)] = False
        ridge.restrict(stays)
        alive = alive[stays]
        fresh = make(Z[alive], Y, np.ones(N))
        close(ridge.importance(), fresh.importance(), 1e-7)
        close(ridge.errors, fresh.errors, 1e-7)


def test_subtracting_what_leaves_does_not_drift(rng):
    Z = rng.standard_normal((2000, 30))
    gram = RowGram(Z)
    assert gram.G.shape == (30, 30)
    while len(gram.Z) > 2:
        stays = np.arange(len(gram.Z)) >= max(1, len(gram.Z) // 5)
        gram.restrict(stays)
        np.testing.assert_allclose(gram.G, gram.Z.T @ gram.Z, atol=1e-12 * np.trace(gram.G))


def test_single_precision_stays(make, Z, Y):
    single = make(Z.astype(np.float32), Y, np.ones(N)).importance()
    np.testing.assert_allclose(single, make(Z, Y, np.ones(N)).importance(), rtol=1e-3, atol=1e-5)


def design(n_levels, n_columns):
    """Every combination of levels once, standardized, columns as rows."""
    X = np.array(list(itertools.product(range(n_levels), repeat=n_columns)), dtype=float).T
    return (X - X.mean()) / X[0].std()


EXCHANGEABLE = {  # targets, and which columns do the same for them
    "one column": (lambda Z: Z[0] > 0, [[0], [1, 2, 3, 4]]),
    "exclusive or": (lambda Z: Z[0] * Z[1] > 0, [[0, 1], [2, 3, 4]]),
    "majority": (lambda Z: Z.sum(axis=0) > 0, [[0, 1, 2, 3, 4]]),
    "three classes": (lambda Z: (Z[0] > 0) + 1 * (Z[1] > 0), [[0, 1], [2, 3, 4]]),
}


@pytest.mark.parametrize("precision", [np.float64, np.float32])
@pytest.mark.parametrize("n_levels", [2, 3])
@pytest.mark.parametrize("target", EXCHANGEABLE)
def test_columns_that_do_the_same_are_no_further_apart_than_round_off(target, n_levels, precision, rng):
    Z = design(n_levels, 5)
    rule, groups = EXCHANGEABLE[target]
    for _ in range(5):
        Z = Z[:, rng.permutation(Z.shape[1])].astype(precision)
        Y, ones = naive.class_targets(rule(Z).astype(int)), np.ones(Z.shape[1])
        for make in MAKERS.values():
            ridge = make(Z, Y, ones)
            importance = ridge.importance()
            for group in groups:
                assert np.ptp(importance[group]) <= ridge.resolution < 1e-3 * max(importance.max(), 1)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("rank", [6, 3])
def test_a_solution_is_hardly_longer_than_its_norm_says(rng, dtype, rank):
    B = rng.standard_normal((6, rank))
    A = (B @ B.T).astype(dtype)
    norm = np.linalg.norm(np.linalg.inv(A.astype(float) + 0.1 * np.eye(6)), 2)
    assert 0.99 * norm <= Penalized(A.copy(), 0.1).inverse_norm <= 1.01 * min(np.sqrt(6) * norm, 1 / 0.1)
