"""Selection with a controlled false discovery rate."""

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from scipy.stats import beta
from sklearn import config_context
from sklearn.base import BaseEstimator, clone
from sklearn.covariance import EmpiricalCovariance, LedoitWolf
from sklearn.ensemble import RandomForestRegressor
from sklearn.feature_selection import SelectKBest, f_regression
from sklearn.linear_model import LassoCV, LinearRegression, LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline

from infsel import AttentionSelector, InfFS, KnockoffSelector

F_TEST = SelectKBest(f_regression, k=1)


def problem(rng, n=200, p=30, n_signals=15, noise=1.0):
    X = rng.standard_normal((n, p))
    X[:, 1:] += 0.5 * X[:, :-1]
    signal = np.isin(range(p), rng.choice(p, n_signals, replace=False))
    return X, X @ signal + noise * rng.standard_normal(n), signal


def test_signals_are_found(rng):
    X, y, signal = problem(rng)
    fitted = KnockoffSelector(Ridge(), random_state=0).fit(X, y)
    assert fitted.support_[signal].sum() >= 10
    assert fitted.support_[~signal].sum() <= 3
    np.testing.assert_array_equal(fitted.support_, fitted.scores_ >= fitted.threshold_)
    assert set(fitted.ranking_[fitted.support_]) == set(range(1, fitted.support_.sum() + 1))
    both = np.abs(fitted.selector_.coef_)
    np.testing.assert_allclose(fitted.scores_, both[:30] - both[30:])


def test_the_rate_is_held():
    """60 repetitions; the mean of false discovery proportions varies no more than coin flips of the same mean."""
    false = []
    for seed in range(60):
        X, y, signal = problem(np.random.default_rng(seed), n=150, p=30, n_signals=15, noise=6)
        mask = KnockoffSelector(F_TEST, fdr=0.2, random_state=seed).fit(X, y).support_
        false.append((mask & ~signal).sum() / max(mask.sum(), 1))
    total = sum(false)
    assert beta.ppf(0.025, total, 60 - total + 1) <= 0.2
    assert np.count_nonzero(false) > 10  # the cut is not merely too strict to err


def test_without_signals_hardly_anything_is_selected():
    found = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        mask = KnockoffSelector(F_TEST, fdr=0.5, random_state=seed).fit(rng.standard_normal((50, 10)), rng.random(50))
        found += mask.support_.any()
    assert beta.ppf(0.025, found, 100 - found + 1) <= 0.5  # binomial: the share of false discoveries is 0 or 1
    assert found > 0


def test_a_feature_and_its_unit_do_not_matter(rng):
    X, y, _ = problem(rng)
    fitted = KnockoffSelector(F_TEST, random_state=3).fit(X, y)
    scaled = KnockoffSelector(F_TEST, random_state=3).fit(X * np.geomspace(1e-3, 1e3, 30) + 5, y)
    np.testing.assert_allclose(scaled.scores_, fitted.scores_, rtol=1e-6, atol=1e-6)


def test_constant_columns_are_never_discovered(rng):
    X, y, _ = problem(rng)
    fitted = KnockoffSelector(F_TEST, random_state=0).fit(np.insert(X, 7, 2.0, axis=1), y)
    np.testing.assert_array_equal(
        np.delete(fitted.scores_, 7), KnockoffSelector(F_TEST, random_state=0).fit(X, y).scores_
    )
    assert (fitted.scores_[7], fitted.ranking_[7], fitted.support_[7]) == (0, 31, False)


@pytest.mark.parametrize(
    "selector", [LassoCV(cv=3), AttentionSelector(target_token=True), InfFS(readout="seeded", start="pearson")]
)
def test_anything_that_scores_with_the_target(rng, selector):
    X, y, signal = problem(rng)
    scores = KnockoffSelector(selector, random_state=0).fit(X, y).scores_
    assert scores[signal].mean() > scores[~signal].mean()


