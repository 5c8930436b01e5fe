"""Scores from landmarks, their stated errors, and the exact last hop of the contenders."""

import numpy as np
import pytest
import scipy.sparse as sp

from infsel import AttentionSelector, InfFS
from infsel.affinities import Attention
from infsel.krylov import Krylov

SELECTORS = {
    "classic": InfFS(),
    "three hops": InfFS(n_hops=3),
    "stationary": InfFS(propagation="stationary"),
    "heat": InfFS(propagation="heat"),
    "received": InfFS(normalization="row", readout="received"),
    "total": InfFS(readout="total"),
    "seeded": InfFS(readout="seeded", start=lambda X, y: np.arange(X.shape[1]) % 3),
    "sub-stochastic": InfFS(normalization="sub-stochastic"),
    "attention": AttentionSelector(),
    "heads": AttentionSelector(n_heads=2),
}


@pytest.fixture(scope="module")
def factors():
    rng = np.random.default_rng(3)
    loadings = rng.standard_normal((5, 600)) * rng.exponential(1, 600)
    return rng.standard_normal((40, 5)) @ loadings + rng.standard_normal((40, 600))


@pytest.mark.parametrize("name", SELECTORS)
def test_the_stated_errors_cover_the_true_ones(factors, name):
    exact = SELECTORS[name].fit(factors)
    deviations = []
    for seed in range(4):
        sampled = _sampled(SELECTORS[name], 200, seed).fit(factors)
        deviations.append((sampled.scores_ - exact.scores_) / sampled.score_errors_)
    typical = np.sqrt(np.mean(np.square(deviations)))
    assert 0.3 < typical < 3, typical


@pytest.mark.filterwarnings("ignore:n_landmarks=100 leaves the selection uncertain")
@pytest.mark.parametrize("name", ["classic", "seeded", "attention"])
def test_contenders_come_closer(factors, name):
    exact = SELECTORS[name].fit(factors).scores_
    sampled = _sampled(SELECTORS[name], 100, 0).set_params(n_features_to_select=20).fit(factors)
    before = sum(flow.scores for flow in sampled._result.flows)
    assert 20 <= sampled.rescored_.sum() <= 400
    assert sampled.support_[~sampled.rescored_].sum() <= 2
    assert _error(sampled.scores_, exact, sampled.rescored_) < _error(before, exact, sampled.rescored_)


def test_the_best_are_found_and_the_recall_expected(factors):
    exact = InfFS(n_features_to_select=30).fit(factors)
    recalls, expected = [], []
    for seed in range(4):
        sampled = InfFS(n_features_to_select=30, solver=Krylov(n_landmarks=100, random_state=seed)).fit(factors)
        recalls.append(np.mean(exact.support_[sampled.support_]))
        expected.append(sampled.expected_recall_)
    assert np.mean(recalls) > 0.97
    assert abs(np.mean(recalls) - np.mean(expected)) < 0.03


def test_the_last_hop_of_a_contender_is_exact(factors):
    sampled = InfFS(solver=Krylov(n_landmarks=100, random_state=0), n_features_to_select=20).fit(factors)
    A, (flow,) = sampled.graph_.to_dense(), sampled._result.flows
    np.testing.assert_allclose((A @ flow.inflow())[sampled.rescored_], sampled.scores_[sampled.rescored_], rtol=1e-9)


def test_sparse_tables_have_landmarks_too(rng):
    X = rng.poisson(0.3, (60, 500)).astype(float)
    options = {"correlation": "pearson", "solver": Krylov(n_landmarks=64, random_state=0)}
    dense, sparse = InfFS(**options).fit(X), InfFS(**options).fit(sp.csc_array(X))
    np.testing.assert_allclose(sparse.scores_, dense.scores_, rtol=1e-9)


def test_an_uncertain_selection_warns(rng):
    selector = AttentionSelector(solver=Krylov(n_landmarks=16, random_state=0), n_features_to_select=5)
    with pytest.warns(UserWarning, match=r"n_landmarks=16 leaves the selection uncertain: about \d+% of"):
        selector.fit(rng.standard_normal((30, 400)))


def test_the_random_state_decides(factors):
    first, again, other = (InfFS(solver=Krylov(n_landmarks=50, random_state=seed)).fit(factors) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.scores_, again.scores_)
    assert (first.scores_ != other.scores_).any()


def test_enough_landmarks_are_all_features(factors):
    selector = InfFS(solver=Krylov(n_landmarks=100)).fit(factors)
    assert hasattr(selector, "score_errors_")
    selector.set_params(solver__n_landmarks=600).fit(factors)
    np.testing.assert_array_equal(selector.scores_, InfFS().fit(factors).scores_)
    assert not hasattr(selector, "score_errors_")


def test_structured_affinities_have_no_error(factors):
    exact = InfFS(alpha=1.0).fit(factors)
    sampled = InfFS(alpha=1.0, solver=Krylov(n_landmarks=50)).fit(factors)
    np.testing.assert_allclose(sampled.scores_, exact.scores_, rtol=1e-10)
    assert sampled.score_errors_.max() < 1e-10 * exact.scores_.max()
    assert sampled.expected_recall_ == 1


def test_constant_columns_stay_outside(factors):
    X = factors.copy()
    X[:, [3, 500]] = 1
    selector = InfFS(solver=Krylov(n_landmarks=50, random_state=0)).fit(X)
    assert selector.ranking_[[3, 500]].tolist() == [599, 600]
    assert not selector.rescored_[[3, 500]].any()
    assert selector.score_errors_[[3, 500]].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("n_landmarks", "error"), [(15, ValueError), (0, ValueError), (30.5, ValueError), ("many", TypeError)]
)
def test_too_few_landmarks(factors, n_landmarks, error):
    with pytest.raises(error, match=r"n_landmarks=.*from 16 up"):
        InfFS(solver=Krylov(n_landmarks=n_landmarks)).fit(factors)


def test_the_largest_of_several_heads_has_no_landmarks(factors):
    affinity = Attention(n_heads=2, pooling="max")
    with pytest.raises(ValueError, match="n_landmarks needs products that follow"):
        InfFS(affinity=affinity, normalization="softmax", readout="received", solver=Krylov(n_landmarks=50)).fit(
            factors
        )


def _sampled(selector, n_landmarks, seed):
    return type(selector)(
        **selector.get_params(deep=False) | {"solver": Krylov(n_landmarks=n_landmarks, random_state=seed)}
    )


def _error(scores, exact, features):
    """Spread of the relative errors: a factor that all scores share ranks nothing."""
    return np.std(scores[features] / scores.mean() - exact[features] / exact.mean())
