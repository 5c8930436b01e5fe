"""Every selector on censored times and on ordered categories."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
from readers import ALL, OF_BOTH, OF_NUMBERS, READ_NO_TIMES, graph, order, seeded
from sklearn.base import BaseEstimator, clone
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from infsel import (
    CoverageSelector,
    CriterionSelector,
    InfFS,
    InfFSCV,
    KnockoffSelector,
    RankAggregator,
    RecursiveElimination,
    SelectorCV,
    StabilitySelector,
)
from infsel.relevances import Concordance
from infsel.targets import martingale_residuals

BY_TIMES = [CriterionSelector("concordance"), graph(Concordance()), seeded("c-index")]
OF_TIMES = [one for one in [*OF_BOTH, *OF_NUMBERS] if repr(one) not in set(map(repr, READ_NO_TIMES))]
LEVELS = ["none", "mild", "severe", "very severe"]


@pytest.fixture
def X(rng):
    return rng.standard_normal((80, 6))


@pytest.fixture
def hazard(X):
    return X[:, 3] + 0.5 * X[:, 1]


@pytest.fixture
def times(hazard, rng):
    failure, end = rng.exponential(np.exp(-2 * hazard)), rng.exponential(3, 80)
    y = np.empty(80, dtype=[("event", bool), ("time", float)])
    y["event"], y["time"] = failure <= end, np.minimum(failure, end)
    return y


@pytest.fixture
def places(hazard, rng):
    return np.digitize(hazard + 0.3 * rng.standard_normal(80), [-1, 0, 0.6])


def ordered(places, levels=LEVELS):
    return pd.Series(pd.Categorical(np.array(levels)[places], categories=levels, ordered=True))


@pytest.mark.parametrize("selector", [*OF_TIMES, *BY_TIMES], ids=repr)
def test_every_selector_ranks_by_times(selector, X, times):
    fitted = clone(selector).fit(X, times)
    if selector is not BY_TIMES[-1]:  # which starts there and walks on
        assert fitted.ranking_.argmin() in (1, 3)
    assert getattr(fitted, "task_", "survival") == "survival"
    expected = fitted.ranking_.tolist()
    later = times.copy()
    later["time"] = np.sqrt(later["time"]) + 2
    frame = pd.DataFrame({"time": times["time"], "status": times["event"].astype(int)})
    for form in (later, frame, pl.from_pandas(frame), list(times)):
        assert order(selector, X, form) == expected


@pytest.mark.parametrize("selector", [*OF_TIMES[:-4], CriterionSelector("concordance")], ids=repr)
def test_two_columns_are_times_by_request(selector, X, times):
    if "task" not in selector.get_params(deep=False):
        return
    asked = clone(selector).set_params(task="survival")
    assert order(asked, X, np.c_[times["time"], times["event"]]) == order(selector, X, times)


@pytest.mark.parametrize("selector", [RecursiveElimination(), CoverageSelector(), CriterionSelector()], ids=repr)
def test_criteria_and_models_see_martingale_residuals(selector, X, times):
    assert order(selector, X, times) == order(selector, X, martingale_residuals(times))


def test_concordance_sees_the_times_whatever_selects_by_it(X, times):
    expected = Concordance()(X, times)
    np.testing.assert_array_equal(CriterionSelector("concordance").fit(X, times).gains_, expected)
    assert not np.array_equal(Concordance()(X, martingale_residuals(times)), expected)


@pytest.mark.parametrize("selector", [*ALL, *BY_TIMES], ids=repr)
def test_renaming_levels_changes_nothing(selector, X, places):
    plain = clone(selector).fit(X, ordered(places))
    assert getattr(plain, "task_", "ordinal") == "ordinal"
    numbers = pd.Series(pd.Categorical(np.array([3, 5, 60, 61])[places], categories=[3, 5, 60, 61], ordered=True))
    enum = pl.Series(np.array(["d", "c", "b", "a"])[places].tolist(), dtype=pl.Enum(["d", "c", "b", "a"]))
    for y in (ordered(places, ["d", "c", "b", "a"]), numbers, enum):
        renamed = clone(selector).fit(X, y)
        np.testing.assert_array_equal(renamed.scores_, plain.scores_)
        np.testing.assert_array_equal(renamed.ranking_, plain.ranking_)


@pytest.mark.parametrize("selector", [RecursiveElimination(), CoverageSelector(), CriterionSelector()], ids=repr)
def test_grades_are_numbers_where_a_selector_takes_both(selector, X, places):
    asked = clone(selector).set_params(task="ordinal")
    expected = order(clone(selector).set_params(task="regression"), X, places)
    assert order(selector, X, ordered(places)) == order(asked, X, 7.5 * places) == expected
    as_classes = order(clone(selector).set_params(task="classification"), X, ordered(places))
    assert as_classes == order(selector, X, places)
    assert (as_classes == expected) == isinstance(selector, CriterionSelector)  # of information, which knows no order


class Hazard(BaseEstimator):
    """A linear model of the residuals, with its own score: the sign is that of the risk."""

    def fit(self, X, y):
        self.model_ = LinearRegression().fit(X, martingale_residuals(y))
        return self

    def predict(self, X):
        return self.model_.predict(X)

    def score(self, X, y):
        return -Concordance(signed=True)(self.predict(X)[:, np.newaxis], y)[0]


class Unscored(Hazard):
    score = property()


class TestSearches:
    def test_times_need_a_scoring(self, X, times):
        search = SelectorCV(Hazard(), n_features_to_select=[1, 2, 6], cv=3).fit(X, times)
        assert search.support_[3]
        assert search.best_score_ > 0.2
        told = SelectorCV(Unscored(), n_features_to_select=[1, 2, 6], cv=3, scoring=Hazard.score).fit(X, times)
        np.testing.assert_array_equal(told.cv_results_["mean_test_score"], search.cv_results_["mean_test_score"])
        for estimator in (Unscored(), Ridge(), LogisticRegression()):
            with pytest.raises(ValueError, match=r"scoring=None, and y holds events and times.*pass scoring, a funct"):
                SelectorCV(estimator, cv=3).fit(X, times)

    @pytest.mark.parametrize("kind", [SelectorCV, InfFSCV])
    def test_any_form_of_times_and_graphs_of_them(self, kind, X, times):
        selector = InfFS(readout="seeded", start="concordance")
        search = kind(Hazard(), selector=selector, n_features_to_select=[1, 2], cv=3)
        frame = pd.DataFrame({"time": times["time"], "event": times["event"]})
        expected = clone(search).fit(X, times).cv_results_["mean_test_score"]
        for form in (frame, list(times)):
            np.testing.assert_array_equal(clone(search).fit(X, form).cv_results_["mean_test_score"], expected)

    @pytest.mark.parametrize("selector", [None, make_pipeline(StandardScaler(), RecursiveElimination())])
    def test_selectors_know_the_order_of_categories(self, selector, X, places):
        forest = RandomForestClassifier(10, random_state=0)
        search = SelectorCV(forest, selector=selector, n_features_to_select=[2], cv=3).fit(X, ordered(places))
        inner = search.selector_ if selector is None else search.selector_[-1]
        assert inner.task_ == "ordinal"
        assert set(search.predict(X)) == set(LEVELS)
        indexed = ordered(places).set_axis(np.arange(80)[::-1])
        assert clone(search).fit(X, indexed).ranking_.tolist() == search.ranking_.tolist()

    def test_the_order_of_categories_reaches_members(self, X, places):
        members = [("elimination", RecursiveElimination()), ("anova", SelectKBest(k=2))]
        fitted = RankAggregator(members).fit(X, ordered(places))
        assert fitted.selectors_[0][1].task_ == "ordinal"


def test_halves_hold_events_in_equal_shares(X, times):
    times["event"] = np.arange(80) < 4
    fitted = StabilitySelector(CriterionSelector("concordance"), n_pairs=5, random_state=0).fit(X, times)
    assert fitted.scores_.shape == (6,)
    times["event"] = np.arange(80) < 1
    with pytest.raises(ValueError, match="holds no event"):
        StabilitySelector(CriterionSelector("concordance"), n_pairs=1, random_state=0).fit(X, times)


def test_knockoffs_of_times(X, times):
    selected = KnockoffSelector(graph(Concordance()), fdr=0.5, random_state=0).fit(X, times).support_
    assert selected[3]
    assert not selected[[0, 2]].any()
