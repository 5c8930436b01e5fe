"""Partial correlation against inverses of covariances, matching pursuit and the blanket of planted tables."""

import naive
import numpy as np
import pytest
import scipy.stats
from sklearn.base import clone
from sklearn.linear_model import LinearRegression, RidgeCV, orthogonal_mp
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline

from infsel import CriterionSelector
from infsel.criteria import Candidates, PartialCorrelation
from infsel.tables import as_table

AUTO = CriterionSelector("partial-correlation", n_features_to_select="auto")


def table(seed, n_samples=300, n_features=40, causes=4):
    """Causes, three proxies of each, and noise."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n_samples, n_features))
    X[:, causes : 4 * causes] = np.tile(X[:, :causes], 3) + 0.5 * X[:, causes : 4 * causes]
    return X, X[:, :causes] @ np.linspace(0.6, 1.4, causes) + 0.8 * rng.standard_normal(n_samples)


def gains_of(X, y, picks, **options):
    gains = PartialCorrelation(**options).gains(Candidates(as_table(X), y, "auto"))
    for pick in picks:
        gains.pick(pick)
    return gains


@pytest.mark.parametrize("picks", [[], [3], [3, 0, 17]])
def test_a_gain_is_the_partial_correlation(picks):
    X, y = table(0)
    gains = gains_of(X, y, picks)
    rest = [j for j in range(40) if j not in picks]
    expected = [abs(naive.partial_correlation(X[:, j], y, X[:, picks])) for j in rest]
    np.testing.assert_allclose(gains.values[rest], expected, rtol=1e-11, atol=1e-13)


def test_several_outputs_have_the_multiple_partial_correlation(rng):
    X, y = table(1)
    Y = np.column_stack([y, X[:, 7] + rng.standard_normal(300)])
    gains = gains_of(X, Y, [2])
    given = LinearRegression().fit(X[:, [2]], np.column_stack([X, Y]))
    left = np.column_stack([X, Y]) - given.predict(X[:, [2]])
    for j in (0, 5, 30):
        share = LinearRegression().fit(left[:, -2:], left[:, j]).score(left[:, -2:], left[:, j])
        assert gains.values[j] == pytest.approx(np.sqrt(share), rel=1e-10)


@pytest.mark.parametrize("seed", range(5))
def test_the_picks_are_those_of_least_squares_forward(seed):
    X, y = table(seed, 60, 12, 3)
    fitted = CriterionSelector("omp", n_features_to_select=6).fit(X, y)
    picked = []
    for _ in range(6):  # orthogonal least squares: the column that leaves the least
        left = {
            j: LinearRegression().fit(X[:, [*picked, j]], y).score(X[:, [*picked, j]], y)
            for j in range(12)
            if j not in picked
        }
        picked.append(max(left, key=left.get))
    assert np.argsort(fitted.ranking_)[:6].tolist() == picked


def test_orthogonal_columns_are_picked_as_by_matching_pursuit(rng):
    Q = np.linalg.qr(np.c_[np.ones(50), rng.standard_normal((50, 10))])[0][:, 1:]
    y = Q @ rng.standard_normal(10)
    fitted = CriterionSelector("omp", n_features_to_select=4).fit(Q, y)
    pursued = np.flatnonzero(orthogonal_mp(Q, y - y.mean(), n_nonzero_coefs=4))
    np.testing.assert_array_equal(np.flatnonzero(fitted.support_), pursued)


@pytest.mark.parametrize("seed", range(10))
def test_the_blanket_is_the_causes(seed):
    X, y = table(seed)
    fitted = clone(AUTO).fit(X, y)
    np.testing.assert_array_equal(np.flatnonzero(fitted.support_), range(4))
    members = fitted.to_frame().head(4)
    for name, gain in zip(members.feature, members.gain, strict=True):  # each beside the others
        j = int(name[1:])
        others = [i for i in range(4) if i != j]
        assert gain == pytest.approx(abs(naive.partial_correlation(X[:, j], y, X[:, others])), rel=1e-9)
    assert (np.diff(members.gain) <= 0).all()


def test_significance_is_that_of_fisher_s_z():
    X, y = table(3)
    gains = gains_of(X, y, [0, 1], alpha=0.01)
    r = gains.values[5]
    p = 2 * (1 - scipy.stats.norm.cdf(np.sqrt(300 - 2 - 3) * 0.5 * np.log((1 + r) / (1 - r))))
    for n_tested in (1, 5, 10**6):
        assert gains.is_significant(5, n_tested) == (p * n_tested <= 0.01)


def test_noise_has_no_blanket_at_the_stated_level():
    rng, found = np.random.default_rng(0), 0
    for _ in range(200):
        X, y = rng.standard_normal((60, 20)), rng.standard_normal(60)
        gains = gains_of(X, y, [], alpha=0.2)
        found += not gains.is_done(np.ones(20, dtype=bool))
    assert found / 200 < 0.2 + 3 * np.sqrt(0.2 * 0.8 / 200)
    with pytest.warns(UserWarning, match="No column is significantly related to y"):
        assert clone(AUTO).fit(rng.standard_normal((60, 20)), rng.standard_normal(60)).support_.sum() == 1


def test_laws():
    X, y = table(5)
    fitted = clone(AUTO).fit(X, y)
    order = np.random.default_rng(1).permutation(40)
    np.testing.assert_array_equal(clone(AUTO).fit(X[:, order], y).support_, fitted.support_[order])
    np.testing.assert_array_equal(clone(AUTO).fit(X * 3 - 1, 5 - 2 * y).support_, fitted.support_)
    weights = np.random.default_rng(2).integers(0, 3, 300)
    weighted = clone(AUTO).fit(X, y, sample_weight=weights)
    np.testing.assert_array_equal(
        weighted.ranking_[:4], clone(AUTO).fit(np.repeat(X, weights, axis=0), np.repeat(y, weights)).ranking_[:4]
    )
    np.testing.assert_array_equal(clone(AUTO).fit(X.astype(np.float32), y).support_, fitted.support_)


def test_classes_groups_and_columns_to_keep():
    X, y = table(6, 600)
    labels = np.digitize(y, [-1, 1])
    assert set(np.flatnonzero(clone(AUTO).fit(X, labels).support_)) <= set(range(16))
    kept = clone(AUTO).set_params(keep=[30], exclude=[2]).fit(X, y)
    assert kept.support_[[30, 0, 1, 3]].all()
    assert not kept.support_[2]
    assert kept.to_frame().set_index("feature").step["x30"] == 0
    grouped = clone(AUTO).set_params(feature_groups=[[0, 35]]).fit(X, y)
    assert grouped.support_[[0, 35]].all()


def test_it_works_in_a_search_and_a_number_overrules_it():
    X, y = table(7)
    model = make_pipeline(clone(AUTO), RidgeCV())
    grid = {"criterionselector__criterion": [PartialCorrelation(alpha) for alpha in (0.001, 0.1)]}
    assert GridSearchCV(model, grid, cv=3).fit(X, y).best_score_ > 0.5
    fitted = clone(AUTO).set_params(n_features_to_select=7).fit(X, y)
    assert fitted.support_.sum() == 7


def test_what_cannot_be_is_refused_or_ends():
    X, y = table(8)
    for alpha in (0, 1):
        with pytest.raises(ValueError, match=f"alpha={alpha}: pass a number between 0 and 1"):
            CriterionSelector(PartialCorrelation(alpha=alpha)).fit(X, y)
    with pytest.raises(ValueError, match="n_features_to_select='auto'"):
        CriterionSelector("jmi", n_features_to_select="auto").fit(X, y)
    with pytest.raises(ValueError, match=r"constant|one value|varies"):
        clone(AUTO).fit(X, np.ones(300))
    exact = clone(AUTO).fit(X, X[:, 3] - X[:, 20])  # nothing is left after two
    assert np.flatnonzero(exact.support_).tolist() == [3, 20]
    few = gains_of(X[:9], X[:9, 3] - X[:9, 20], [3, 20])
    assert few.is_done(np.ones(40, dtype=bool))  # one pick for four samples, and nothing is left
