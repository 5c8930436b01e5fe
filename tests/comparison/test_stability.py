import naive
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from infsel.comparison import selection_stability

# The three examples of the demonstration published with the paper (nogueirs/JMLR2018, python/stabilityDemo.ipynb).
Z1 = [[1, 1, 0], [1, 1, 0], [1, 1, 0]]
Z2 = [[1, 1, 0], [0, 1, 1], [1, 0, 1]]
Z3 = [
    [1, 1, 1, 1, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 1, 0, 1, 1, 1, 0, 0],
    [0, 1, 0, 0, 0, 1, 1, 1, 0, 0],
    [1, 1, 0, 0, 1, 0, 1, 0, 0, 0],
    [0, 1, 1, 0, 1, 1, 0, 0, 0, 0],
    [0, 1, 1, 1, 0, 0, 1, 0, 0, 0],
    [1, 0, 0, 1, 0, 0, 0, 0, 1, 1],
    [0, 0, 0, 1, 0, 1, 1, 1, 0, 0],
    [0, 0, 1, 1, 1, 1, 0, 0, 0, 0],
    [0, 0, 0, 0, 1, 0, 0, 1, 1, 1],
]


def test_published_values():
    assert selection_stability(Z1).value == 1
    assert selection_stability(Z1)[1:] == (0, 1, 1)
    assert selection_stability(Z2).value == pytest.approx(-0.5, abs=1e-12)
    assert selection_stability(Z3).value == pytest.approx(-0.037037037037, abs=1e-12)
    assert selection_stability(Z3).variance == pytest.approx(0.00516666666667, abs=1e-14)


@given(arrays(np.int8, st.tuples(st.integers(2, 7), st.integers(2, 7)), elements=st.integers(0, 1)))
def test_value_and_variance_equal_their_definitions(Z):
    found = selection_stability(Z)
    if Z.all() or not Z.any():
        assert np.isnan(found).all()
        return
    Z = Z.astype(float)
    assert found.value == pytest.approx(naive.stability(Z), abs=1e-12)
    assert found.variance == pytest.approx(naive.stability_variance(Z), abs=1e-12)
    assert found.value <= 1 + 1e-12
    assert found.low <= found.value <= found.high


def test_kuncheva_where_all_sizes_are_the_same(rng):
    Z = np.array([rng.permutation([1] * 4 + [0] * 8) for _ in range(9)])
    k, d = 4, 12
    overlaps = [Z[i] @ Z[j] for i in range(9) for j in range(i)]
    kuncheva = np.mean([(overlap - k**2 / d) / (k - k**2 / d) for overlap in overlaps])
    assert selection_stability(Z).value == pytest.approx(kuncheva)


def test_the_interval_covers_what_it_promises(rng):
    """Features selected independently with probabilities p: the population value is 1 - mean p (1 - p) / chance."""
    p = np.linspace(0.05, 0.95, 20)
    chance = p.mean() * (1 - p.mean())
    true = 1 - (p * (1 - p)).mean() / chance
    found = [selection_stability(rng.random((100, 20)) < p, confidence=0.9) for _ in range(200)]
    covered = sum(s.low <= true <= s.high for s in found)
    assert 160 <= covered <= 195  # 180 expected; binomial, beyond five standard deviations below


@pytest.mark.parametrize("Z", [[[1, 0]], [1, 0], [[2, 0], [0, 1]], [[0.5, 0], [1, 1]], np.zeros((2, 0))])
def test_what_is_no_selection_is_refused(Z):
    with pytest.raises(ValueError, match="at least two rows"):
        selection_stability(Z)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_confidence(confidence):
    with pytest.raises(ValueError, match="confidence="):
        selection_stability(Z2, confidence)
