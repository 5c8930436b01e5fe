"""The cross-validated comparison is what scikit-learn measures of each Pipeline, whatever selector and table."""

import warnings

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.decomposition import PCA
from sklearn.feature_selection import RFE, SelectFromModel, SelectFwe, SelectKBest, VarianceThreshold, f_regression
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import GroupKFold, KFold, ShuffleSplit, StratifiedKFold, cross_validate
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, MinMaxScaler, PolynomialFeatures

from infsel import CoverageSelector, DeflatedPopularity, InfFS, RecursiveElimination, StabilitySelector
from infsel._runtime.progress import watched_by
from infsel.studies import compare, default_sizes

SELECTORS = {
    "elimination": RecursiveElimination(),
    "walks": make_pipeline(MinMaxScaler(), InfFS()),
    "k best": SelectKBest(),
    "twice": make_pipeline(SelectKBest(k=6), MinMaxScaler(), RFE(LogisticRegression())),
    "by itself": SelectFwe(alpha=0.5),
    "all": None,
    "scaled": MinMaxScaler(),
}


@pytest.fixture
def labeled(rng):
    X = rng.standard_normal((60, 9))
    return X, (X[:, 2] + X[:, 4] + 0.3 * rng.standard_normal(60) > 0).astype(int)


def by_hand(selector, model, X, y, **settings):
    steps = ["passthrough" if selector is None else selector, model]
    return cross_validate(make_pipeline(*steps), X, y, return_estimator=True, **settings)


@pytest.mark.parametrize("n_jobs", [None, 2])
def test_scores_are_those_of_pipelines(labeled, n_jobs):
    X, y = labeled
    models, cv = {"bayes": GaussianNB(), "linear": LogisticRegression()}, StratifiedKFold(3)
    settings = {"cv": cv, "scoring": "balanced_accuracy"}
    found = compare(SELECTORS, models, X, y, sizes=[4, 2], n_jobs=n_jobs, **settings)
    assert (found.selectors, found.models, found.sizes) == (tuple(SELECTORS), ("bayes", "linear"), (2, 4))
    assert found.metric == "balanced_accuracy"
    parameters = {"elimination": "n_features_to_select", "walks": "inffs__n_features_to_select", "k best": "k"}
    parameters["twice"] = "rfe__n_features_to_select"
    for s, (name, selector) in enumerate(SELECTORS.items()):
        for m, model in enumerate(models.values()):
            for k, size in enumerate(found.sizes):
                if name in parameters:
                    selector.set_params(**{parameters[name]: size})
                expected = by_hand(selector, model, X, y, **settings)
                np.testing.assert_array_equal(found.scores[s, m, k], expected["test_score"])
    sizes = found.selected.sum(axis=-1)
    assert (sizes[:4] == np.array([2, 4])[:, None]).all()
    np.testing.assert_array_equal(found.selected[4, 0], found.selected[4, 1])  # how many is its own choice
    assert found.selected[5:].all()
    assert (found.train_seconds > 0).all()
    assert (found.select_seconds[[0, 1, 2, 3, 4, 6]] > 0).all()
    np.testing.assert_allclose(found.test_shares, 1 / 3)


def test_one_fit_of_a_ranking_serves_all_sizes(labeled, monkeypatch):
    n_fits, fit = [], RecursiveElimination.fit
    monkeypatch.setattr(RecursiveElimination, "fit", lambda *given: n_fits.append(1) or fit(*given))
    found = compare({"elimination": RecursiveElimination()}, GaussianNB(), *labeled, sizes=[1, 2, 5], cv=4)
    assert len(n_fits) == 4
    assert found.selected.sum(axis=-1)[0, :, 0].tolist() == [1, 2, 5]


def test_what_is_selected_is_in_columns_of_the_table(labeled):
    X, y = labeled
    found = compare({"twice": SELECTORS["twice"]}, GaussianNB(), X, y, sizes=[3], cv=KFold(2))
    for fold, (train, _) in enumerate(KFold(2).split(X)):
        first = SelectKBest(k=6).fit(X[train], y[train])
        outer = np.flatnonzero(first.get_support())
        inner = RFE(LogisticRegression(), n_features_to_select=3)
        inner.fit(MinMaxScaler().fit_transform(X[train][:, outer]), y[train])
        np.testing.assert_array_equal(np.flatnonzero(found.selected[0, 0, fold]), outer[inner.support_])


