import naive
import numpy as np
import pytest

from infsel._kernels import write_pair_sums


def c_log_c(*variables):
    """The sum of c log c over the counts of joint values, from the entropy."""
    n = len(variables[0])
    return n * (np.log(n) - naive.entropy(*variables))


@pytest.mark.parametrize("n_values", [1, 3])
def test_sums_over_the_counts_of_pairs_and_of_triples(n_values, rng):
    codes, x, y = rng.integers(0, 4, (5, 40)).astype(np.uint8), rng.integers(0, n_values, 40), rng.integers(0, 3, 40)
    cells, sums, unit = np.zeros((4, n_values * 3)), np.empty((5, 3), dtype=np.int64), 2.0**40
    write_pair_sums(codes, x * 3 + y, 3, np.ones(40), unit, np.full(5, 4), cells, sums)
    np.testing.assert_allclose(sums[:, 0] / unit, [c_log_c(row, x) for row in codes], atol=1e-9)
    np.testing.assert_allclose(sums[:, 1] / unit, [c_log_c(row, x, y) for row in codes], atol=1e-9)
    np.testing.assert_array_equal(sums[:, 2], [len(set(zip(row, x, strict=True))) for row in codes])
    assert not cells.any()


def test_weights_repeat_samples(rng):
    codes, y, weights = rng.integers(0, 3, (2, 20)).astype(np.uint8), rng.integers(0, 2, 20), rng.integers(1, 4, 20)
    weighted, repeated = np.empty((2, 2, 3), dtype=np.int64)
    write_pair_sums(codes, y, 2, weights.astype(float), 2.0**40, np.full(2, 3), np.zeros((3, 2)), weighted)
    many = np.repeat(codes, weights, axis=1), np.repeat(y, weights)
    write_pair_sums(*many, 2, np.ones(weights.sum()), 2.0**40, np.full(2, 3), np.zeros((3, 2)), repeated)
    np.testing.assert_array_equal(weighted, repeated)
