"""Information is what its definition says, and the same to the last bit whatever things are called."""

import naive
import numpy as np
import pytest

from infsel.statistics import Entropies

N_SAMPLES, BINS = 47, 5


@pytest.fixture
def codes(rng):
    return rng.integers(0, BINS, (6, N_SAMPLES)).astype(np.uint8)


@pytest.fixture
def y(rng):
    return rng.permutation(np.arange(N_SAMPLES) % 3)


def everything(codes, y, weights=None):
    entropies = Entropies(codes, BINS, y, np.ones(len(y)) if weights is None else weights)
    ones = [entropies.one(j) for j in range(3)]
    pairs = [pair for one in ones for pair in (entropies.with_target(one), entropies.shared(one))]
    return np.array([entropies.relevance, *pairs])


def test_information_is_its_definition(codes, y):
    relevance, *pairs = everything(codes, y)
    np.testing.assert_allclose(relevance, [naive.information(x, y) for x in codes], rtol=0, atol=1e-14)
    for j in range(3):
        joint = [naive.information(list(zip(x, codes[j], strict=True)), y) for x in codes]
        np.testing.assert_allclose(pairs[2 * j], joint, rtol=0, atol=1e-14)
        np.testing.assert_allclose(
            pairs[2 * j + 1], [naive.information(x, codes[j]) for x in codes], rtol=0, atol=1e-14
        )


def test_names_and_orders_do_not_change_a_bit(codes, y, rng):
    expected = everything(codes, y)
    for _ in range(20):
        rows, names, bins = rng.permutation(N_SAMPLES), rng.permutation(3), rng.permutation(BINS).astype(np.uint8)
        np.testing.assert_array_equal(everything(bins[codes][:, rows], names[y[rows]]), expected)


def test_whole_weights_are_repeated_samples_to_the_bit(codes, y, rng):
    weights = rng.integers(1, 5, N_SAMPLES)
    repeated = everything(np.repeat(codes, weights, axis=1), np.repeat(y, weights))
    np.testing.assert_array_equal(everything(codes, y, weights.astype(float)), repeated)


@pytest.mark.parametrize("n_samples", [2, 1000, 300_000])
def test_resolution_bounds_the_round_off_of_nothing(n_samples):
    y = np.arange(n_samples) % 2
    entropies = Entropies(np.zeros((1, n_samples), np.uint8), BINS, y, np.ones(n_samples))
    assert entropies.relevance.tolist() == [0.0]
    assert 0 < entropies.resolution < 1e-12
