import numpy as np
import pytest

from infsel.selection import FUSIONS, fuse

RANKS = np.array([[1.0, 2.0, 3.5, 3.5], [4.0, 1.0, 2.0, 3.0]])
WEIGHTS = np.array([3.0, 1.0])


@pytest.mark.parametrize(
    ("method", "points"),
    [
        ("log-position", lambda r: np.log(4 / r)),
        ("borda", lambda r: 4 - r),
        ("reciprocal-rank", lambda r: 1 / (60 + r)),
    ],
)
def test_definitions(method, points):
    expected = [sum(w * points(r) for w, r in zip(WEIGHTS, ranks, strict=True)) / 4 for ranks in RANKS.T]
    np.testing.assert_allclose(fuse(RANKS, WEIGHTS, method), expected)


@pytest.mark.parametrize("method", FUSIONS)
def test_laws(method):
    alone = fuse(RANKS[:1], np.ones(1), method)
    assert np.argsort(-alone, kind="stable").tolist() == [0, 1, 2, 3]
    np.testing.assert_allclose(fuse(RANKS, np.array([1.0, 0.0]), method), alone)
    np.testing.assert_allclose(fuse(RANKS, 7 * WEIGHTS, method), fuse(RANKS, WEIGHTS, method))
    np.testing.assert_allclose(fuse(RANKS[::-1], WEIGHTS[::-1], method), fuse(RANKS, WEIGHTS, method))


def test_smoothing_decides_between_one_first_place_and_two_second_ones():
    ranks = np.array([[1, 3, 4, 5], [9, 3, 4, 5]])
    low, high = (fuse(ranks, np.ones(2), "reciprocal-rank", smoothing) for smoothing in (0, 60))
    assert low[0] > low[1]
    assert high[0] < high[1]
