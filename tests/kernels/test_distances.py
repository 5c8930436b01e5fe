import numpy as np
import pytest

from infsel._kernels import add_weighted_distances, weigh_differences, write_distances


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
    D = np.full((len(table[rows]), len(table)), 7.0)
    write_distances(np.ascontiguousarray(table.T), start, min(first, len(table)), D)
    np.testing.assert_allclose(D[:, first:], apart(table, rows).sum(axis=2)[:, first:], rtol=1e-12, atol=1e-15)
    assert (D[:, :first] == 7).all()


@pytest.mark.parametrize("height", [1, 2, 4, 7])
@pytest.mark.parametrize("share", [1.0, 0.2])
def test_weighted_differences_add_to_every_column(table, height, share, rng):
    start = min(2, len(table) - 1)
    rows = slice(start, start + height)
    A = rng.standard_normal((len(table[rows]), len(table)))
    A[rng.random(A.shape) > share] = 0
    expected = 1 + np.einsum("ij,ijf->f", A, apart(table, rows))
    dense, few = np.ones((2, table.shape[1]))
    weigh_differences(np.ascontiguousarray(table.T), start, A, dense)
    add_weighted_distances(table[rows], table, A, few)
    np.testing.assert_allclose(dense, expected, rtol=1e-11, atol=1e-12)
    np.testing.assert_allclose(few, expected, rtol=1e-11, atol=1e-12)
