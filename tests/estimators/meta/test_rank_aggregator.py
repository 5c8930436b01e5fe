import naive
import numpy as np
import pytest
from scipy.stats import rankdata
from sklearn import config_context
from sklearn.base import BaseEstimator, clone
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_selection import RFE, SelectFromModel, SelectKBest, SequentialFeatureSelector, VarianceThreshold
from sklearn.linear_model import BayesianRidge, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler

from infsel import CoverageSelector, CriterionSelector, DeflatedPopularity, InfFS, RankAggregator
from infsel.selection import FUSIONS, fuse
from infsel.tables import _standardize, as_table


@pytest.fixture
def X(rng):
    X = rng.standard_normal((60, 8))
    X[:, 5] = 4
    return X


@pytest.fixture
def y(X):
    return (X[:, 1] + 0.5 * X[:, 6] > 0).astype(int)


MEMBERS = [("coverage", CoverageSelector(n_features_to_select=8)), ("popularity", DeflatedPopularity())]


@pytest.mark.parametrize("method", FUSIONS)
def test_the_scores_are_those_of_the_ranks_among_the_columns_that_vary(method, X, y):
    fitted = RankAggregator(MEMBERS, method=method, weights=[2, 1]).fit(X, y)
    inside = np.arange(8) != 5
    ranks = np.array([rankdata(clone(selector).fit(X, y).ranking_[inside]) for _, selector in MEMBERS])
    expected = fuse(ranks, np.array([2.0, 1.0]), method)
    np.testing.assert_array_equal(fitted.ranks_[:, inside], ranks)
    assert np.isnan(fitted.ranks_[:, 5]).all()
    np.testing.assert_allclose(fitted.scores_[inside], expected, atol=1e-12)
    assert (fitted.scores_[5], fitted.ranking_[5]) == (0, 8)
    np.testing.assert_array_equal(fitted.ranking_[inside], naive.ranking(expected))


@pytest.mark.filterwarnings("ignore:Features .* are constant")
@pytest.mark.filterwarnings("ignore:invalid value encountered in divide")
@pytest.mark.parametrize(
    ("selector", "worth"),
    [
        (SelectKBest(k=2), lambda s: np.nan_to_num(s.scores_, nan=-1)),
        (SelectFromModel(LogisticRegression()), lambda s: np.abs(s.estimator_.coef_[0])),
        (LogisticRegression(), lambda s: np.abs(s.coef_[0])),
        (BayesianRidge(compute_score=True), lambda s: np.abs(s.coef_)),  # whose scores_ are those of its iterations
        (RandomForestClassifier(10, random_state=0), lambda s: s.feature_importances_),
        (RFE(LogisticRegression()), lambda s: -s.ranking_),
        (VarianceThreshold(), lambda s: s.get_support().astype(float)),
        (
            SequentialFeatureSelector(LogisticRegression(), n_features_to_select=2),
            lambda s: s.get_support().astype(float),
        ),
        (make_pipeline(MinMaxScaler(), InfFS()), lambda s: -s[-1].ranking_),
    ],
    ids=lambda value: type(value).__name__,
)
def test_selectors_of_any_kind(selector, worth, X, y):
    fitted = RankAggregator([("it", selector)]).fit(X, y)
    inside = np.arange(8) != 5
    np.testing.assert_array_equal(fitted.ranks_[0, inside], rankdata(-worth(fitted.selectors_[0][1])[inside]))


def test_several_outputs_count_by_the_norm_of_their_coefficients(X):
    y = np.arange(60) % 3
    fitted = RankAggregator([("model", LogisticRegression())]).fit(X, y)
    worth = np.linalg.norm(fitted.selectors_[0][1].coef_, axis=0)
    assert fitted.ranking_[worth.argmax()] == 1


def test_statistics_are_computed_once(X, y, monkeypatch):
    calls = []
    unit_columns = _standardize.unit_columns
    monkeypatch.setattr(_standardize, "unit_columns", lambda table: calls.append(1) or unit_columns(table))
    members = [*MEMBERS, ("suppression", CriterionSelector("suppression")), ("fcq", CriterionSelector("mrmr-fcq"))]
    RankAggregator(members, n_jobs=2).fit(X, y)
    assert len(calls) == 1
    for _, selector in members:
        clone(selector).fit(X, y)
    assert len(calls) == 1 + len(members)


def test_jobs_and_backends_change_nothing(X, y):
    from joblib import parallel_config

    one, two = (RankAggregator(MEMBERS, n_jobs=n).fit(X, y).scores_ for n in (None, 2))
    np.testing.assert_array_equal(one, two)
    with parallel_config("loky", n_jobs=1):
        np.testing.assert_array_equal(RankAggregator(MEMBERS).fit(X, y).scores_, one)