def as_kinds(X):
    names = [f"c{j}" for j in range(X.shape[1])]
    return {"pandas": pd.DataFrame(X, columns=names, index=range(100, 100 + len(X))), "polars": pl.DataFrame(X, names)}


@pytest.mark.parametrize("kind", ["pandas", "polars", "sparse"])
def test_every_kind_of_table_gives_the_same(labeled, kind):
    X, y = labeled
    selectors = {"coverage": CoverageSelector(), "k best": SelectKBest()}
    expected = compare(selectors, LogisticRegression(), X, y, sizes=[2, 5])
    table = sparse.csr_matrix(X) if kind == "sparse" else as_kinds(X)[kind]
    target = pd.Series(y, index=table.index) if kind == "pandas" else pl.Series(y) if kind == "polars" else y
    found = compare(selectors, LogisticRegression(), table, target, sizes=[2, 5])
    np.testing.assert_array_equal(found.selected, expected.selected)
    np.testing.assert_allclose(found.scores, expected.scores)


def test_text_labels(labeled):
    X, y = labeled
    text = np.array(["no", "yes"], dtype=object)[y]
    found = compare({"all": None}, GaussianNB(), X, pd.Series(text))
    np.testing.assert_array_equal(found.scores, compare({"all": None}, GaussianNB(), X, y).scores)


def test_regression_with_several_outputs(rng):
    X = rng.standard_normal((40, 6))
    y = np.column_stack([X[:, 1], X[:, 3] - X[:, 1]])
    found = compare({"elimination": RecursiveElimination()}, Ridge(), X, y, sizes=[2], cv=4)
    expected = by_hand(RecursiveElimination(n_features_to_select=2), Ridge(), X, y, cv=4)
    np.testing.assert_array_equal(found.scores[0, 0, 0], expected["test_score"])
    selected = [pipeline[0].get_support() for pipeline in expected["estimator"]]
    np.testing.assert_array_equal(found.selected[0, 0], selected)


def test_groups_stay_on_one_side(rng):
    X, groups = rng.standard_normal((30, 4)), np.repeat(np.arange(6), 5)
    seen = []

    class Spy(SelectKBest):
        def fit(self, X, y):
            seen.append(set(X[:, 0]))
            return super().fit(X, y)

    y = X[:, 1] + 0.1 * groups
    compare({"spy": Spy(f_regression)}, Ridge(), X, y, sizes=[1], cv=GroupKFold(3), groups=groups)
    assert len(seen) == 3
    for rows in seen:
        assert {np.isin(X[groups == g, 0], list(rows)).mean() for g in range(6)} <= {0.0, 1.0}


def test_all_selectors_get_the_same_splits_where_drawing_them_is_random(labeled):
    X, y = labeled
    found = compare({"a": SelectKBest(), "b": SelectKBest()}, GaussianNB(), X, y, cv=ShuffleSplit(4, test_size=0.25))
    np.testing.assert_array_equal(found.scores[0], found.scores[1])
    np.testing.assert_allclose(found.test_shares, 0.25)


def test_splits_may_be_masks(labeled):
    X, y = labeled
    inside = np.arange(60) % 3 > 0
    found = compare({"all": None}, GaussianNB(), X, y, cv=[(inside, ~inside), (~inside, inside)])
    np.testing.assert_allclose(found.test_shares, [1 / 3, 2 / 3])


def test_nothing_given_is_changed(labeled):
    X, y = labeled
    selector, model = SelectKBest(k="all"), GaussianNB()
    compare({"k best": selector}, model, X, y, sizes=[1])
    assert selector.k == "all"
    assert not hasattr(selector, "scores_")
    assert not hasattr(model, "classes_")


def test_sizes_by_default():
    assert default_sizes(30) == (3, 8, 15)
    assert default_sizes(3000) == (10, 50, 200)
    assert default_sizes(2) == (1,)


class Watcher:
    def __init__(self):
        self.stages, self.shares = [], []

    def begin(self, stage):
        self.stages.append(stage)

    def advance(self, share):
        self.shares.append(share)

    def end(self):
        self.stages.append("end")


def test_progress_is_one_stage_whatever_the_fits_inside_tell(labeled):
    watcher, selectors = Watcher(), {"coverage": CoverageSelector(), "by itself": SelectFwe(), "all": None}
    with watched_by(watcher):
        compare(selectors, GaussianNB(), *labeled, sizes=[2, 5])
    assert watcher.stages == ["cross-validating", "end"]
    np.testing.assert_allclose(watcher.shares, [1 / 3, 2 / 3, 1])


