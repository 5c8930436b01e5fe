"""Dominant sets against replicator dynamics by hand and the theorem of Motzkin and Straus."""

import naive
import numpy as np
import pytest
from sklearn.base import clone
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler

from infsel import AttentionSelector, CoverageSelector, InfFS
from infsel.affinities import SignificantCorrelation
from infsel.selection import dominant_set


@pytest.fixture(params=range(5))
def K(request):
    rng = np.random.default_rng(request.param)
    edges = np.triu(rng.random((14, 14)) < 0.5, 1).astype(float)
    return edges + edges.T


@pytest.mark.parametrize("n_steps", [1, 2, 30])
def test_steps_are_those_of_the_definition(K, n_steps, rng):
    start = rng.random(14)
    expected = np.array(naive.replicate(K, start, n_steps))
    m = dominant_set(K, start, n_steps, tol=-1)
    np.testing.assert_allclose(m, np.where(expected > 1e-3 * expected.max(), expected, 0), rtol=1e-10)


def test_the_mean_affinity_grows_up_to_the_bound_of_the_largest_clique(K, rng):
    networkx = pytest.importorskip("networkx")
    start = rng.random(14)
    values = [m @ K @ m for m in (np.array(naive.replicate(K, start, n_steps)) for n_steps in range(60))]
    assert (np.diff(values) >= -1e-14).all()
    largest = max(map(len, networkx.find_cliques(networkx.from_numpy_array(K))))
    assert values[-1] <= 1 - 1 / largest + 1e-12


def test_a_set_without_spare_edges_is_a_clique_of_equal_shares():
    K = np.zeros((12, 12))
    K[2:7, 2:7] = 1
    K[[6, 7, 8], [7, 8, 9]] = K[[7, 8, 9], [6, 7, 8]] = 1
    np.fill_diagonal(K, 0)
    m = dominant_set(K, np.ones(12), tol=1e-15)
    np.testing.assert_allclose(m, np.where((np.arange(12) > 1) & (np.arange(12) < 7), 0.2, 0), atol=1e-5)
    assert m @ K @ m == pytest.approx(1 - 1 / 5, abs=1e-8)


def test_nothing_dominates_where_nothing_relates():
    assert not dominant_set(np.zeros((3, 3)), np.ones(3)).any()
    assert not dominant_set(np.ones((3, 3)), np.array([0.0, -1, 0])).any()


def test_significance_is_counted_in_standard_errors(rng):
    X = rng.standard_normal((50, 20))
    expected = np.abs(np.corrcoef(X, rowvar=False)) > 1.5 / np.sqrt(50)
    np.fill_diagonal(expected, 0)
    np.testing.assert_array_equal(SignificantCorrelation(1.5)(X).to_dense(), expected)


def grouped(seed, k=8):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((100, 60))
    X[:, 10 : 10 + k] += rng.standard_normal((100, 1))
    return X


@pytest.mark.parametrize("kind", [InfFS, AttentionSelector])
def test_selectors_find_a_group_without_being_told_its_size(kind):
    selector = kind(n_features_to_select="dominant")
    X = grouped(0)
    support = clone(selector).fit(X).support_
    assert np.flatnonzero(support).tolist() == list(range(10, 18))
    order = np.random.default_rng(1).permutation(60)
    np.testing.assert_array_equal(clone(selector).fit(X[:, order]).support_, support[order])
    assert make_pipeline(MinMaxScaler(), clone(selector)).fit_transform(X).shape == (100, 8)
    times = np.random.default_rng(2).integers(1, 3, 100)
    weighed = clone(selector).fit(X, sample_weight=times).support_
    np.testing.assert_array_equal(clone(selector).fit(np.repeat(X, times, axis=0)).support_, weighed)


def test_constant_and_excluded_columns_stay_out_and_kept_and_grouped_ones_come_in():
    X = grouped(3)
    X[:, 0] = 1
    wishes = {"exclude": [12], "keep": [40], "feature_groups": [[11, 50]]}
    support = InfFS(n_features_to_select="dominant", **wishes).fit(X).support_
    assert np.flatnonzero(support).tolist() == [10, 11, 13, 14, 15, 16, 17, 40, 50]


def test_what_knows_no_dominant_set_says_so():
    X = grouped(4)
    y = X[:, 10] > 0
    with pytest.raises(ValueError, match="'dominant': CoverageSelector walks through no graph"):
        CoverageSelector(n_features_to_select="dominant").fit(X, y)
    with pytest.raises(ValueError, match="threshold='mean' is not read by n_features_to_select='dominant'"):
        InfFS(n_features_to_select="dominant", threshold="mean").fit(X)
    with pytest.raises(ValueError, match="was set after the fit"):
        _ = InfFS().fit(X).set_params(n_features_to_select="dominant").support_
    with pytest.raises(ValueError, match="threshold=0: pass a finite number above 0"):
        SignificantCorrelation(0)(X)
