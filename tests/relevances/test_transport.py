"""Relevances by transport between classes against SciPy and their definitions."""

import naive
import numpy as np
import pytest
from scipy.stats import wasserstein_distance

from infsel import InfFS
from infsel.relevances import MongeGap, Wasserstein

Y = np.repeat([0, 1, 2], [12, 9, 7])


@pytest.fixture
def X(rng):
    return rng.standard_normal((28, 6)) * np.arange(1, 7) + np.outer(Y, np.arange(6))


@pytest.mark.parametrize("weighted", [False, True])
def test_wasserstein_is_that_of_scipy_in_standard_deviations(X, weighted, rng):
    X[:, 2] = np.round(X[:, 2])  # ties
    w = rng.integers(1, 5, 28) if weighted else np.ones(28)
    means = np.average(X, axis=0, weights=w)
    deviation = np.sqrt(np.average((X - means) ** 2, axis=0, weights=w))
    for f, rated in enumerate(Wasserstein()(X, Y, w if weighted else None)):
        samples = [(X[c == Y, f], w[c == Y]) for c in range(3)]
        pairs = [(0, 1), (0, 2), (1, 2)]
        expected = max(
            wasserstein_distance(samples[a][0], samples[b][0], samples[a][1], samples[b][1]) for a, b in pairs
        )
        assert rated == pytest.approx(expected / deviation[f], rel=1e-10)


def test_wasserstein_of_two_classes_is_the_mean_distance_of_quantiles(X):
    two = Y < 2
    expected = [naive.wasserstein(x[Y == 0], x[Y == 1], 1) / x[two].std() for x in X.T]
    np.testing.assert_allclose(Wasserstein()(X[two], Y[two]), expected, rtol=1e-10)


@pytest.mark.parametrize("classes", [[0, 1], [0, 1, 2]])
def test_the_gap_is_its_definition(X, classes):
    some = np.isin(Y, classes)
    X, y = X[some], Y[some]
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    gaps = []
    for first in classes:
        for second in classes[first + 1 :]:
            a, b = Z[y == first], Z[y == second]
            width = 0.05 * np.median([sum((u - v) ** 2) for u in a for v in b])
            within = [np.array(naive.moved(part, part, width, True)) for part in (a, b)]
            own = [naive.wasserstein(a[:, f], b[:, f], 2) for f in range(6)]
            gaps.append(np.array(naive.moved(a, b, width, False)) - (within[0] + within[1]) / 2 - own)
    np.testing.assert_allclose(MongeGap()(X, y), np.max(gaps, axis=0), rtol=1e-8, atol=1e-10)


def test_each_sees_what_the_other_does_not(rng):
    X = rng.standard_normal((200, 8))
    interacts = X[:, 1] * X[:, 4] > 0
    assert set(np.argsort(-MongeGap()(X, interacts))[:2]) == {1, 4}
    humps = rng.random(200) < 0.5
    X[humps, 3] *= 4
    assert np.argmax(Wasserstein()(X, humps)) == 3


def test_scale_and_constant_columns_do_not_matter(X):
    for rate in (Wasserstein(), MongeGap()):
        expected = rate(X, Y)
        wide = np.c_[1000 * X - 5, np.full(28, 3.0)]
        np.testing.assert_allclose(rate(wide, Y), np.r_[expected, 0], rtol=1e-8, atol=1e-10)
        assert rate(X.astype(np.float32), Y) == pytest.approx(expected, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("name", ["wasserstein", "monge-gap"])
def test_names_start_walks_and_classes_are_needed(X, name):
    start = {"wasserstein": Wasserstein, "monge-gap": MongeGap}[name]()
    walks = {"affinity": "squared-correlation", "readout": "settled"}
    by_name, by_object = (InfFS(start=s, **walks).fit(X, Y).scores_ for s in (name, start))
    np.testing.assert_array_equal(by_name, by_object)
    with pytest.raises(ValueError, match="class"):
        start(X, np.random.default_rng(0).standard_normal(28))


def test_what_cannot_be_used_is_refused(X):
    with pytest.raises(ValueError, match="temperature=0: pass a finite number above 0"):
        MongeGap(temperature=0)(X, Y)
    with pytest.raises(ValueError, match="n_passes=0: pass a whole number from 1"):
        MongeGap(n_passes=0)(X, Y)
    with pytest.raises(ValueError, match="pass a target that varies"):
        Wasserstein()(X, np.zeros(28))


def test_samples_of_which_most_are_equal_have_a_temperature():
    X = np.zeros((12, 2))
    X[[2, 9], 0] = 1, 50
    gaps = MongeGap()(X, np.arange(12) % 2)
    assert np.isfinite(gaps).all()
    assert gaps[1] == 0
