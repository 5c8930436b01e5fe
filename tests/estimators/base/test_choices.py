"""Columns to keep and to exclude, groups, costs, thresholds: what users may ask of every selector."""

import pickle

import numpy as np
import pandas as pd
import pytest
from public import EVERY
from sklearn.base import clone
from sklearn.datasets import load_wine
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler

from infsel import AttentionSelector, InfFS
from infsel.estimators.base import _ranking
from infsel.estimators.base._column_choices import choices
from infsel.estimators.base._ranking import RankingSelector
from infsel.selection import n_automatic

SELECTORS = [InfFS(), InfFS(constant_columns="inside"), AttentionSelector(temperature=5)]


@pytest.fixture(params=SELECTORS, ids=repr)
def selector(request):
    return clone(request.param)


@pytest.fixture
def wine():
    return load_wine(return_X_y=True, as_frame=True)[0]


def test_excluded_columns_are_as_if_they_were_not_there(selector, wine):
    X = wine.assign(constant=1.0)
    without = clone(selector).fit(X.drop(columns=["ash", "proline"]))
    fitted = selector.set_params(exclude=["proline", 2]).fit(X)
    rest = ~X.columns.isin(["ash", "proline"])
    np.testing.assert_array_equal(fitted.scores_[rest], without.scores_)
    assert fitted.get_feature_names_out().tolist() == without.get_feature_names_out().tolist()
    assert fitted.scores_[~rest].tolist() == [0, 0]
    with pytest.raises(ValueError, match="'ash' is constant or excluded: it has no place in the graph"):
        fitted.explain("ash")
    assert set(fitted.explain("alcohol")["name"]).isdisjoint({"ash", "proline"})


def test_kept_columns_stay_whatever_their_score(selector, wine):
    X = wine.assign(constant=1.0)
    best = clone(selector).set_params(n_features_to_select=3).fit(X)
    worst = X.columns[best.ranking_ == 14]
    fitted = selector.set_params(n_features_to_select=4, keep=worst).fit(X)
    np.testing.assert_array_equal(fitted.ranking_, best.ranking_)
    assert set(fitted.get_feature_names_out()) == {*best.get_feature_names_out(), *worst}


def test_groups_stand_and_fall_together(selector, wine):
    X = wine.assign(constant=1.0)
    groups = {"phenols": ["total_phenols", "flavanoids", "constant"], "color": ["hue", "color_intensity"]}
    plain = clone(selector).fit(X)
    fitted = selector.set_params(feature_groups=groups, n_features_to_select=5).fit(X)
    np.testing.assert_array_equal(fitted.scores_, plain.scores_)
    for columns in groups.values():
        assert len(set(fitted.support_[X.columns.isin(columns)])) == 1
    ranks = np.sort(fitted.ranking_[X.columns.isin(groups["phenols"])])
    assert np.ptp(ranks) == 2
    units = [[c] for c in X.columns if not any(c in group for group in groups.values())] + list(groups.values())
    score = dict(zip(X.columns, plain.scores_, strict=True))
    inside = np.ones(14, bool) if selector.get_params().get("constant_columns") == "inside" else X.std() > 0
    varying = dict(zip(X.columns, inside, strict=True))
    units.sort(key=lambda unit: -np.mean([score[c] for c in unit if varying[c]] or [-1]))
    assert set(fitted.get_feature_names_out()) == {c for unit in units[:5] for c in unit}


def test_groups_as_lists_of_numbers(wine):
    by_name = InfFS(feature_groups={"a": ["ash", "hue"]}).fit(wine)
    by_number = InfFS(feature_groups=[[2, wine.columns.get_loc("hue")]]).fit(wine.to_numpy())
    np.testing.assert_array_equal(by_name.ranking_, by_number.ranking_)


def test_the_cheaper_of_two_equal_columns_comes_first(selector, table):  # columns 1 and 3 are equal
    assert clone(selector).fit(table).ranking_[1] < clone(selector).fit(table).ranking_[3]
    costs = np.ones(9)
    costs[1] = 2
    dear = selector.set_params(feature_costs=costs).fit(table)
    assert dear.ranking_[3] == dear.ranking_[1] - 1
    priced = clone(selector).set_params(feature_costs={1: 5.0}).fit(table)
    np.testing.assert_array_equal(priced.ranking_, dear.ranking_)


def test_a_threshold_and_a_number_both_limit(wine):
    scores = InfFS().fit(wine).scores_
    for threshold, value in {
        "mean": scores.mean(),
        "median": np.median(scores),
        "1.25*mean": 1.25 * scores.mean(),
    }.items():
        fitted = InfFS(threshold=threshold).fit(wine.assign(constant=2.0))
        np.testing.assert_array_equal(fitted.support_[:-1], scores >= value)
        assert not fitted.support_[-1]
    assert InfFS(threshold="median", n_features_to_select=2).fit(wine).support_.sum() == 2
    assert InfFS(threshold=-1.0).fit(wine.assign(constant=2.0)).support_.sum() == 13
    nothing = InfFS(threshold=scores.max() + 1).fit(wine)
    with pytest.warns(UserWarning, match="No features were selected"):
        assert nothing.transform(wine).shape == (178, 0)
    assert InfFS(threshold=scores.max() + 1, keep=["ash"]).fit(wine).get_feature_names_out().tolist() == ["ash"]


