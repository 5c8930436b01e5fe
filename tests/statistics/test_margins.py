"""Distances by blocks, kept in memory or not, and what neighbors count."""

import naive
import numpy as np
import pytest

from infsel.statistics import ClassNeighbors, SampleDistances, _sample_distances, neighbors_of, soft_margins, unit_range


@pytest.fixture
def X(rng):
    X = rng.standard_normal((90, 6)) * np.arange(1, 7)
    X[:, 2] = 5
    return X


@pytest.fixture(params=[0, 2**22], ids=["read twice", "kept"])
def kept(request, monkeypatch):
    monkeypatch.setattr(_sample_distances, "_KEPT", request.param)


def pairs(X, importance=1.0):
    alive = np.delete(X, 2, axis=1)
    unit = (alive - alive.min(axis=0)) / np.ptp(alive, axis=0)
    return (importance * np.abs(unit[:, np.newaxis] - unit)).sum(axis=2)


def test_deviation_is_that_of_all_pairs(X, kept, rng):
    importance = np.array([1.0, 0, 2, 0.5, 0.1])
    apart = ~np.eye(90, dtype=bool)
    assert SampleDistances(X, np.ones(90)).deviation() == pytest.approx(pairs(X)[apart].std(), rel=1e-10)
    weighed = SampleDistances(X, np.ones(90)).weighed(importance).deviation()
    assert weighed == pytest.approx(pairs(X, importance)[apart].std(), rel=1e-10)
    times = rng.integers(1, 4, 90)
    repeated = SampleDistances(np.repeat(X, times, axis=0), np.ones(times.sum())).deviation()
    assert SampleDistances(X, times.astype(float)).deviation() == pytest.approx(repeated, rel=1e-10)


def test_margins_add_up_what_is_attended_to(X, kept):
    distances, seen = SampleDistances(X, np.ones(90)), np.zeros((90, 90))

    def attend(D, start):
        seen[start : start + len(D)] = D
        D[:] = np.where(D < 2, D, 0)

    margins = distances.margins(attend)
    D = pairs(X)
    np.testing.assert_allclose(seen, D, rtol=1e-12, atol=1e-14)
    apart = np.abs(unit_range(X)[:, np.newaxis] - unit_range(X))
    np.testing.assert_allclose(margins, np.einsum("ij,ijf->f", np.where(D < 2, D, 0), apart), rtol=1e-11)
    assert margins[2] == 0


def test_soft_margins_are_their_definition(X, kept, rng):
    alive, y, ones = np.delete(X, 2, axis=1), rng.permutation(np.arange(90) % 3), np.ones(90)
    for balanced in (True, False):
        neighbors = ClassNeighbors(y, ones, balanced)
        expected = naive.soft_relief(alive, y, np.ones(5), 0.5, balanced)
        margins = soft_margins(SampleDistances(X, ones), [neighbors], 0.5)
        np.testing.assert_allclose(np.delete(margins, 2), expected, rtol=1e-9, atol=1e-12)
    numbers = X[:, 0] + X[:, 1]
    margins = soft_margins(SampleDistances(X, ones), [neighbors_of(numbers, ones)], 0.5)
    np.testing.assert_allclose(np.delete(margins, 2), naive.soft_relief_of_numbers(alive, numbers, 0.5), atol=1e-12)


def test_what_a_row_counts_in_each_class_adds_up(rng):
    codes, weights = np.array([0, 4, 4, 0, 9, 9, 4]), rng.random(7) + 0.5  # some classes are absent
    for balanced in (True, False):
        shares = np.array([share for _, share in ClassNeighbors(codes, weights, balanced).classes(0, 7)])
        np.testing.assert_allclose(shares.sum(axis=0), 0, atol=1e-15)  # misses count as much as hits
        assert -np.minimum(shares, 0).sum() == pytest.approx(1)


def test_the_largest_numbers_are_scaled_too():
    X = np.array([[-1.7e308, 3.0], [1.7e308, 3.0], [0.0, 3.0]])
    np.testing.assert_allclose(unit_range(X), [[0, 0], [1, 0], [0.5, 0]])


def test_equal_distances_are_attended_to_evenly():
    X = np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 1]])
    margins = soft_margins(SampleDistances(X, np.ones(3)), [ClassNeighbors(np.array([0, 0, 1]), np.ones(3), True)], 0.5)
    assert np.isfinite(margins).all()
