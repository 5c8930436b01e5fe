"""From which depth longer walks no longer change the ranking."""

import naive
import numpy as np
import pytest
from sklearn.datasets import load_wine

from infsel import AttentionSelector, InfFS
from infsel.comparison import kendall, rank_biased_overlap, spearman, top_k_overlap, weighted_kendall
from infsel.walks import Depths


@pytest.fixture
def wine():
    return load_wine().data


def test_every_depth_is_the_ranking_of_a_fit_of_that_depth(wine):
    fitted = InfFS(n_features_to_select=4).fit(wine)
    path = fitted.hop_path(p=0.8)
    assert path.n_hops.tolist() == [1, 2, 3]
    for depth, row in zip((1, 2, 3), path.itertuples(), strict=True):
        short = InfFS(n_hops=depth).fit(wine)
        assert row.kendall == kendall(short.ranking_, fitted.ranking_)
        assert row.spearman == spearman(short.ranking_, fitted.ranking_)
        assert row.weighted_kendall == weighted_kendall(short.ranking_, fitted.ranking_)
        assert row.rank_biased_overlap == rank_biased_overlap(short.ranking_, fitted.ranking_, 0.8)
        assert row.top_k_overlap == top_k_overlap(short.ranking_, fitted.ranking_, 4)
        assert row.share == pytest.approx(fitted.hop_profile_[:depth].sum())
    assert path.n_hops.iloc[-1] == fitted.saturation_depth_
    assert path.kendall.iloc[-1] == pytest.approx(1)


def test_the_saturation_depth_equals_its_definition(wine):
    A = naive.inf_fs(wine)
    damping = 0.9 / naive.spectral_radius(A)
    final = naive.ranking(naive.infinite_hops(A, np.ones(13), damping))
    same = [(naive.ranking(naive.hops(A, np.ones(13), d, damping)) == final).all() for d in range(1, 60)]
    depth = InfFS().fit(wine).saturation_depth_
    assert all(same[depth - 1 :])
    assert depth == 1 or not same[depth - 2]
    assert depth > 1


def test_the_path_is_of_the_walks_read_in_both_directions(wine, rng):
    affinity = rng.random((13, 13))
    for readout in ("received", "total", "sent"):
        fitted = InfFS(affinity=affinity, readout=readout).fit(wine)
        short = InfFS(affinity=affinity, readout=readout, n_hops=1).fit(wine)
        assert fitted.hop_path().kendall[0] == kendall(short.ranking_, fitted.ranking_)


def test_a_single_hop_is_saturated(wine):
    fitted = AttentionSelector(temperature=5).fit(np.insert(wine, 3, 1.0, axis=1))
    assert fitted.saturation_depth_ == 1
    np.testing.assert_allclose(fitted.hop_path().to_numpy(), [[1] * 7])
    assert InfFS(n_hops=2).fit(wine).saturation_depth_ <= 2


def test_own_scores_count_before_any_walk(wine):
    fitted = InfFS(propagation="pagerank", normalization="row", readout="received").fit(wine)
    assert fitted.hop_path().kendall.iloc[-1] == pytest.approx(1)
    assert fitted.saturation_depth_ >= 1


def test_what_has_no_hops_has_no_depth(wine):
    fitted = InfFS(propagation="stationary").fit(wine)
    with pytest.raises(AttributeError, match="no sum over hops"):
        fitted.hop_path()
    assert not hasattr(fitted, "saturation_depth_")


def test_a_path_has_about_25_depths_and_ends_with_the_saturation(rng):
    fitted = InfFS(alpha=0.3, damping=0.97).fit(rng.standard_normal((40, 200)))
    path = fitted.hop_path()
    assert path.n_hops.iloc[-1] == fitted.saturation_depth_ > 5
    assert len(path) <= 25
    assert (path.kendall.iloc[:-1] < 1).any()
    assert path.kendall.iloc[-1] == 1
    assert path.share.is_monotonic_increasing


@pytest.mark.parametrize("damping", [0.5, 0.97, 0.9999])
@pytest.mark.parametrize("readout", ["sent", "total"])
def test_the_saturation_depth_is_that_of_all_depths_one_by_one(damping, readout, rng):
    X, affinity = rng.standard_normal((9, 14)), rng.random((14, 14))
    affinity[:, 3], affinity[3] = affinity[:, 7], affinity[7]  # equal scores stay equal
    fitted = InfFS(affinity=affinity, damping=damping, readout=readout).fit(X)
    depths = Depths(fitted._result.flows, fitted._eps)
    rankings = [depths.ranking(depth) for depth in range(1, min(depths._deepest, 400) + 1)]
    differing = [depth for depth, ranking in enumerate(rankings, start=1) if (ranking != rankings[-1]).any()]
    assert fitted.saturation_depth_ == max(differing, default=0) + 1


def test_few_depths_are_ranked(rng, monkeypatch):
    calls = []
    monkeypatch.setattr(Depths, "ranking", counted(Depths.ranking, calls))
    fitted = InfFS(damping=0.99).fit(rng.standard_normal((30, 300)))
    depth = fitted.saturation_depth_
    assert len(calls) < 10
    del calls[:]
    fitted.hop_path()
    assert len(calls) < 40
    assert depth > 1


def counted(method, calls):
    def call(self, depth):
        calls.append(depth)
        return method(self, depth)

    return call
