import numpy as np
import pytest

from infsel._kernels import add_mismatches, weigh_differences, weigh_matches, write_distances


@pytest.fixture(params=[(1, 3), (9, 5), (70, 70), (300, 67)], ids=str)
def table(request, rng):
    return rng.random(request.param)


def apart(table, rows):
    return np.abs(table[rows, np.newaxis] - table)


@pytest.mark.parametrize("first", [0, 1, 4])
@pytest.mark.parametrize("height", [1, 2, 5])
def test_distances_of_a_block_from_the_samples_behind(table, height, first):
    start = min(2, len(table) - 1)
    rows = slice(start, start + height)
    expected = apart(table, rows).sum(axis=2)[:, first:]
    D = np.empty_like(expected)
    write_distances(np.ascontiguousarray(table.T), start, first, D)
    np.testing.assert_allclose(D, expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("height", [1, 2, 4, 7])
def test_weighted_differences_add_to_every_column(table, height, rng):
    start = min(2, len(table) - 1)
    rows = slice(start, start + height)
    A = rng.standard_normal((len(table[rows]), len(table)))
    sums = np.ones(table.shape[1])
    weigh_differences(np.ascontiguousarray(table.T), start, A, sums)
    np.testing.assert_allclose(sums, 1 + np.einsum("ij,ijf->f", A, apart(table, rows)), rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("height", [1, 2, 4, 7])
def test_mismatches_and_matches_of_labels(table, height, rng):
    labels, start = np.floor(4 * table), min(2, len(table) - 1)
    columns, rows = np.ascontiguousarray(labels.T), slice(start, start + height)
    differ = labels[rows, np.newaxis] != labels
    D = np.ones(differ.shape[:2])[:, 1:]
    A, sums = rng.standard_normal(differ.shape[:2]), np.ones(len(columns))
    add_mismatches(columns, start, 1, D)
    weigh_matches(columns, start, A, sums)
    np.testing.assert_array_equal(D, 1 + differ.sum(axis=2)[:, 1:])
    np.testing.assert_allclose(sums, 1 + np.einsum("ij,ijf->f", A, ~differ), rtol=1e-11, atol=1e-12)
