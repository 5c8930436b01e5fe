"""How many parts a decision needs, against the definition and the theory of samples."""

import itertools

import naive
import numpy as np
import pytest

from infsel.eliminations import PooledRidge, RowModel, visited
from infsel.greedy import eliminate
from infsel.greedy._enough import is_known, is_settled, mean_and_error
from infsel.selection import Choices


def test_the_squared_error_is_right_on_average_over_all_samples_of_parts(rng):
    shares = rng.exponential(size=(7, 2))
    for m in (2, 4, 6):
        found = [mean_and_error(shares[list(some)], 7) for some in itertools.combinations(range(7), m)]
        truth = np.mean([(mean - shares.mean(axis=0)) ** 2 for mean, _ in found], axis=0)
        np.testing.assert_allclose(np.mean([error**2 for _, error in found], axis=0), truth)
    assert (mean_and_error(shares, 7)[1] == 0).all()


@pytest.mark.parametrize("tol", [1e-9, 0.1, 0.5, 2.0])
def test_as_many_parts_are_seen_as_by_definition(tol, rng):
    for _ in range(5):
        shares = rng.uniform(0.1, 1, 6) + rng.standard_normal((50, 6)) / 3
        seen = visited(shares.__getitem__, range(50), lambda some, n: is_known(some, n, tol))
        assert len(seen) == naive.parts_known(shares.tolist(), tol)

        def settled(some, n_parts):
            goes = np.isin(np.arange(6), np.argsort(some.mean(axis=0))[:2])
            return is_settled(some, n_parts, goes, ~goes, tol)

        seen = visited(shares.__getitem__, range(50), settled)
        goes = lambda means: np.argsort(means)[:2].tolist()  # noqa: E731
        assert len(seen) == naive.parts_needed(shares.tolist(), tol, goes)
    assert len(visited(shares.__getitem__, range(50), None)) == 50


def test_columns_that_the_model_does_without_cost_nothing(rng):
    """The prior divides what is below 0, so that one that stays may have less, at any number of parts."""
    shares = np.array([2.0, -0.1, -0.6]) + 1e-3 * rng.standard_normal((50, 3))
    goes = np.arange(3) == 1
    assert is_settled(shares[:8], 50, goes, ~goes, 0.05)
    assert is_settled(shares, 50, goes, ~goes, 0.05)


class Part(RowModel):
    """Importances that are known, and which part was asked for them."""

    def __init__(self, number, rates, asked):
        self.number, self.rates, self.asked = number, rates, asked
        self.errors = self.null_errors = self.counts = np.ones(1)

    def importance(self):
        self.asked.append(self.number)
        return self.rates

    def restrict(self, stays):
        self.rates = self.rates[stays]


def test_parts_take_turns_and_what_is_kept_is_no_choice(rng):
    rates, asked = np.array([1.0, 2.0, 4.0, 8.0, 0.5]) + rng.uniform(-0.1, 0.1, (20, 5)), []
    model = PooledRidge(lambda k, columns: Part(k, rates[k, columns], asked), np.arange(20), rng.permutation(5))
    kept = np.arange(5) == 4  # the weakest of all: no column that goes could be exchanged for it
    among = Choices(np.arange(5), kept, np.zeros(5, dtype=bool))
    assert eliminate(model, np.ones(5), 0.2, among, tol=1e-3).order.tolist() == [4, 3, 2, 1, 0]
    rounds = [sorted(asked[start : start + 8]) for start in range(0, 40, 8)]  # eight a round, by any thread
    assert rounds == [sorted(k % 20 for k in range(start, start + 8)) for start in range(0, 40, 8)]
    assert len(asked) == 40
