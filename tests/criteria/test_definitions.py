"""Every criterion against its definition in naive.py: the same picks, with the same gains."""

import naive
import numpy as np
import pytest

from infsel import CoverageSelector, CriterionSelector, DeflatedPopularity
from infsel.criteria import JMI
from infsel.tables import as_table

N_SAMPLES, N_FEATURES = 30, 7


@pytest.fixture
def X(rng):
    X = rng.standard_normal((N_SAMPLES, N_FEATURES)) * np.arange(1, N_FEATURES + 1)
    X[:, 3] = np.round(X[:, 3] / 4)  # few values, many ties
    X[:, 4] = X[:, 0] + 0.3 * X[:, 1]
    return X


@pytest.fixture
def labels(X, rng):
    return np.array(["a", "b", "c"])[np.digitize(X[:, 0] + rng.standard_normal(N_SAMPLES), [-0.5, 0.5])]


@pytest.fixture
def numbers(X, rng):
    return X[:, 0] * X[:, 2] + rng.standard_normal(N_SAMPLES)


def check(selector, X, y, gain):
    fitted = selector.set_params(n_features_to_select=X.shape[1]).fit(X, y)
    picks = naive.greedy(gain, X.shape[1])
    assert np.argsort(fitted.ranking_).tolist() == picks
    expected = [gain(f, picks[:i]) for i, f in enumerate(picks)]
    np.testing.assert_allclose(fitted.gains_[picks], expected, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize(
    ("groups", "keep"), [([[1, 5], [0, 4, 6]], []), ([], [6, 3]), ([[5, 1], [6, 2, 4]], [4, 0]), ([range(7)], [])]
)
def test_groups_are_picked_whole_and_kept_ones_first(X, labels, groups, keep):
    columns = naive.indicators(labels)
    X = X + np.cos(3 * X) / 2  # as many directions as columns
    codes = [naive.bins(x, 5) for x in X.T]
    for selector, y, gain in (
        (CoverageSelector(), labels, lambda f, picks: naive.coverage(X, columns, f, picks)),
        (CriterionSelector(), labels, lambda f, picks: naive.jmi(codes, labels, f, picks)),
        (DeflatedPopularity(), None, lambda f, picks: naive.deflated_popularity(X, f, picks)),
    ):
        picks = naive.greedy(gain, N_FEATURES, groups, keep)
        n_groups = len(naive.units(N_FEATURES, groups, []))
        selector.set_params(feature_groups=groups, keep=keep)
        for k in range(1, n_groups + 1):
            if k < len({tuple(unit) for unit in naive.units(N_FEATURES, groups, []) if set(unit) & set(keep)}):
                continue
            fitted = selector.set_params(n_features_to_select=k).fit(X, y)
            n_selected = int(fitted.support_.sum())
            assert np.argsort(fitted.ranking_)[:n_selected].tolist() == picks[:n_selected]
            assert fitted.support_[picks[:n_selected]].all()
            expected = [gain(f, picks[:i]) for i, f in enumerate(picks[:n_selected])]
            np.testing.assert_allclose(fitted.gains_[picks[:n_selected]], expected, rtol=1e-8, atol=1e-9)
        assert n_selected == N_FEATURES


def test_coverage_of_classes(X, labels):
    columns = naive.indicators(labels)
    check(CoverageSelector(), X, labels, lambda f, picks: naive.coverage(X, columns, f, picks))


def test_coverage_of_numbers(X, numbers):
    check(CoverageSelector(), X, numbers, lambda f, picks: naive.coverage(X, [numbers], f, picks))


def test_coverage_of_several_outputs(X, numbers, rng):
    y = np.c_[numbers, rng.standard_normal(N_SAMPLES)]
    check(CoverageSelector(), X, y, lambda f, picks: naive.coverage(X, y.T, f, picks))


def test_coverage_of_labels_that_exclude_nothing(X, labels):
    y = np.c_[labels == "a", X[:, 2] > 0, np.zeros(N_SAMPLES, dtype=bool)]  # the last label never occurs
    columns = [column for output in y.T[:2] for column in naive.indicators(output)]
    check(CoverageSelector(), X, y, lambda f, picks: naive.coverage(X, columns, f, picks))


def test_deflated_popularity_is_forward_column_subset_selection(X):
    def gain(f, picks):
        return naive.explained_by(X, [*picks, f]) - naive.explained_by(X, picks)

    X[:, 4] += np.cos(X[:, 0])  # as many directions as columns
    check(DeflatedPopularity(), X, None, gain)
    check(DeflatedPopularity(), X, None, lambda f, picks: naive.deflated_popularity(X, f, picks))


def test_deflated_popularity_starts_anew_after_half_as_many_picks_as_samples(rng):
    X = rng.standard_normal((9, 15))
    order = np.argsort(DeflatedPopularity(n_features_to_select=15).fit(X).ranking_).tolist()
    for start in (0, 4, 8):
        left = [f for f in range(15) if f not in order[:start]]
        fresh = DeflatedPopularity(n_features_to_select=4).fit(X[:, left])
        assert [left[f] for f in np.argsort(fresh.ranking_)[:4]] == order[start : start + 4]


@pytest.mark.parametrize("among", ["features", "samples"])
def test_popularity_is_the_same_from_either_side(among, rng):
    X = rng.standard_normal((8, 40) if among == "samples" else (40, 8))
    gains = DeflatedPopularity(n_features_to_select=1).fit(X).gains_
    first = int(np.argmax(gains))
    others = [f for f in range(X.shape[1]) if f != first]
    np.testing.assert_allclose(gains[first], naive.deflated_popularity(X, first, []))
    np.testing.assert_allclose(gains[others], [naive.deflated_popularity(X, f, [first]) for f in others])


@pytest.fixture(params=["labels", "numbers"])
def target(request):
    """A target, and the groups that information is about."""
    y = request.getfixturevalue(request.param)
    return y, (y if request.param == "labels" else naive.bins(y, 5))  # sqrt(30) groups


@pytest.mark.parametrize("bins", [2, 5])
def test_bins(X, bins):
    np.testing.assert_array_equal(as_table(X).binned(bins), [naive.bins(x, bins) for x in X.T])


def test_jmi(X, target):
    y, groups = target
    codes = [naive.bins(x, 5) for x in X.T]
    check(CriterionSelector("jmi"), X, y, lambda f, picks: naive.jmi(codes, groups, f, picks))


def test_bins_are_a_parameter(X, target):
    y, groups = target
    codes = [naive.bins(x, 3) for x in X.T]
    check(CriterionSelector(JMI(bins=3)), X, y, lambda f, picks: naive.jmi(codes, groups, f, picks))


def test_cmim(X, target):
    y, groups = target
    codes = [naive.bins(x, 5) for x in X.T]
    check(CriterionSelector("cmim"), X, y, lambda f, picks: naive.cmim(codes, groups, f, picks))


@pytest.mark.parametrize("quotient", [False, True])
def test_mrmr_by_information(X, target, quotient):
    y, groups = target
    codes = [naive.bins(x, 5) for x in X.T]
    relevance = [naive.information(x, groups) for x in codes]

    def gain(f, picks):
        return naive.mrmr(relevance, lambda f, j: naive.information(codes[f], codes[j]), f, picks, quotient)

    check(CriterionSelector("mrmr-miq" if quotient else "mrmr-mid"), X, y, gain)


def test_information_of_several_outputs_is_the_mean(X, labels, numbers):
    y = np.c_[(labels == "a").astype(float), np.round(X[:, 2] > 0)]
    codes = [naive.bins(x, 5) for x in X.T]
    check(
        CriterionSelector("cmim"),
        X,
        y,
        lambda f, picks: np.mean([naive.cmim(codes, output, f, picks) for output in y.T]),
    )


@pytest.mark.parametrize("quotient", [False, True])
def test_mrmr_by_f_and_correlation(X, labels, numbers, quotient):
    name = "mrmr-fcq" if quotient else "mrmr-fcd"
    n = N_SAMPLES
    of_classes = [naive.eta_squared(x, labels) for x in X.T]
    of_numbers = [naive.pearson(x, numbers) ** 2 for x in X.T]
    for y, share, between in ((labels, of_classes, 2), (numbers, of_numbers, 1)):
        F = [s / between / ((1 - s) / (n - between - 1)) for s in share]

        def gain(f, picks, F=F):
            return naive.mrmr(F, lambda f, j: max(abs(naive.pearson(X[:, f], X[:, j])), 1e-3), f, picks, quotient)

        check(CriterionSelector(name), X, y, gain)


def test_suppression(X, labels):
    share = [naive.eta_squared(x, labels) for x in X.T]

    def gain(f, picks):
        return share[f] * (1 - max([naive.pearson(X[:, f], X[:, j]) ** 2 for j in picks], default=0))

    check(CriterionSelector("suppression"), X, labels, gain)


def test_relief_does_not_look_at_the_picks(X, labels):
    worth = naive.relieff(X, labels, 10)
    check(CriterionSelector("relieff"), X, labels, lambda f, picks: worth[f])
