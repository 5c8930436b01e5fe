"""Every criterion against every law. A new registry line is tested without a new test."""

import warnings

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from threadpoolctl import threadpool_limits

from infsel import CoverageSelector, CriterionSelector, DeflatedPopularity
from infsel.walks._names import CRITERIA

N_SAMPLES, N_FEATURES = 60, 14
SELECTORS = {"deflated popularity": DeflatedPopularity, "coverage selector": CoverageSelector} | {
    name: lambda name=name, **parameters: CriterionSelector(name, **parameters) for name in CRITERIA if name != "omp"
}
UNSUPERVISED = ("deflated popularity", "linkage")
RELIEF = ("relieff", "irelief")
INFORMATION = ("jmi", "cmim", "mrmr-mid", "mrmr-miq")


@pytest.fixture(params=SELECTORS)
def name(request):
    return request.param


@pytest.fixture
def fit(name):
    return lambda X, y, k=N_FEATURES, **weights: SELECTORS[name](n_features_to_select=k).fit(X, y, **weights)


@pytest.fixture
def X(rng):
    """Two columns that tell the classes apart, and no copies."""
    X = rng.standard_normal((N_SAMPLES, N_FEATURES)) * np.linspace(1, 5, N_FEATURES)
    X[:, 4] += 3 * np.repeat([0, 1, 0], N_SAMPLES // 3)
    X[:, 9] += 4 * np.repeat([0, 0, 1], N_SAMPLES // 3)
    return X


@pytest.fixture
def y():
    return np.repeat(["low", "mid", "top"], N_SAMPLES // 3)


def order(selector):
    return np.argsort(selector.ranking_).tolist()


def test_what_tells_the_classes_apart_comes_first(name, fit, X, y):
    if name in UNSUPERVISED:
        pytest.skip("reads no target")
    first = order(fit(X, y))[: 4 if "mrmr" in name else 2]  # mRMR loves what correlates least
    assert {4, 9} <= set(first)


def test_permuted_columns_are_ranked_alike(fit, X, y, rng):
    columns = rng.permutation(N_FEATURES)
    assert [columns[f] for f in order(fit(X[:, columns], y))] == order(fit(X, y))


def test_permuted_samples_change_nothing(fit, X, y, rng):
    samples = rng.permutation(N_SAMPLES)
    assert order(fit(X[samples], y[samples])) == order(fit(X, y))


def test_units_and_signs_change_nothing(fit, X, y):
    assert order(fit(X * np.linspace(-3, 3.1, N_FEATURES) + 5, y)) == order(fit(X, y))


def test_the_names_of_the_classes_change_nothing(fit, X, y):
    assert order(fit(X, np.repeat([7, -1, 3], N_SAMPLES // 3))) == order(fit(X, y))


def test_fewer_picks_are_the_first_of_more(fit, X, y):
    everything = order(fit(X, y))
    for k in (1, 3, 8):
        fitted = fit(X, y, k)
        assert order(fitted)[:k] == everything[:k]
        assert np.flatnonzero(fitted.support_).tolist() == sorted(everything[:k])


def test_the_rest_follows_by_the_gain_it_has_left(fit, X, y):
    fitted = fit(X, y, 3)
    rest = order(fitted)[3:]
    assert (np.diff(fitted.gains_[rest]) <= 0).all()


def test_scores_fall_along_the_ranking(fit, X, y):
    fitted = fit(X, y)
    np.testing.assert_allclose(fitted.scores_[order(fitted)], 1 - np.arange(N_FEATURES) / N_FEATURES)


def test_copies_come_after_every_original_and_constants_last(name, fit, X, y):
    if name == "linkage":
        pytest.skip("copies belong to the region")
    table = np.c_[np.ones(N_SAMPLES), X[:, 9], X, 3 - 2 * X[:, 4], X[:, 4]]  # a constant and three copies
    originals = [1, *(f + 2 for f in range(N_FEATURES) if f != 9)]
    fitted = fit(table, y, table.shape[1])
    ranked = order(fitted)
    assert sorted(ranked[:N_FEATURES]) == originals
    assert ranked[-1] == 0
    a, b = ranked.index(6), ranked.index(1)  # copies in the order of what they copy, and of the columns
    assert ranked[N_FEATURES:-1] == ([16, 17, 11] if a < b else [11, 16, 17])
    assert np.isnan(fitted.gains_[[0, 11, 16, 17]]).all()
    assert fitted.scores_[0] == 0


def test_whole_weights_repeat_samples(fit, X, y, rng):
    weights = rng.integers(0, 4, N_SAMPLES)
    repeated = fit(np.repeat(X, weights, axis=0), np.repeat(y, weights))
    weighted = fit(X, y, sample_weight=weights)
    assert order(weighted) == order(repeated)
    np.testing.assert_allclose(weighted.gains_, repeated.gains_, rtol=1e-7, atol=1e-10)


def test_weights_that_are_shares_of_a_whole(fit, X, y, rng):
    shares = rng.random(N_SAMPLES)
    shares /= shares.sum()
    weighted, again = fit(X, y, sample_weight=shares), fit(X, y, sample_weight=N_SAMPLES * shares)
    np.testing.assert_allclose(weighted.gains_, again.gains_, rtol=1e-9, atol=1e-12)


def test_single_precision(fit, X, y):
    assert order(fit(X.astype(np.float32), y))[:5] == order(fit(X, y))[:5]


def test_sparse_tables_are_ranked_like_dense_ones(name, fit, X, y, rng):
    X = np.where(rng.random(X.shape) < 0.5, 0, X)
    if name in RELIEF:
        with pytest.raises(ValueError, match="needs a dense table and X is sparse"):
            fit(sp.csc_array(X), y)
        return
    weights = rng.integers(0, 4, N_SAMPLES)
    for options in ({}, {"sample_weight": weights}):
        dense, sparse = fit(X, y, **options), fit(sp.csr_array(X), y, **options)
        assert order(sparse) == order(dense)
        np.testing.assert_allclose(sparse.gains_, dense.gains_, rtol=1e-8)


def test_numbers_are_a_target(name, fit, X, rng):
    y = X[:, 4] - X[:, 9] + 0.1 * rng.standard_normal(N_SAMPLES)
    if name == "irelief":
        with pytest.raises(ValueError, match="compares classes and y holds numbers: cut y into classes"):
            fit(X, y)
    elif name not in UNSUPERVISED:
        assert {4, 9} <= set(order(fit(X, y))[:4])


def test_several_outputs_are_a_target(name, fit, X, y):
    if name in UNSUPERVISED:
        pytest.skip("reads no target")
    Y = np.c_[y == "mid", y == "top"].astype(int)
    assert set(order(fit(X, Y))[: 4 if "mrmr" in name else 2]) >= {4, 9}
    assert order(fit(X, y[:, np.newaxis])) == order(fit(X, y))
    assert order(fit(X, sp.csr_array(Y))) == order(fit(X, Y))


@pytest.mark.compiled
def test_threads_and_blocks_change_nothing(name, rng, y):
    X = rng.standard_normal((N_SAMPLES, 1500))
    with threadpool_limits(2, user_api="blas"):
        two = SELECTORS[name](n_features_to_select=5).fit(X, y)
    one = SELECTORS[name](n_features_to_select=5, n_jobs=1).fit(X, y)
    assert order(two)[:5] == order(one)[:5]
    np.testing.assert_allclose(two.gains_, one.gains_, rtol=1e-9)


def test_coverage_has_diminishing_returns(X, y):
    fitted = CoverageSelector(n_features_to_select=N_FEATURES).fit(X, y)
    assert (np.diff(fitted.gains_[order(fitted)]) <= 1e-12).all()


def test_with_one_output_coverage_is_suppression(X, rng):
    for y in (np.arange(N_SAMPLES) % 2, X[:, 4] + rng.standard_normal(N_SAMPLES)):
        coverage, suppression = (
            SELECTORS[name](n_features_to_select=8).fit(X, y) for name in ("coverage", "suppression")
        )
        assert order(coverage)[:8] == order(suppression)[:8]


def test_a_table_far_from_zero_is_ranked_like_one_near_it(name, fit, X, y):
    assert order(fit(X + 1e6, y))[:4] == order(fit(X, y))[:4]


@pytest.mark.parametrize("many", SELECTORS)
@settings(max_examples=25, deadline=None)
@given(X=arrays(np.float64, (12, 5), elements=st.sampled_from([-2.0, -1.0, 0.0, 0.5, 1.0, 1e3])))
def test_small_tables_full_of_ties(many, X):
    y = np.arange(12) % 2
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            fitted = SELECTORS[many](n_features_to_select=5).fit(X, y)
    except ValueError as error:
        assert "every column of X is constant" in str(error)  # noqa: PT017
        return
    assert sorted(fitted.ranking_) == [1, 2, 3, 4, 5]
    constant = np.ptp(X, axis=0) == 0
    assert fitted.ranking_[~constant].max(initial=0) <= (~constant).sum()
    distinct = ~np.isnan(fitted.gains_)
    assert np.isfinite(fitted.gains_[distinct]).all()
    assert fitted.ranking_[distinct].max() == distinct.sum()
