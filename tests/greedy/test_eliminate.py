"""Elimination rounds against their definition: what goes, in which order, alone, by groups and among equals."""

import naive
import numpy as np
import pytest

from infsel.eliminations import AttentionRidge, LinearRidge, RowModel, SumRidge
from infsel.greedy import eliminate
from infsel.greedy._rounds import share_explained
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


@pytest.mark.parametrize("drop", [0.01, 0.2, 0.7])
@pytest.mark.parametrize("kernel", ["linear", "attention", "sum"])
def test_rounds_drop_the_weakest_and_go_on_with_the_others(kernel, drop, Z, Y):
    if kernel != "linear":
        Z = Z[:10]  # the loops take their time
    ones = np.ones(N)
    ridge, rate = {
        "linear": (LinearRidge(Z, Y, ones, 10.0), lambda some: naive.linear_importance(Z[some], Y, 10.0)),
        "attention": (AttentionRidge(Z, Y, ones, 3.0, 1.0), lambda some: naive.attention_importance(Z[some], Y, 3, 1)),
        "sum": (SumRidge(Z, Y, ones, 5.0, 1.0), lambda some: naive.sum_importance(Z[some], Y, 5, 1, 0.3)),
    }[kernel]
    assert eliminate(ridge, np.ones(len(Z)), drop, Choices.all_of(len(Z))).order.tolist() == naive.eliminate(
        rate, len(Z), drop
    )


class Fixed(RowModel):
    def __init__(self, rates):
        self.rates = np.array(rates, dtype=float)
        self.errors = self.null_errors = self.counts = np.ones(1)

    def importance(self):
        return self.rates

    def restrict(self, stays):
        self.rates = self.rates[stays]


def order(ridge, prior, drop):
    return eliminate(ridge, prior, drop, Choices.all_of(len(prior))).order.tolist()


class Explaining(Fixed):
    """Leaves half of the null error of 2 a sample with all columns, and more with fewer."""

    def importance(self):
        self.errors, self.null_errors, self.counts = 2 - self.rates.sum() / 10 * np.ones(3), np.full(3, 2.0), np.ones(3)
        return self.rates


def test_columns_of_a_round_share_what_it_costs():
    found = eliminate(Explaining([1, 2, 3, 4]), np.ones(4), 0.5, Choices.all_of(4))
    assert (found.order.tolist(), found.sizes.tolist()) == ([3, 2, 1, 0], [4, 2, 1])
    np.testing.assert_allclose(found.explained, [0.5, 0.35, 0.2])
    np.testing.assert_allclose(found.standard_errors, 0, atol=1e-15)
    assert found.dropped_in.tolist() == [3, 2, 1, 1]
    np.testing.assert_allclose(found.importances, [0.2, 0.15, 0.075, 0.075])


def test_of_equals_the_later_column_goes_first():
    assert order(Fixed([1, 2, 1, 2]), np.ones(4), 0.2) == [1, 3, 0, 2]
    assert order(Fixed([1, 2, 1, 2]), np.array([9, 1, 1, 1]), 0.5) == [0, 1, 3, 2]
    assert order(Fixed([5]), np.ones(1), 0.2) == [0]


def test_groups_go_by_their_means_and_what_is_kept_goes_last():
    rates, prior = [5, 1, 2, 2, 4, -1], np.array([1, 1, 1, 2, 0, 0.1])
    for groups, keep in [([], []), ([[0, 1], [2, 5]], []), ([[4, 5], [0, 2, 3]], [5]), ([range(6)], []), ([], [1, 3])]:
        first = np.arange(6)
        for group in groups:
            first[list(group)] = min(group)
        kept = np.isin(first, first[np.array(keep, dtype=int)])
        among = Choices(np.unique(first, return_inverse=True)[1], kept, np.zeros(6, dtype=bool))
        expected = naive.eliminate(lambda alive: [rates[f] for f in alive], 6, 0.4, prior, groups, keep)
        assert eliminate(Fixed(rates), prior, 0.4, among).order.tolist() == expected


def test_what_round_off_sets_apart_is_equal():
    ridge = Fixed([2, 2 + 1e-9, 1 + 1e-9, 1])
    ridge.resolution = 1e-8
    assert order(ridge, np.ones(4), 0.2) == [0, 1, 2, 3]
    assert order(Fixed([2, 2 + 1e-9, 1 + 1e-9, 1]), np.ones(4), 0.2) == [1, 0, 2, 3]


def test_groups_of_equals_are_equal_whatever_the_order_of_adding():
    prior = np.array([0.3, 0.2, 0.1, 0.1, 0.2, 0.3])  # adds up to less than the other way round
    among = Choices(np.array([0, 0, 0, 1, 1, 1]), *np.zeros((2, 6), dtype=bool))
    assert eliminate(Fixed([1.0] * 6), prior, 0.2, among).order.tolist() == [0, 1, 2, 5, 4, 3]


def test_the_error_of_what_is_explained_is_that_of_a_ratio(rng):
    errors, null_errors, times = rng.random(50), rng.random(50), rng.integers(1, 4, 50)
    share, error = share_explained(errors, null_errors, times)
    draws = rng.choice(50, (4000, times.sum()), p=times / times.sum())
    bootstrap = 1 - errors[draws].sum(axis=1) / null_errors[draws].sum(axis=1)
    assert share == pytest.approx(bootstrap.mean(), abs=error / 5)
    assert error == pytest.approx(bootstrap.std(), rel=0.1)
    repeated = share_explained(np.repeat(errors, times), np.repeat(null_errors, times), np.ones(times.sum()))
    assert repeated == pytest.approx((share, error))
