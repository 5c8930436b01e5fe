import naive
import numpy as np
import pytest

from infsel._kernels import write_bins, write_bins_of_positions


def bins_of(rows, bins, weights=None):
    codes = np.empty(rows.shape, np.uint8)
    weights = np.ones(rows.shape[1]) if weights is None else weights
    write_bins(rows, np.argsort(rows, axis=1), bins, weights, codes)
    return codes


def of_positions(rows, bins, weights, dtype=np.float64):
    codes = np.empty(rows.shape, np.uint8)
    write_bins_of_positions(np.array([naive.positions(row, weights) for row in rows], dtype), bins, codes)
    return codes


@pytest.fixture
def rows(rng):
    return np.vstack([rng.standard_normal((3, 30)), rng.standard_normal((3, 30)).round()])


@pytest.mark.parametrize("bins", [1, 2, 5, 7, 30])
def test_bins_are_their_definition(rows, bins):
    np.testing.assert_array_equal(bins_of(rows, bins), [naive.bins(row, bins) for row in rows])


def test_few_values_stay_apart_and_many_do_not_fall_behind_the_last():
    assert bins_of(np.array([[9.0, 1.0, 9.0, 9.0, 4.0]]), 3).tolist() == [[2, 0, 2, 2, 1]]
    assert bins_of(np.array([[1.0, 2.0, 3.0, 3.0, 3.0, 3.0]]), 2).tolist() == [[0, 0, 1, 1, 1, 1]]


@pytest.mark.parametrize("bins", [2, 3, 5, 9])
def test_weights_are_repeated_samples(rows, bins, rng):
    weights = rng.integers(1, 4, 30)
    repeated = np.repeat(rows, weights, axis=1)
    expected = bins_of(repeated, bins)
    np.testing.assert_array_equal(np.repeat(bins_of(rows, bins, weights.astype(float)), weights, axis=1), expected)
    shares = weights / weights.sum()  # which round where whole numbers do not
    np.testing.assert_array_equal(np.repeat(bins_of(rows, bins, shares), weights, axis=1), expected)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("n_samples", [20, 45, 1000])
@pytest.mark.parametrize("bins", [2, 3, 5, 9])
def test_positions_are_cut_by_the_same_rule(dtype, n_samples, bins):
    ascending = np.arange(n_samples, dtype=np.float64)[np.newaxis]
    for weights in (np.ones(n_samples), np.full(n_samples, 0.1)):
        positions = (np.cumsum(weights) - weights / 2) / weights.sum()
        codes = np.empty((1, n_samples), np.uint8)
        write_bins_of_positions(positions.astype(dtype)[np.newaxis], bins, codes)
        np.testing.assert_array_equal(codes, bins_of(ascending, bins))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_lies_below_an_edge_by_round_off_lies_on_it(dtype):
    edge = np.nextafter(dtype(0.2), dtype(0))
    codes = np.empty((1, 3), np.uint8)
    write_bins_of_positions(np.array([[edge, 0.2 - 1e-4, 0.9999999]], dtype), 5, codes)
    assert codes.tolist() == [[1, 0, 4]]
