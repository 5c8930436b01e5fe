"""How often samples count."""

import numpy as np
import pytest

from infsel.estimators.base._sample_weight import counted, weighed
from infsel.tables import as_table


def counts(weights):
    return weighed(as_table(np.zeros((len(weights), 1))), None, weights)[0].counts


@pytest.mark.parametrize("n_samples", [5, 40, 1237])
@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_weights_add_up_to_the_bit_in_any_order(n_samples, scale, rng):
    weights = rng.choice([0.1, 0.2, 0.7, 1.3, 1e-20, 5.0], n_samples) * scale
    weights[0] = scale
    order, found = rng.permutation(n_samples), counts(weights)
    np.testing.assert_array_equal(counts(weights[order]), found[order])
    assert found.sum() == np.cumsum(found)[-1] == np.cumsum(found[order])[-1]
    assert (found > 0).all()


def test_whole_weights_stay_and_equal_shares_become_one(rng):
    whole = rng.integers(1, 9, 50).astype(float)
    np.testing.assert_array_equal(counts(whole), whole)
    for share in (0.3, 1 / 7, 1e-300):
        np.testing.assert_array_equal(counts(np.full(23, share)), 1)


def test_samples_that_do_not_count_leave_with_their_target():
    X, labels, weights = as_table(np.arange(12.0).reshape(6, 2)), list("abcdef"), [1, 2, 0, 1, 1, 3]
    assert weighed(X, labels, weights)[1].outputs[0].values.tolist() == list("abdef")
    table, y = weighed(X, labels, weights, read=False)
    assert (table.array[:, 0].tolist(), y) == ([0, 2, 6, 8, 10], list("abdef"))
    batch, y = counted(as_table(np.arange(4.0).reshape(2, 2)), None, [0.0, 0.25])
    assert (batch.counts.tolist(), y) == ([0.25], None)
    with pytest.raises(ValueError, match=r"positive for no sample of the batch|at least one non-zero"):
        counted(batch, None, [0.0])
