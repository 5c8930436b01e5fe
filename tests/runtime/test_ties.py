"""What counts as a tie."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infsel._runtime.ties import first_of_best, settle_within

UNIT = 1e-6


def plain(values, resolution):
    """Chains of neighbors, one after the other."""
    order = sorted(range(len(values)), key=lambda i: (-values[i], resolution[i]))
    settled, chain = list(values), []
    for place, i in enumerate(order):
        chain.append(i)
        last = place + 1 == len(order)
        if last or values[i] - values[order[place + 1]] > max(resolution[i], resolution[order[place + 1]]):
            if values[chain[0]] - values[chain[-1]] <= 4 * max(resolution[j] for j in chain):
                for j in chain:
                    settled[j] = values[chain[0]]
            chain = []
    return [0 if abs(v) <= r else v for v, r in zip(settled, resolution, strict=True)]


# multiples of a quarter are exact, so that no gap lies within round-off of a resolution
quarters = st.lists(st.tuples(st.integers(-30, 30), st.sampled_from([2, 4, 5])), min_size=1, max_size=14)


@given(quarters)
def test_ties_are_their_definition(pairs):
    values, resolution = np.array(pairs, dtype=float).T / 4
    settled, order = settle_within(values, resolution)
    assert settled.tolist() == plain(values, resolution)
    assert (np.diff(values[order]) <= 0).all()
    same, _ = settle_within(values, 1.0)
    assert same.tolist() == plain(values, np.ones(len(values)))


@given(quarters, st.data())
def test_the_first_of_the_best_is_the_first_that_settles_highest(pairs, data):
    values, resolution = np.array(pairs, dtype=float).T / 4
    among = np.array(data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values))))
    if not among.any():
        among[0] = True
    settled, _ = settle_within(values[among], resolution[among])
    assert first_of_best(values, among, resolution) == np.flatnonzero(among)[settled.argmax()]


@pytest.mark.parametrize("n", [2, 4, 6, 400])
def test_a_long_chain_is_no_tie(n):
    values = 1 + UNIT * np.arange(n) * 0.9
    settled, _ = settle_within(values, UNIT)
    assert len(set(settled.tolist())) == (1 if 0.9 * (n - 1) <= 4 else n)
    assert first_of_best(values, np.ones(n, bool), UNIT) == (0 if 0.9 * (n - 1) <= 4 else n - 1)
