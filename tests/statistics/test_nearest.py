"""The nearest samples of many, against all distances."""

import numpy as np
import pytest

from infsel.statistics import NearestSamples


def definition(S, weights, target, k):
    """The same sums from the matrix of all distances, of which the last places are shared."""
    apart = np.abs(S[:, np.newaxis] - S)
    D, A = apart.sum(axis=2).round(9), np.zeros((len(S), len(S)))
    for i, row in enumerate(D):
        counts = weights.copy()
        counts[i] -= 1
        order = np.argsort(row, kind="stable")
        limit = row[order][np.searchsorted(np.cumsum(counts[order]), k - 1e-9)]
        nearer, tied = np.where(row < limit, counts, 0), np.where(row == limit, counts, 0)
        A[i] = nearer + tied * (k - nearer.sum()) / tied.sum()
    A *= (weights / A.sum(axis=1))[:, np.newaxis]
    differs = np.abs(target[:, np.newaxis] - target)
    return [np.einsum("ij,ijf->f", W, apart) for W in (A * differs, A * (1 - differs))]


@pytest.mark.compiled
@pytest.mark.parametrize("values", [3, 12, 10**6], ids=["many ties", "some ties", "no ties"])
def test_tiles_of_members_and_single_precision_change_nothing(values, rng):
    X = rng.integers(0, values, (700, 5)) / 7
    X[0], X[1] = 0, (values - 1) / 7
    target, weights = rng.random(700), rng.integers(1, 3, 700).astype(float)
    nearest = NearestSamples(X, weights, 6)
    everyone = slice(0, 700)
    sums, totals = nearest.differences(lambda start, n: [(everyone, weights[start : start + n])], target)
    np.testing.assert_allclose(sums, definition(X * 7 / (values - 1), weights, target, 6), rtol=1e-11)
    assert totals.sum() == pytest.approx(weights.sum())


@pytest.mark.compiled
def test_small_weights_need_many_neighbors(rng):
    X, target = rng.random((300, 3)), rng.random(300)
    X[0], X[1] = 0, 1
    weights = np.full(300, 0.05)
    nearest = NearestSamples(X, weights, 1)
    twentieth = nearest.differences(lambda start, n: [(slice(0, 300), np.ones(n))], target)[0]
    once = NearestSamples(X, np.ones(300), 20).differences(lambda start, n: [(slice(0, 300), np.ones(n))], target)[0]
    np.testing.assert_allclose(twentieth, once, rtol=1e-9)
