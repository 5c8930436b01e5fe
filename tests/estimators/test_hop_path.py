"""From which depth longer walks no longer change the ranking."""

import naive
import numpy as np
import pytest
from sklearn.datasets import load_wine

from infsel import AttentionSelector, InfFS
from infsel.comparison import kendall, rank_biased_overlap, spearman, top_k_overlap, weighted_kendall


@pytest.fixture
def wine():
    return load_wine().data


def test_every_depth_is_the_ranking_of_a_fit_of_that_depth(wine):
    fitted = InfFS(n_features_to_select=4).fit(wine)
    path = fitted.hop_path(p=0.8)
    for depth in (1, 2, 3, 10):
        short = InfFS(n_hops=depth).fit(wine)
        row = path.iloc[depth - 1]
        assert row.n_hops == depth
        assert row.kendall == kendall(short.ranking_, fitted.ranking_)
        assert row.spearman == spearman(short.ranking_, fitted.ranking_)
        assert row.weighted_kendall == weighted_kendall(short.ranking_, fitted.ranking_)
        assert row.rank_biased_overlap == rank_biased_overlap(short.ranking_, fitted.ranking_, 0.8)
        assert row.top_k_overlap == top_k_overlap(short.ranking_, fitted.ranking_, 4)
        assert row.share == pytest.approx(fitted.hop_profile_[:depth].sum())
    assert len(path) == len(fitted.hop_profile_)
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