def test_members_are_not_touched_and_their_parameters_reachable(X, y):
    aggregator = RankAggregator(MEMBERS)
    aggregator.fit(X, y)
    assert not hasattr(MEMBERS[0][1], "ranking_")
    assert aggregator.get_params()["coverage__n_features_to_select"] == 8
    changed = clone(aggregator).set_params(coverage__n_features_to_select=2, popularity=InfFS())
    assert changed.selectors[0][1].n_features_to_select == 2
    assert isinstance(changed.selectors[1][1], InfFS)


def test_without_a_target_and_with_columns_that_copy(rng):
    X = rng.standard_normal((40, 5))
    X = np.c_[X, X[:, 2]]
    fitted = RankAggregator([("a", DeflatedPopularity()), ("b", DeflatedPopularity(n_features_to_select=1))]).fit(X)
    assert fitted.ranking_[5] == 6


def test_aggregates_of_aggregates(X, y):
    inner = RankAggregator(MEMBERS)
    outer = RankAggregator([("inner", inner), ("jmi", CriterionSelector())]).fit(X, y)
    np.testing.assert_array_equal(outer.ranks_[0, :5], inner.fit(X, y).ranking_[:5])


def test_weights_reach_the_members_that_ask_for_them(X, y):
    weights = np.r_[np.ones(30), np.full(30, 3.0)]
    with config_context(enable_metadata_routing=True):
        asking = CoverageSelector(n_features_to_select=8).set_fit_request(sample_weight=True)
        fitted = RankAggregator([("coverage", asking)]).fit(X, y, sample_weight=weights)
    alone = CoverageSelector(n_features_to_select=8).fit(X, y, sample_weight=weights)
    np.testing.assert_array_equal(fitted.ranking_, alone.ranking_)
    without = RankAggregator([("coverage", CoverageSelector(n_features_to_select=8))])
    np.testing.assert_array_equal(without.fit(X, y, sample_weight=weights).ranking_, alone.ranking_)
    with pytest.raises(TypeError, match=r"selectors\['anova'\], SelectKBest, takes none: leave it out, or enable"):
        RankAggregator([*without.selectors, ("anova", SelectKBest(k=2))]).fit(X, y, sample_weight=weights)
    with pytest.raises(ValueError, match="enable_metadata_routing=True"):
        without.fit(X, y, groups=weights)


class Silent(BaseEstimator):
    def fit(self, X, y=None):
        return self


@pytest.mark.parametrize(
    ("selectors", "parameters", "error", "message"),
    [
        ([], {}, ValueError, r"selectors=\[\]: pass a list of"),
        ([InfFS()], {}, ValueError, r"selectors=\[InfFS.*pass a list of \(name, selector\) pairs"),
        ([("a", Silent())], {}, TypeError, "selector 'a', Silent.., has no ranking_"),
        ([("a", InfFS()), ("a", InfFS())], {}, ValueError, "not unique"),
        (MEMBERS, {"method": "mean"}, ValueError, "method='mean': choose one of 'log-position'"),
        (MEMBERS, {"weights": [1]}, ValueError, r"weights=\[1\]: pass 2 finite"),
        (MEMBERS, {"weights": [1, -1]}, ValueError, "non-negative"),
        (MEMBERS, {"weights": [0, 0]}, ValueError, "one is positive"),
        (MEMBERS, {"weights": [1, np.nan]}, ValueError, "finite"),
        (MEMBERS, {"smoothing": -1}, ValueError, "smoothing=-1"),
        (MEMBERS, {"n_features_to_select": 9}, ValueError, "X has 8 features"),
        ([("a", make_pipeline(VarianceThreshold(), InfFS()))], {}, ValueError, "'a' ranks 7 features and X has 8"),
    ],
)
def test_wrong_parameters(selectors, parameters, error, message, X, y):
    with pytest.raises(error, match=message):
        RankAggregator(selectors, **parameters).fit(X, y)


def test_nothing_varies(y):
    with pytest.raises(ValueError, match="every column of X is constant"):
        RankAggregator(MEMBERS).fit(np.ones((60, 3)), y)


def test_a_table_keeps_its_names(X, y):
    names = np.array([f"c{i}" for i in range(X.shape[1])], dtype=object)
    table = as_table(X, names=names)
    RankAggregator([("walks", InfFS())]).fit(table)
    assert table.names is names
