import numpy as np

from infsel._kernels import add_distances, weigh_differences


def test_distances_add_up_below_the_diagonal(rng):
    rows, total = rng.random((6, 4)), np.ones((6, 6))
    add_distances(rows, total)
    expected = 1 + np.tril(np.abs(rows[:, np.newaxis] - rows).sum(axis=2), -1)
    np.testing.assert_allclose(total, expected, rtol=1e-12)


def test_each_pair_of_rows_is_weighed_once(rng):
    columns, weights, sums = rng.random((3, 7)), rng.random((7, 7)), np.full(3, 9.0)
    weigh_differences(columns, weights, sums)
    pairs = np.abs(columns[:, :, np.newaxis] - columns[:, np.newaxis])
    np.testing.assert_allclose(sums, [(np.tril(weights, -1) * one).sum() for one in pairs], rtol=1e-12)
