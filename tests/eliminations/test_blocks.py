"""Columns that are blocks of rows: their importance is the slope of the loss with respect to one weight for all."""

import naive
import numpy as np
import pytest

from infsel.eliminations import (
    AttentionRidge,
    BlockRidge,
    BlocksLeftOut,
    LeftOut,
    LinearRidge,
    PooledRidge,
    informing_gaps,
    mixed_information,
)
from infsel.tables import MixedTable

N = 24
OWNER = np.array([0, 1, 1, 1, 2, 2])


@pytest.fixture
def Z(rng):
    Z = rng.standard_normal((len(OWNER), N))
    return (Z - Z.mean(axis=1, keepdims=True)) / Z.std(axis=1, keepdims=True)


@pytest.fixture
def Y():
    return naive.class_targets(np.arange(N) % 3)


def test_linear_importance_of_a_block_is_the_slope_of_the_loss(Z, Y):
    penalty = 10 * np.trace(Z.T @ Z) / N
    slopes = naive.block_importance(lambda w: naive.penalized_loss(Z.T @ (w[OWNER, None] * Z), Y, penalty), 3)
    importance = BlockRidge(LinearRidge(Z, Y, np.ones(N), 10.0), OWNER).importance()
    np.testing.assert_allclose(importance, slopes, rtol=1e-6)


def test_attention_importance_of_a_block_is_the_slope_of_the_loss(Z, Y):
    K, mean = naive.attention_kernel(Z, 0.7)
    penalty = 3 * np.trace(naive.centered(K)) / N

    def loss(w):
        return naive.penalized_loss(naive.centered(naive.attention_kernel(Z, 0.7, w[OWNER], mean)[0]), Y, penalty)

    importance = BlockRidge(AttentionRidge(Z, Y, np.ones(N), 3.0, 0.7), OWNER).importance()
    np.testing.assert_allclose(importance, naive.block_importance(loss, 3) * 0.7 * mean / 2, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("pooled", [False, True])
def test_blocks_leave_whole(Z, Y, pooled):
    def make(part, rows):
        return AttentionRidge(Z[np.ix_(rows, part)], Y[part] - Y[part].mean(axis=0), np.ones(len(part)), 3.0, 1.0)

    parts, rows = [np.arange(0, N, 2), np.arange(1, N, 2)], np.arange(len(Z))
    model = PooledRidge(make, parts, rows[::-1]) if pooled else make(np.arange(N), rows)
    ridge = BlockRidge(model, OWNER)
    ridge.importance()
    ridge.restrict(np.array([True, False, True]))
    left = OWNER != 1
    fewer = [make(part, np.flatnonzero(left)).importance() for part in (parts if pooled else [np.arange(N)])]
    np.testing.assert_allclose(ridge.importance(), np.bincount([0, 1, 1], sum(fewer)), rtol=1e-9)
    assert len(ridge.errors) == len(ridge.null_errors) == len(ridge.counts) == N


def test_learned_weights_are_one_for_each_block(Z, rng):
    y, weights = rng.integers(0, 3, N), rng.integers(1, 3, N).astype(float)
    objective = BlocksLeftOut(LeftOut(Z, [y], weights, [np.arange(N)]), OWNER)
    v = np.array([0.5, 0.2, 0.1])
    value, slope = objective(v)
    assert value == pytest.approx(naive.left_out(Z, v[OWNER], [y], weights), rel=1e-10)
    steps = np.eye(3) * 1e-6
    np.testing.assert_allclose(slope, [(objective(v + e)[0] - objective(v - e)[0]) / 2e-6 for e in steps], rtol=1e-5)
    single = [naive.left_out(Z[block == OWNER], np.full(sum(block == OWNER), 2.0), [y], weights) for block in range(3)]
    np.testing.assert_allclose(objective.of_single(2.0), single)
    assert objective.restricted(np.array([False, True, True]))(v[1:])[0] == pytest.approx(
        naive.left_out(Z[1:], v[[1, 1, 1, 2, 2]], [y], weights)
    )


X = np.array([0, 0, 1, 1, 2, 2, np.nan, np.nan])
TARGET = np.array([0, 0, 0, 1, 1, 1, 0, 1])


def test_information_of_labels_is_that_of_the_samples_that_have_them_beyond_chance():
    table = MixedTable(X[:, np.newaxis], np.array(["nominal"]))
    found, common = mixed_information(table, table.places(), np.array([False]), [TARGET], 2)
    there = ~np.isnan(X)
    expected = naive.information_by_chance(X[there], TARGET[there]) * 6 / 8
    by_chance = expected + (5.991 - 2) / (2 * 8)  # chi-squared with 2 degrees of freedom
    np.testing.assert_allclose(
        found - common, naive.information(X[there].tolist(), TARGET[there].tolist()) * 6 / 8 - by_chance, atol=1e-4
    )


def test_gaps_are_a_bin_where_they_inform():
    rng = np.random.default_rng(0)
    y = rng.integers(0, 2, 400)
    column = np.where((y == 1) & (rng.random(400) < 0.5), np.nan, rng.normal(size=400))
    noise = np.where(rng.random(400) < 0.3, np.nan, rng.normal(size=400))
    table = MixedTable(np.stack([column, noise], axis=1), informative=True)
    assert informing_gaps(table, [y], 5).tolist() == [True, False]
    assert not informing_gaps(MixedTable(table.numbers), [y], 5).any()
    found, _ = mixed_information(table, table.places(), np.array([True, False]), [y], 5)
    assert found[0] > 0.15 > 0.02 > found[1]


def test_identifiers_say_nothing_beyond_chance(rng):
    y, few = rng.integers(0, 2, 60), rng.permutation(np.repeat(np.arange(30), 2))
    table = MixedTable(np.stack([np.arange(60), few, y], axis=1).astype(float), np.full(3, "nominal"))
    found, common = mixed_information(table, table.places(), np.zeros(3, dtype=bool), [y], 5)
    assert (found[:2] <= common).all()
    assert found[2] > 0.5