def test_classes_and_forests(rng):
    X, y, signal = problem(rng)
    labels = np.digitize(y, [-2, 2])
    scores = KnockoffSelector(LogisticRegression(), random_state=0).fit(X, labels).scores_
    assert scores[signal].mean() > scores[~signal].mean()
    forest = RandomForestRegressor(5)
    first, second = (KnockoffSelector(forest, random_state=1).fit(X, y).scores_ for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert forest.random_state is None


def test_the_seed_decides(rng):
    X, y, _ = problem(rng)
    a, b, c = (KnockoffSelector(F_TEST, random_state=seed).fit(X, y).scores_ for seed in (0, 0, 1))
    np.testing.assert_array_equal(a, b)
    assert (a != c).any()


def test_given_and_estimated_covariances(rng):
    X, y, _ = problem(rng)
    given = KnockoffSelector(F_TEST, covariance=np.cov(X, rowvar=False, ddof=0), random_state=0).fit(X, y)
    estimated = KnockoffSelector(F_TEST, covariance=EmpiricalCovariance(), random_state=0).fit(X, y)
    np.testing.assert_allclose(given.scores_, estimated.scores_, rtol=1e-6, atol=1e-6)
    shrunk = KnockoffSelector(F_TEST, covariance=LedoitWolf(), random_state=0).fit(X, y)
    assert (shrunk.scores_ != estimated.scores_).any()
    assert KnockoffSelector(F_TEST, random_state=0).fit(X[:40], y[:40]).scores_.any()
    assert KnockoffSelector(F_TEST, random_state=0).fit(X[:20], y[:20]).scores_.any()  # fewer samples than features


def test_single_precision_and_frames(rng):
    X, y, _ = problem(rng)
    double = KnockoffSelector(F_TEST, random_state=0).fit(X, y)
    single = KnockoffSelector(F_TEST, random_state=0).fit(X.astype(np.float32), y)
    np.testing.assert_allclose(single.scores_, double.scores_, rtol=1e-2, atol=1e-2)
    frame = pd.DataFrame(X, columns=[f"c{j}" for j in range(30)])
    named = KnockoffSelector(F_TEST, random_state=0).fit(frame, y).set_output(transform="pandas")
    assert named.transform(frame).columns.tolist() == frame.columns[double.support_].tolist()


class WeighedScores(BaseEstimator):
    """Weighted covariances with the target; it remembers what it was given."""

    def fit(self, X, y, sample_weight=None, check=None):
        w = np.ones(len(y)) if sample_weight is None else np.asarray(sample_weight)
        self.weight_, self.check_ = w, check
        self.scores_ = np.abs((w * (y - np.average(y, weights=w))) @ (X - np.average(X, axis=0, weights=w)))
        return self


def test_weights_reach_the_selector(rng):
    X, y, _ = problem(rng)
    weight = rng.random(200)
    plain = KnockoffSelector(WeighedScores(), random_state=0).fit(X, y, sample_weight=weight)
    with config_context(enable_metadata_routing=True):
        inner = WeighedScores().set_fit_request(sample_weight=True)
        routed = KnockoffSelector(inner, random_state=0).fit(X, y, sample_weight=weight)
        model = LinearRegression().set_fit_request(sample_weight=False)
        outer = make_pipeline(KnockoffSelector(inner, fdr=0.9, random_state=0), model)
        inside = outer.fit(X, y, sample_weight=weight)[0]
        with pytest.raises(TypeError, match="unexpected argument"):
            KnockoffSelector(inner).fit(X, y, groups=weight)
    np.testing.assert_array_equal(plain.selector_.weight_, weight)
    np.testing.assert_array_equal(routed.scores_, plain.scores_)
    np.testing.assert_array_equal(inside.scores_, plain.scores_)


@pytest.mark.parametrize(
    ("parameters", "error", "message"),
    [
        ({"fdr": 0}, ValueError, "fdr=0: pass a number between 0 and 1; 0.1 lets one in ten"),
        ({"fdr": 1.0}, ValueError, "fdr=1.0: pass a number between"),
        ({"fdr": "low"}, TypeError, "fdr='low': pass a number"),
        ({"offset": 2}, ValueError, "offset=2: pass a whole number from 0 to 1; 1 controls"),
        ({"covariance": np.eye(3)}, ValueError, r"covariance has shape \(3, 3\), but X has 30 columns"),
        ({"covariance": np.zeros((30, 30)) + 1}, ValueError, "positive definite"),
        ({"selector": InfFS()}, ValueError, "gives the same scores to a shuffled target"),
    ],
)
def test_wrong_parameters(parameters, error, message, rng):
    X, y, _ = problem(rng)
    selector = clone(KnockoffSelector(F_TEST)).set_params(**parameters)
    with pytest.raises(error, match=message):
        selector.fit(X, y)


class Silent(BaseEstimator):
    def __init__(self, scores=None):
        self.scores = scores

    def fit(self, X, y):
        if self.scores is not None:
            self.scores_ = self.scores
        return self


def test_selectors_that_score_nothing(rng):
    X, y, _ = problem(rng)
    with pytest.raises(TypeError, match="Silent has neither feature_importances_ nor coef_ nor scores_"):
        KnockoffSelector(Silent()).fit(X, y)
    for scores in (np.ones(30), np.full(60, np.nan)):
        with pytest.raises(ValueError, match="scores_ of Silent must hold one finite number for each of 60"):
            KnockoffSelector(Silent(scores)).fit(X, y)


def test_tables_that_cannot_have_knockoffs(rng):
    X, y, _ = problem(rng)
    with pytest.raises(TypeError, match=r"X is sparse: pass X\.toarray"):
        KnockoffSelector(F_TEST).fit(sp.csr_array(X), y)
    with pytest.raises(ValueError, match="every column of X is constant"):
        KnockoffSelector(F_TEST).fit(np.ones((5, 3)), np.arange(5))
    with pytest.raises(ValueError, match="requires y"):
        KnockoffSelector(F_TEST).fit(X)
