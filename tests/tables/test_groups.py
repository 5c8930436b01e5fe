"""Two groups of samples are one group, whose moments are those of all samples together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infsel.tables import Group


def group(X, weights, scatter):
    return Group.empty(X.shape[1], scatter=scatter).merged(X.copy(), weights)


def told(group):
    """What a group says in units of 1, per weight."""
    squares = np.sqrt(group.squares() / group.weight)
    return np.ldexp(group.mean, group.exponents), np.ldexp(squares, group.exponents)


@given(
    sizes=st.lists(st.integers(1, 9), min_size=2, max_size=5),
    powers=st.lists(st.integers(-150, 150), min_size=3, max_size=3),
    scatter=st.booleans(),
    seed=st.integers(0, 99),
)
def test_joined_groups_are_one(sizes, powers, scatter, seed):
    rng = np.random.default_rng(seed)
    parts = [
        rng.standard_normal((size, 3)) * 10.0 ** np.array(powers) * rng.choice([1e-3, 1, 1e3], 3) for size in sizes
    ]
    weights = [rng.integers(1, 4, size) * 1.0 for size in sizes]
    joined = Group.empty(3, scatter=scatter)
    for X, w in zip(parts, weights, strict=True):
        joined = joined.joined(group(X, w, scatter))
    whole = group(np.concatenate(parts), np.concatenate(weights), scatter)
    assert (joined.n_samples, joined.weight) == (whole.n_samples, whole.weight)
    np.testing.assert_array_equal([joined.low, joined.high], [whole.low, whole.high])
    (means, deviations), (expected_means, expected) = told(joined), told(whole)
    scale = np.maximum(abs(whole.low), abs(whole.high))
    np.testing.assert_allclose(means / scale, expected_means / scale, atol=1e-13)
    np.testing.assert_allclose(deviations / scale, expected / scale, atol=1e-13)


def test_products_of_pairs_are_joined(rng):
    X = rng.standard_normal((30, 4)) @ rng.standard_normal((4, 4)) + 50
    one, other = group(X[:11], np.ones(11), True), group(X[11:], np.ones(19), True)
    joined = one.joined(other)
    found = np.ldexp(np.ldexp(joined.scatter, joined.exponents), joined.exponents[:, np.newaxis])
    np.testing.assert_allclose(found, 30 * np.cov(X.T, ddof=0), rtol=1e-10)


@pytest.mark.parametrize("scatter", [True, False])
def test_nobody_adds_nothing(rng, scatter):
    X, nobody = rng.standard_normal((5, 2)), Group.empty(2, scatter=scatter)
    some = group(X, np.ones(5), scatter)
    for joined in (some.joined(nobody), nobody.joined(some)):
        np.testing.assert_allclose(told(joined), told(some), rtol=1e-15)