@pytest.mark.parametrize("n_jobs", [None, 2])
def test_a_warning_comes_once(labeled, n_jobs):
    X, y = labeled
    selector = make_pipeline(FunctionTransformer(_standardized), InfFS())
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        compare({"walks": selector}, GaussianNB(), X, y, sizes=[2, 3], n_jobs=n_jobs)
    (warning,) = caught
    assert "same standard deviation" in str(warning.message)
    assert warning.filename == __file__


def _standardized(X):
    return (X - X.mean(axis=0)) / X.std(axis=0)


class OwnColumns(TransformerMixin, BaseEstimator):
    def fit(self, X, y=None):
        return self

    def transform(self, X):
        return X[:, :2] ** 2


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"selectors": [SelectKBest()]}, TypeError, "pass a mapping of names to selectors"),
        ({"selectors": {}}, TypeError, "pass a mapping of names to selectors"),
        ({"selectors": {"a": SelectKBest}}, TypeError, r"selectors\['a'\]=.* selects no columns.*not its class"),
        ({"selectors": {"a": Ridge()}}, TypeError, r"selectors\['a'\]=Ridge\(\) selects no columns"),
        ({"selectors": {"a": PCA(2)}}, TypeError, r"PCA\(n_components=2\) makes columns of its own"),
        ({"selectors": {"a": OwnColumns()}}, TypeError, r"OwnColumns\(\) makes columns of its own"),
        (
            {"selectors": {"a": make_pipeline(PolynomialFeatures(include_bias=False), SelectKBest())}},
            TypeError,
            "makes columns of its own, so that it cannot be told which of X it selects",
        ),
        ({"models": {}}, TypeError, "models is empty"),
        ({"models": Ridge}, TypeError, "not its class"),
        ({"models": {"scaler": MinMaxScaler()}}, TypeError, r"models\['scaler'\].*fit and predict"),
        ({"models": {"a": Ridge(), "b": GaussianNB()}}, TypeError, "classifiers and regressors"),
        ({"sizes": [0, 3]}, ValueError, r"sizes=\[0, 3\]: pass numbers of features from 1 to 9"),
        ({"sizes": [10]}, ValueError, "from 1 to 9"),
        ({"sizes": []}, ValueError, "from 1 to 9"),
        ({"cv": []}, ValueError, "yields no split"),
        ({"cv": [([0, 1], [])]}, ValueError, "no test rows"),
        ({"scoring": "no such metric"}, ValueError, "no such metric"),
        ({"y": np.zeros(59)}, ValueError, "inconsistent numbers of samples"),
        ({"scoring": lambda model, X, y: float("nan")}, ValueError, "the score of GaussianNB is NaN on the test rows"),
    ],
)
def test_what_cannot_be_compared_is_refused(labeled, changes, error, message):
    X, y = labeled
    arguments = {"selectors": {"k best": SelectKBest()}, "models": GaussianNB(), "X": X, "y": y} | changes
    with pytest.raises(error, match=message):
        compare(**arguments)


def test_an_error_says_where_it_arose(labeled):
    selectors = {"fine": SelectKBest(), "strict": VarianceThreshold(1e9)}
    with pytest.raises(ValueError, match="No feature in X meets") as caught:
        compare(selectors, GaussianNB(), *labeled, sizes=[3])
    assert caught.value.__notes__ == ["This was 'strict' in fold 0."]
    with pytest.raises(TypeError, match="alpha='half': pass a number") as caught:
        compare({"walks": InfFS(alpha="half")}, GaussianNB(), *labeled, sizes=[3])
    assert caught.value.__notes__ == ["This was 'walks' at 3 features in fold 0."]


def test_selectors_that_choose_by_themselves_are_fitted_once(labeled):
    X, y = labeled
    stable = StabilitySelector(SelectKBest(k=2), n_pairs=2, random_state=0)
    at_most = SelectFromModel(LogisticRegression(), threshold=-np.inf)
    found = compare({"stable": stable, "at most": at_most, "p": DeflatedPopularity()}, GaussianNB(), X, y, sizes=[2, 4])
    np.testing.assert_array_equal(found.scores[0, :, 0], found.scores[0, :, 1])
    assert (found.selected[1:].sum(axis=-1) == np.array([2, 4])[:, None]).all()
