import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from infsel.selection import error_bounds

# Printed by the R package stabs 0.6 for threshold 0.6, p = 100, B = 50 and q = 1 to 10 (hofnerb/stabs on GitHub,
# tests/regtest-inference.Rout.save), whose r-concave bound is the code published by Shah and Samworth.
WORST_CASE = [0.05, 0.2, 0.45, 0.8, 1.25, 1.8, 2.45, 3.2, 4.05, 5.0]
UNIMODAL = [0.02631579, 0.1052632, 0.2368421, 0.4210526, 0.6578947, 0.9473684, 1.289474, 1.684211, 2.131579, 2.631579]
R_CONCAVE = [
    0.006971364, 0.03342845, 0.08691176, 0.1637231, 0.2605329, 0.3820466, 0.5295188, 0.7042719, 0.9077127, 1.141338
]  # fmt: skip


@pytest.mark.parametrize("q", range(1, 11))
def test_published_values(q):
    found = error_bounds(q, 100, 0.6, 50)
    assert found["worst-case"] == pytest.approx(WORST_CASE[q - 1])
    assert found["unimodal"] == pytest.approx(UNIMODAL[q - 1], rel=1e-6)
    # for q = 1 to 3 the search of the original ends 0.3 percent below the maximum, at the edge of an interval
    assert found["r-concave"] == pytest.approx(R_CONCAVE[q - 1], rel=1e-5 if q > 3 else 4e-3)
    assert found["r-concave"] >= R_CONCAVE[q - 1] * (1 - 1e-6)


@pytest.mark.parametrize(
    ("q", "threshold", "bound"), [(6, 0.6, 0.174), (7, 0.6, 0.248), (7, 0.62, 0.196), (7, 0.61, 0.219)]
)
def test_more_published_values(q, threshold, bound):
    assert error_bounds(q, 200, threshold, 50)["r-concave"] == pytest.approx(bound, abs=1e-3)


def worst_tail(n, mean, count, shape):
    """The largest P(N >= count) of a density on 0..n with this mean, by linear programming within a shape."""
    rows = shape(n)
    return -linprog(
        -(np.arange(n + 1) >= count).astype(float),
        A_ub=rows if len(rows) else None,
        b_ub=np.zeros(len(rows)) if len(rows) else None,
        A_eq=[np.ones(n + 1), np.arange(n + 1)],
        b_eq=[1, mean * n],
    ).fun


def unimodal_at_zero(n):
    return np.eye(n + 1)[1:] - np.eye(n + 1)[:-1]  # a mode elsewhere needs a larger mean than these


def test_the_worst_case_is_a_markov_bound_on_pairs():
    """Selected in both halves of a share 2 threshold - 1 of the pairs at least; that share has mean theta^2 at most."""
    B, theta = 20, 0.2
    for threshold in (0.6, 0.75, 0.9):
        pairs = int(np.ceil((2 * threshold - 1) * B - 1e-9))
        tail = worst_tail(B, theta**2, pairs, lambda n: np.zeros((0, n + 1)))
        assert error_bounds(theta * 50, 50, threshold, B)["worst-case"] == pytest.approx(50 * tail)


@pytest.mark.parametrize("threshold", [0.6, 0.7, 0.75, 0.8, 0.9, 1.0])
def test_no_unimodal_density_is_worse_than_its_bound(threshold):
    B, theta = 20, 0.15
    pairs = int(np.ceil((2 * threshold - 1) * B - 1e-9))
    tail = worst_tail(B, theta**2, pairs, unimodal_at_zero)
    bounds = error_bounds(theta * 50, 50, threshold, B)
    assert 50 * tail <= bounds["unimodal"] * (1 + 1e-9)
    assert bounds["r-concave"] <= 50 * tail * (1 + 1e-9)  # r-concave densities are unimodal


@settings(max_examples=30, deadline=None)
@example(1e-10, 1.0, 14)
@example(1.401298464324817e-45, 1.0, 13)
@given(st.floats(0, 60), st.floats(0.3, 1), st.integers(2, 15))
def test_bounds_are_ordered_and_fall_with_the_threshold(q, threshold, n_pairs):
    bounds = error_bounds(q, 60, threshold, n_pairs)
    assert all(0 <= bound <= 60 for bound in bounds.values())
    higher = error_bounds(q, 60, min(threshold + 0.1, 1), n_pairs)
    for name in bounds:
        assert higher[name] <= bounds[name] * (1 + 1e-6)
    assert bounds["r-concave"] <= bounds["worst-case"] * (1 + 1e-6)


def test_extremes():
    assert error_bounds(0, 10, 0.9, 50) == {"worst-case": 0, "unimodal": 0, "r-concave": 0}
    assert set(error_bounds(10, 10, 0.9, 50).values()) == {10}
    assert error_bounds(1, 10, 0.5, 50)["worst-case"] == 10
    assert error_bounds(1e-3, 10_000, 0.9, 50)["r-concave"] < 1e-9