def test_automatic_numbers_follow_the_scores(wine):
    fitted = InfFS(n_features_to_select="auto").fit(wine)
    assert 1 <= fitted.support_.sum() < 13
    assert fitted.support_.sum() == InfFS(n_features_to_select="auto").fit(wine.assign(constant=1.0)).support_.sum()
    assert clone(fitted).set_params(keep=list(wine.columns)).fit(wine).support_.all()


@pytest.mark.parametrize(
    ("parameters", "error", "message"),
    [
        ({"keep": ["ash"], "exclude": ["ash"]}, ValueError, "column 'ash' is in both keep and exclude"),
        ({"keep": ["grape"]}, ValueError, "keep names a column that X does not have: 'grape' is neither"),
        ({"exclude": [13]}, ValueError, "exclude names a column that X does not have: 13 is neither"),
        ({"exclude": [-1]}, ValueError, "-1 is neither a column name nor a number from 0 to 12"),
        ({"keep": "ash"}, TypeError, "keep='ash': pass a list"),
        ({"keep": 3}, TypeError, "keep=3: pass a list"),
        ({"keep": [True, False]}, ValueError, "keep is a mask of length 2, but X has 13 columns"),
        ({"exclude": np.ones(13, bool)}, ValueError, "exclude names every column"),
        ({"keep": range(5), "n_features_to_select": 4}, ValueError, "=4 selects 4 of 13 features, fewer than the 5 in"),
        ({"exclude": range(5), "n_features_to_select": 9}, ValueError, "X has 8 columns or groups to choose from"),
        ({"feature_groups": [[0, 1], [1, 2]]}, ValueError, "column 'malic_acid' stands twice in feature_groups"),
        ({"feature_groups": [[0, 0]]}, ValueError, "column 'alcohol' stands twice"),
        ({"feature_groups": {"x": ["grape"]}}, ValueError, r"feature_groups\['x'\] names a column .* 'grape'"),
        ({"feature_groups": {"x": []}}, ValueError, r"feature_groups\['x'\] is empty"),
        ({"feature_groups": {"x": "ash"}}, TypeError, r"feature_groups\['x'\]='ash': pass a list"),
        ({"feature_groups": [range(13)], "n_features_to_select": 2}, ValueError, "X has 1 columns or groups"),
        ({"feature_groups": 3}, TypeError, "feature_groups=3: pass lists of columns"),
        ({"feature_costs": [1.0]}, ValueError, r"feature_costs has shape \(1,\), but X has 13 columns"),
        ({"feature_costs": {"grape": 1}}, ValueError, "feature_costs names a column that X does not have: 'grape'"),
        ({"feature_costs": {"ash": np.nan}}, ValueError, "feature_costs holds nan"),
        ({"feature_costs": ["dear"] * 13}, ValueError, "feature_costs=.*pass numbers"),
        ({"feature_costs": {"ash": "dear"}}, ValueError, "feature_costs=.*pass numbers"),
        ({"threshold": "max"}, ValueError, "threshold='max' cannot be read"),
        ({"n_features_to_select": "all"}, TypeError, "n_features_to_select='all'.*'auto'"),
    ],
)
def test_wishes_that_cannot_be_met(parameters, error, message, wine):
    with pytest.raises(error, match=message):
        InfFS(**parameters).fit(wine)


def test_nothing_left_to_rank(wine):
    X = wine.assign(constant=1.0)
    with pytest.raises(ValueError, match="every column of X is constant or excluded"):
        InfFS(exclude=list(wine.columns)).fit(X)


def test_wishes_do_not_change_in_a_grid_search(wine):
    y = load_wine().target
    selector = InfFS(keep=["ash"], exclude=["hue"], feature_groups=[["proline", "alcohol"]], feature_costs={"ash": 1})
    pipeline = make_pipeline(MinMaxScaler().set_output(transform="pandas"), selector, LogisticRegression())
    grid = {"inffs__n_features_to_select": [2, 5, "auto"], "inffs__keep": [["ash"], None]}
    best = GridSearchCV(pipeline, grid, cv=3, error_score="raise").fit(wine, y).best_estimator_["inffs"]
    assert not best.support_[wine.columns.get_loc("hue")]


class ByColumn(RankingSelector):
    """A selector of somebody else: it takes `exclude`, and says itself that one feature is enough."""

    def __init__(self, exclude=None):
        self.exclude = exclude

    def fit(self, X, y=None):
        X = self._validated(X, y)
        n = X.shape[1]
        self._rank(np.arange(1.0, n + 1), np.ones(n, bool), 1e-16, 1)
        return self


