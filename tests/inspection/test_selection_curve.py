"""Curves are the means of what searches and comparisons found."""

import naive
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import RidgeClassifier
from sklearn.model_selection import cross_val_score
from sklearn.naive_bayes import GaussianNB

from infsel import InfFSCV, RecursiveElimination, SelectorCV
from infsel.inspection import SelectionCurveDisplay
from infsel.studies import compare


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=6))
def test_choices_are_those_of_the_definition(scores):
    scores, sizes = np.array(scores, dtype=float), np.arange(1, len(scores) + 1)
    display = SelectionCurveDisplay(n_features=sizes, scores=scores)
    least = display.means_[display.best_] - display.standard_errors_[display.best_]
    assume(not np.isclose(display.means_, least).any())  # on the limit round-off decides
    assert display.one_standard_error_ == naive.fewest_within_one_standard_error(sizes, scores)
    assert display.means_[display.best_] == display.means_.max()


def test_search(wine, apart, pyplot):
    X, y = wine
    search = SelectorCV(GaussianNB(), selector=SelectKBest(), n_features_to_select=[1, 3, 6, 13], cv=4, rule="1se")
    search.fit(X, y)
    display = SelectionCurveDisplay.from_estimator(search)
    results = search.cv_results_
    np.testing.assert_array_equal(display.line_.get_xdata(), [1, 3, 6, 13])
    np.testing.assert_allclose(display.line_.get_ydata(), results["mean_test_score"])
    np.testing.assert_allclose(display.standard_errors_, results["std_test_score"] / np.sqrt(3))
    assert display.one_standard_error_ == search.best_index_
    whole = display.baselines_["all columns"]
    np.testing.assert_allclose(whole.get_ydata(), results["mean_test_score"][-1])
    marked = {name: (line.get_xdata()[0], line.get_ydata()[0]) for name, line in display.choices_.items()}
    assert marked["best"] == (display.n_features[display.best_], display.means_.max())
    assert marked["1-SE"] == (search.n_features_, pytest.approx(search.best_score_))
    assert apart(display.figure_) == []
    _, ax = pyplot.subplots()
    assert display.plot(ax).ax_ is ax


def test_baselines_are_trained_in_the_same_splits(wine):
    X, y = wine
    search = SelectorCV(GaussianNB(), selector=SelectKBest(), n_features_to_select=[1, 12, 13], cv=3).fit(X, y)
    display = SelectionCurveDisplay.from_estimator(search, X, y, n_random=2)
    found = display.baselines
    np.testing.assert_allclose(found["all columns"][0], cross_val_score(GaussianNB(), X, y, cv=3))
    np.testing.assert_allclose(found["random columns"][-1], found["all columns"][0])  # all of them were drawn
    again = SelectionCurveDisplay.from_estimator(search, X, y, n_random=2).baselines
    np.testing.assert_array_equal(found["random columns"], again["random columns"])
    other = SelectionCurveDisplay.from_estimator(search, X, y, n_random=2, random_state=1).baselines
    assert (found["random columns"][0] != other["random columns"][0]).any()
    assert found["random columns"][0].mean() < display.scores[0].mean()


def test_of_several_candidates_the_best_counts(wine):
    X, y = wine
    search = InfFSCV(RidgeClassifier(), alphas=[0.1, 0.9], n_features_to_select=[2, 5], cv=3, rule=lambda results: 3)
    search.fit(X, y)
    display = SelectionCurveDisplay.from_estimator(search)
    results = search.cv_results_
    for k, mean in zip(display.n_features, display.means_, strict=True):
        assert mean == pytest.approx(results["mean_test_score"][results["n_features"] == k].max())
    assert display.baselines == {}
    assert display.choices_["chosen"].get_xdata()[0] == results["n_features"][3]


def test_several_metrics(wine):
    X, y = wine
    scoring = ["accuracy", "balanced_accuracy"]
    settings = {"selector": SelectKBest(), "n_features_to_select": [2, 13], "cv": 2, "scoring": scoring}
    search = SelectorCV(GaussianNB(), **settings, refit="balanced_accuracy").fit(X, y)
    display = SelectionCurveDisplay.from_estimator(search, X, y, n_random=1)
    np.testing.assert_allclose(display.means_, search.cv_results_["mean_test_balanced_accuracy"])
    expected = cross_val_score(GaussianNB(), X, y, cv=2, scoring="balanced_accuracy")
    np.testing.assert_allclose(display.baselines["all columns"][0], expected)
    assert display.ax_.get_ylabel() == "balanced accuracy"


def test_comparison(wine, apart):
    X, y = wine
    selectors = {"$F_": SelectKBest(), "_all": None}
    models = {"bayes": GaussianNB(), "ridge": RidgeClassifier()}
    found = compare(selectors, models, X, y, sizes=[2, 5, 13], cv=3)
    display = SelectionCurveDisplay.from_comparison(found, "$F_", model="ridge")
    np.testing.assert_allclose(display.means_, found.scores[0, 1].mean(axis=-1))
    np.testing.assert_allclose(display.standard_errors_, found.standard_errors[0, 1])
    np.testing.assert_allclose(display.baselines_["_all"].get_ydata(), found.scores[1, 1].mean(axis=-1))
    assert [text.get_text() for text in display.ax_.texts] == ["$F_", "_all"]
    assert apart(display.figure_) == []
    assert SelectionCurveDisplay.from_comparison(found, baselines=[]).name == found.best
    with pytest.raises(ValueError, match="model='tree' is not known: choose one of bayes, ridge"):
        SelectionCurveDisplay.from_comparison(found, model="tree")
    with pytest.raises(ValueError, match="'f' is not known"):
        SelectionCurveDisplay.from_comparison(found, "f")


def test_a_single_split_has_no_error(pyplot):
    display = SelectionCurveDisplay(n_features=np.array([1, 5000]), scores=np.array([[0.5], [0.7]])).plot()
    assert display.band_ is None
    assert display.best_ == display.one_standard_error_ == 1
    assert display.ax_.get_xscale() == "log"


def test_what_is_no_search(wine):
    with pytest.raises(TypeError, match="has no cv_results_ by numbers of features"):
        SelectionCurveDisplay.from_estimator(SelectKBest().fit(*wine))


def test_random_columns_of_a_table_with_text_and_gaps(wine):
    X, y = wine
    X = X.iloc[:, :3].assign(text=np.where(y == 0, "a", "b"))
    X.iloc[::7, 0] = np.nan
    model = HistGradientBoostingClassifier(max_iter=3, categorical_features="from_dtype")
    X["text"] = X["text"].astype("category")
    search = SelectorCV(model, RecursiveElimination(), n_features_to_select=[1, 4], cv=2).fit(X, y)
    found = SelectionCurveDisplay.from_estimator(search, X, y, n_random=2).baselines
    np.testing.assert_allclose(found["random columns"][-1], found["all columns"][0])  # labels and gaps as they were
    assert found["random columns"][0].mean() < found["all columns"][0].mean()
