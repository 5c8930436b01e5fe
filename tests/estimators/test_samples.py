"""How often samples count."""

import numpy as np
import pytest

from infsel.estimators.base._sample_weight import counting


def counted(weights):
    return counting(np.zeros((len(weights), 1)), None, weights)[2]


@pytest.mark.parametrize("n_samples", [5, 40, 1237])
@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_weights_add_up_to_the_bit_in_any_order(n_samples, scale, rng):
    weights = rng.choice([0.1, 0.2, 0.7, 1.3, 1e-20, 5.0], n_samples) * scale
    weights[0] = scale
    order, counts = rng.permutation(n_samples), counted(weights)
    np.testing.assert_array_equal(counted(weights[order]), counts[order])
    assert counts.sum() == np.cumsum(counts)[-1] == np.cumsum(counts[order])[-1]
    assert (counts > 0).all()


def test_whole_weights_stay_and_equal_shares_become_one(rng):
    whole = rng.integers(1, 9, 50).astype(float)
    np.testing.assert_array_equal(counted(whole), whole)
    for share in (0.3, 1 / 7, 1e-300):
        np.testing.assert_array_equal(counted(np.full(23, share)), 1)