def test_a_new_selector_inherits_what_its_constructor_takes():
    X = pd.DataFrame(np.eye(4), columns=list("abcd"))
    assert ByColumn().fit(X).get_feature_names_out().tolist() == ["d"]
    fitted = ByColumn(exclude=["d"]).fit(X)
    assert fitted.get_feature_names_out().tolist() == ["c"]
    assert fitted.ranking_.tolist() == [3, 2, 1, 4]
    assert fitted.scores_.tolist() == [1, 2, 3, 0]


def having(parameter):
    return [name for name in EVERY if parameter in EVERY[name].get_params(deep=False)]


@pytest.mark.parametrize("name", having("n_features_to_select"))
def test_auto_only_where_scores_set_features_apart(name, wine):
    """Scores that are ranks fall evenly: a cut at their mean would always keep half."""
    estimator, y = clone(EVERY[name]), load_wine().target
    if name in ("InfFS", "AttentionSelector"):
        estimator.set_params(n_features_to_select="auto").fit(wine, y)
        assert estimator.support_.sum() == n_automatic(estimator.scores_)
        return
    if name in ("InfFSCV", "AttentionSelectorCV", "SelectorCV"):  # a size among others
        found = estimator.set_params(n_features_to_select=["auto", 3]).fit(wine, y)
        assert found.support_.sum() in (n_automatic(found.scores_), 3)
        return
    if name == "RecursiveElimination":  # by its path
        assert 1 <= estimator.set_params(n_features_to_select="auto").fit(wine, y).support_.sum() < 13
        return
    message = f"n_features_to_select='auto': the scores of {name} are ranks.*count, a fraction, or None"
    with pytest.raises(ValueError, match=message):
        clone(estimator).set_params(n_features_to_select="auto").fit(wine, y)
    fitted = estimator.fit(wine, y).set_params(n_features_to_select="auto")
    with pytest.raises(ValueError, match=message):
        fitted.transform(wine)


@pytest.mark.parametrize("name", having("exclude"))
def test_what_the_fit_did_not_see_is_not_selected_later(name, wine):
    fitted = clone(EVERY[name]).set_params(exclude=["ash", "hue"], n_features_to_select=1.0)
    fitted.fit(wine.assign(ash="text"), load_wine().target)
    unseen = wine.columns.isin(["ash", "hue"])
    for exclude in (None, [], ["hue"], ["alcohol"]):
        fitted.set_params(exclude=exclude)
        np.testing.assert_array_equal(fitted.support_, ~unseen & ~wine.columns.isin(exclude or []))
        assert "ash" not in fitted.transform(wine.assign(ash="text"))
    fitted.set_params(exclude=None, feature_groups=[["ash", "alcohol"]])
    assert fitted.support_[0]
    assert not fitted.support_[unseen].any()
    with pytest.raises(ValueError, match="keep names 'ash', which was excluded from the fit: fit again"):
        fitted.set_params(keep=["ash"], feature_groups=None).support_  # noqa: B018
    with pytest.raises(ValueError, match="X has 11 columns or groups to choose from"):
        fitted.set_params(keep=None, n_features_to_select=12).support_  # noqa: B018
    again = fitted.set_params(n_features_to_select=1.0, exclude=None).fit(wine, load_wine().target)
    assert again.support_.all()


def test_parameters_are_looked_up_once_for_as_long_as_they_stay(wine, monkeypatch):
    calls = []

    def counted(*arguments, **parameters):
        calls.append(parameters)
        return choices(*arguments, **parameters)

    monkeypatch.setattr(_ranking, "choices", counted)
    groups = {"phenols": ["total_phenols", "flavanoids"]}
    fitted = InfFS(feature_groups=groups, exclude=["ash"]).fit(wine)
    for size in (1, 5, 0.5, "auto"):
        fitted.set_params(n_features_to_select=size).transform(wine)
    assert len(calls) == 1
    both = fitted.set_params(n_features_to_select=1.0).support_
    groups["phenols"].append("hue")  # in place: no parameter is another object
    fitted.set_params(n_features_to_select=1, keep=["hue"])
    assert set(fitted.get_feature_names_out()) == {"total_phenols", "flavanoids", "hue"}
    assert len(calls) == 2
    fitted.set_params(keep=None, n_features_to_select=1.0)
    np.testing.assert_array_equal(fitted.support_, both)
    renamed = fitted.set_params(feature_groups=None, exclude=["x"]).fit(wine.rename(columns={"alcohol": "x"}))
    assert not renamed.support_[0]
    assert pickle.loads(pickle.dumps(renamed)).support_.sum() == renamed.support_.sum()


def test_parameters_that_cannot_be_compared_are_looked_up_each_time(wine):
    kept = {"ash": 1}
    fitted = InfFS(keep=kept.keys(), n_features_to_select=2).fit(wine)
    assert fitted.support_[2]
    kept["hue"] = 2
    assert set(fitted.get_feature_names_out()) == {"ash", "hue"}


@pytest.mark.parametrize("name", EVERY)
def test_selectors_have_the_parameters_of_their_constructors_only(name):
    selector = EVERY[name]
    own = set(selector.get_params(deep=False))
    for parameter in ("n_features_to_select", "threshold", "keep", "exclude", "feature_groups", "feature_costs"):
        assert hasattr(selector, parameter) == (parameter in own)
