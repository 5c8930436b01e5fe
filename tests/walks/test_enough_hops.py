"""The fewest hops that certainly select what infinitely many would."""

import naive
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone

from infsel import InfFS
from infsel.krylov import Krylov


def graph(rng, n, share):
    A = rng.random((n, n)) * (rng.random((n, n)) < share)
    return A + A.T + 0.1 * np.eye(n)


@pytest.fixture
def X(rng):
    return rng.standard_normal((12, 40))


@pytest.mark.parametrize("damping", [0.5, 0.9, 0.99])
@pytest.mark.parametrize("k", [1, 7, 20])
def test_the_depth_is_its_definition(damping, k, X, rng):
    A = graph(rng, 40, 0.2)
    fitted = InfFS(affinity=A, n_hops="auto", damping=damping, n_features_to_select=k).fit(X)
    n_hops, scores = naive.enough_hops(A / np.abs(np.linalg.eigvalsh(A)).max(), np.ones(40), damping, k)
    assert fitted.n_hops_ == n_hops
    np.testing.assert_allclose(fitted.scores_, scores, rtol=1e-7)
    assert fitted.error_ < 1e-7


@given(seed=st.integers(0, 2**32), damping=st.sampled_from([0.3, 0.9, 0.99]), share=st.sampled_from([0.05, 0.3, 1]))
def test_it_selects_what_infinitely_many_hops_select(seed, damping, share):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 60))
    A, X = graph(rng, n, share), rng.standard_normal((9, n))
    exact = InfFS(affinity=A, damping=damping, n_features_to_select=int(rng.integers(1, n + 1)))
    cut = clone(exact).set_params(n_hops="auto").fit(X)
    np.testing.assert_array_equal(cut.support_, exact.fit(X).support_)
    assert 0 < cut.hop_profile_.sum() < 1 + 1e-9
    again = clone(exact).set_params(n_hops=int(cut.n_hops_)).fit(X)
    np.testing.assert_allclose(again.scores_, cut.scores_, rtol=1e-7)


def test_it_knows_both_directions_starts_groups_and_what_must_stay(X, rng):
    A = rng.random((40, 40))
    for settings in (
        {"readout": "total"},
        {"readout": "seeded", "start": rng.random(40)},
        {"readout": "attended", "start": rng.random(40)},
        {"readout": "settled", "start": rng.random(40)},
        {"keep": [3, 5], "exclude": [7], "feature_groups": [[1, 2, 9], [4, 8]]},
    ):
        exact = InfFS(affinity=A, n_features_to_select=6, **settings)
        cut = clone(exact).set_params(n_hops="auto").fit(X)
        np.testing.assert_array_equal(cut.support_, exact.fit(X).support_)
        assert np.isfinite(cut.n_hops_)


def test_equal_scores_and_two_sides_end_where_walks_do():
    X = np.random.default_rng(0).standard_normal((9, 6))
    sides = np.zeros((6, 6))
    sides[:3, 3:] = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]  # walks change sides, so that h has zeros at every depth
    for A, start in ((np.ones((6, 6)), np.ones(6)), (sides + sides.T, np.r_[1, 0, 0, 0, 0, 0])):
        exact = InfFS(affinity=A, readout="seeded", start=start, n_features_to_select=2).fit(X)
        cut = clone(exact).set_params(n_hops="auto").fit(X)
        np.testing.assert_array_equal(cut.support_, exact.support_)


def test_what_bounds_do_not_cover_is_refused(X):
    signed = np.corrcoef(X.T)
    for settings, message in (
        ({"affinity": signed}, "affinity without negative entries"),
        ({"threshold": "mean"}, "not how many"),
        ({"n_features_to_select": "auto"}, "not how many"),
        ({"solver": Krylov(n_landmarks=16)}, "n_hops='auto' needs exact scores"),
        ({"propagation": "stationary"}, "n_hops='auto' is not read"),
        ({"n_hops": "all"}, "n_hops='all': pass a whole number"),
    ):
        with pytest.raises(ValueError, match=message):
            InfFS(**({"n_hops": "auto"} | settings)).fit(X)


def test_hop_gain_is_what_longer_walks_change(X, rng):
    fitted = InfFS(affinity=graph(rng, 40, 0.2)).fit(X)
    assert fitted.hop_gain_ == pytest.approx(1 - fitted.hop_path().kendall[0])
    assert InfFS(affinity=graph(rng, 40, 0.2), n_hops=1).fit(X).hop_gain_ == 0
