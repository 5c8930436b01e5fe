"""One search over any selector that ranks agrees with GridSearchCV over a Pipeline of it, candidate for candidate."""

import inspect

import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.sparse as sp
from sklearn import config_context
from sklearn.base import clone
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.decomposition import PCA
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier
from sklearn.exceptions import NotFittedError
from sklearn.feature_selection import (
    RFE,
    RFECV,
    GenericUnivariateSelect,
    SelectFdr,
    SelectFromModel,
    SelectKBest,
    SelectPercentile,
    SequentialFeatureSelector,
    VarianceThreshold,
    chi2,
    f_classif,
)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import get_scorer
from sklearn.model_selection import GridSearchCV, LeaveOneGroupOut
from sklearn.naive_bayes import GaussianNB, MultinomialNB
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, PolynomialFeatures, StandardScaler

from infsel import (
    AttentionSelector,
    CoverageSelector,
    CriterionSelector,
    DeflatedPopularity,
    InfFS,
    InfFSCV,
    KnockoffSelector,
    RankAggregator,
    RecursiveElimination,
    SelectorCV,
    StabilitySelector,
)
from infsel.krylov import Krylov
from infsel.studies import compare

GROUPS = {"keep": [2], "feature_groups": [[0, 1], [4, 5, 6]]}
SIZES, OF_GROUPS = [1, 3, 0.5, 8], [2, 0.5, 5]


@pytest.fixture(scope="module")
def Xy():
    rng = np.random.default_rng(3)
    X = rng.gamma(2, size=(60, 8)) * np.arange(1, 9)
    X[:, 6] = X[:, 1] + rng.random(60)
    signal = 2 * X[:, 1] + X[:, 4] / 4 + 3 * rng.random(60)
    return X, np.digitize(signal, np.quantile(signal, [0.4, 0.7]))


def searching(selector=None, sizes=None, **parameters):
    own = {"estimator": GaussianNB(), "selector": selector, "n_features_to_select": sizes, "cv": 2}
    return SelectorCV(**own | parameters)


def reference(search, X, y, **fit_params):
    """The grid search over a Pipeline that tries the same candidates one by one."""
    pipeline = Pipeline([("selector", search._template()), ("estimator", search.estimator)])
    candidates = [{f"selector__{name}": [v] for name, v in each.items()} for each in search.cv_results_["params"]]
    return GridSearchCV(pipeline, candidates, cv=search.cv, scoring=search.scoring).fit(X, y, **fit_params)


def assert_agree(search, expected):
    assert search.best_index_ == expected.best_index_
    for name, values in expected.cv_results_.items():
        if "test" in name:
            np.testing.assert_array_equal(search.cv_results_[name], values)
        else:
            assert name.startswith("param") or name in search.cv_results_


CASES = {
    "default": (None, None, SIZES),
    "elimination of groups": (RecursiveElimination(**GROUPS), {"kernel": ["linear", "attention"]}, OF_GROUPS),
    "coverage of groups": (CoverageSelector(**GROUPS), None, OF_GROUPS),
    "criteria": (
        CriterionSelector(),
        [{"criterion": ["cmim", "mrmr-mid"]}, {"criterion": ["omp"], "n_features_to_select": ["auto", 3]}],
        None,
    ),
    "popularity": (DeflatedPopularity(), None, SIZES),
    "aggregate": (RankAggregator([("a", CoverageSelector()), ("b", SelectKBest(k=2))]), {"a__keep": [None, [3]]}, [2]),
    "walks": (InfFS(), {"alpha": [0.2, 0.8], "threshold": [None, "mean"]}, [*SIZES, "auto"]),
    "enough hops": (InfFS(n_hops="auto"), None, [2, 5]),
    "landmarks": (InfFS(solver=Krylov(n_landmarks=16, random_state=0)), None, [2, 5]),
    "attention": (AttentionSelector(), {"temperature": [1, 9]}, SIZES),
    "stability": (StabilitySelector(SelectKBest(k=3), n_pairs=3, random_state=0), {"threshold": [0.3, 0.8]}, None),
    "knockoffs": (KnockoffSelector(SelectKBest(), random_state=0), {"fdr": [0.7, 0.9], "offset": [0]}, None),
    "k best": (SelectKBest(), {"score_func": [f_classif, chi2]}, SIZES),
    "its own k": (SelectKBest(), {"k": [1, 2, "all"]}, None),
    "percentile": (SelectPercentile(), None, [*range(1, 9), 0.5]),
    "generic": (GenericUnivariateSelect(mode="percentile"), None, SIZES),
    "generic modes": (GenericUnivariateSelect(), {"mode": ["k_best", "percentile"], "param": [1, 5]}, None),
    "fdr": (SelectFdr(), {"alpha": [1e-2, 0.1]}, None),
    "model": (SelectFromModel(ExtraTreesClassifier(4, random_state=0)), {"estimator__max_depth": [1, 3]}, SIZES),
    "model above its median": (SelectFromModel(Ridge(), threshold="median"), None, SIZES),
    "threshold of a model": (
        SelectFromModel(Ridge()),
        [{"threshold": ["mean"]}, {"threshold": ["median"], "max_features": [3, lambda X: X.shape[1] // 4]}],
        None,
    ),
    "sklearn's elimination": (RFE(Ridge(), step=3), None, range(1, 9)),
    "sklearn's elimination by shares": (RFE(Ridge(), step=0.3), {"n_features_to_select": [0.2, 0.9, None, 2]}, None),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.filterwarnings("ignore:No column is significantly related to y")
def test_agrees_with_a_grid_search_over_a_pipeline(case, Xy):
    selector, grid, sizes = CASES[case]
    search = searching(selector, sizes, param_grid=grid).fit(*Xy)
    expected = reference(search, *Xy)
    assert_agree(search, expected)
    np.testing.assert_array_equal(search.support_, expected.best_estimator_[0].get_support())
    assert search.to_frame().shape == (8, 4)
    kept, left = search.ranking_[search.support_], search.ranking_[~search.support_]
    if "groups" not in case:
        assert len(left) == 0 or kept.max() <= left.min()
        assert (np.argsort(-search.scores_, kind="stable") >= 0).all()


class Counting(CoverageSelector):
    """Counts its fits."""

    n_fits = 0

    def fit(self, X, y, sample_weight=None):
        Counting.n_fits += 1
        return super().fit(X, y, sample_weight)


def test_one_ranking_for_each_fold_and_setting(Xy, monkeypatch):
    monkeypatch.setattr(Counting, "n_fits", 0)
    search = searching(Counting(), param_grid={"task": ["auto", "regression"]}).fit(*Xy)
    assert search.cv_results_["n_features"].tolist() == np.repeat(range(1, 9), 2).tolist()
    assert Counting.n_fits == 2 * 2 + 1
    assert search.n_estimator_fits_ < 2 * 16
    assert search.selection_times_.shape == (2,)


def test_a_second_search_ranks_nothing_again(Xy, tmp_path, monkeypatch):
    search = searching(Counting(), [2, 5], memory=tmp_path).fit(*Xy)
    monkeypatch.setattr(Counting, "n_fits", 0)
    for other in (
        {
            "estimator": LogisticRegression(max_iter=1000),
            "scoring": "neg_log_loss",
            "rule": lambda _: search.best_index_,
        },
        {"n_features_to_select": [1, search.n_features_, 4], "rule": lambda _: 1},
    ):
        again = clone(search).set_params(**other).fit(*Xy)
        assert Counting.n_fits == 0
        fresh = clone(again).set_params(memory=None).fit(*Xy)
        for name, values in fresh.cv_results_.items():
            if "time" not in name:
                np.testing.assert_array_equal(again.cv_results_[name], values)
        np.testing.assert_array_equal(again.selector_.gains_, fresh.selector_.gains_)
        Counting.n_fits = 0
    clone(search).set_params(n_features_to_select=[7], memory=str(tmp_path)).fit(*Xy)  # further than is kept
    assert Counting.n_fits == 3
    clone(search).fit(*Xy, sample_weight=np.r_[2.0, np.ones(59)])
    assert Counting.n_fits == 6
    with pytest.raises(ValueError, match="'memory' should be None, a string"):
        clone(search).set_params(memory=3).fit(*Xy)
    bad = SelectKBest(lambda X, y: X.sum(axis=0))
    with pytest.raises(
        ValueError, match=r"(?s)memory finds a ranking by the content of .*Can't pickle.{0,300}function of a module"
    ):
        clone(search).set_params(selector=bad).fit(*Xy)


def test_a_pipeline_that_scales_before_it_ranks(Xy):
    X, y = Xy
    weights = np.random.default_rng(0).integers(0, 3, len(y)).astype(float)
    piped = searching(make_pipeline(StandardScaler(), MinMaxScaler(), InfFS()), [2, 5])
    piped.set_params(param_grid={"inffs__alpha": [0.1, 0.9]}).fit(X, y, sample_weight=weights)
    assert set(piped.best_params_) == {"inffs__alpha", "inffs__n_features_to_select"}
    fold = np.arange(60)[weights > 0][::2]
    by_hand = searching(InfFS(), [2, 5], param_grid={"alpha": [0.1, 0.9]}, cv=[(fold, fold)])
    by_hand.fit(MinMaxScaler().fit_transform(X), y, sample_weight=weights)
    scaled = make_pipeline(MinMaxScaler(), InfFS(**by_hand.best_params_))
    same = searching(scaled, [by_hand.n_features_], cv=[(fold, fold)]).fit(X, y, sample_weight=weights)
    np.testing.assert_array_equal(same.support_, by_hand.support_)
    np.testing.assert_array_equal(same.transform(X), X[:, by_hand.support_])
    np.testing.assert_array_equal(
        same.estimator_.theta_, GaussianNB().fit(X[:, same.support_][weights > 0], y[weights > 0]).theta_
    )
    with pytest.raises(ValueError, match="ranks 8 columns that its first steps make of 8: let those steps keep"):
        searching(make_pipeline(PCA(), SelectKBest()), [2]).fit(X, y)
    with pytest.raises(ValueError, match="ranks 44 columns that its first steps make of 8: let those steps keep"):
        searching(make_pipeline(PolynomialFeatures(include_bias=False), SelectKBest()), [2]).fit(X, y)


def test_tables_of_every_kind(Xy):
    X, y = Xy
    expected = searching(SelectKBest(), [2, 4]).fit(X, y)
    names = list("abcdefgh")
    for frame, library in ((pd.DataFrame(X, columns=names), "pandas"), (pl.DataFrame(X, schema=names), "polars")):
        for selector in (SelectKBest(), make_pipeline(MinMaxScaler(), SelectKBest())):
            search = searching(selector, [2, 4]).set_output(transform=library).fit(frame, y)
            assert_scores(search, expected)
            selected = search.transform(frame)
            assert type(selected) is type(frame)
            assert list(selected.columns) == search.get_feature_names_out().tolist()
            np.testing.assert_array_equal(search.predict(frame), expected.predict(X))
    few = np.where(X < 4, 0, X)
    sparse = searching(CoverageSelector(), [2, 4], estimator=LogisticRegression(max_iter=1000)).fit(
        sp.coo_array(few), y
    )
    dense = clone(sparse).fit(few, y)
    np.testing.assert_array_equal(sparse.support_, dense.support_)
    text = pd.DataFrame(X, columns=names).assign(h="text")
    assert not searching(RecursiveElimination(exclude=["h"]), [2]).fit(text, y).support_[7]
    with pytest.raises(ValueError, match=r"columns that are not numeric: 'h'"):
        searching(SelectKBest(), [2]).fit(text, y)


def assert_scores(search, expected):
    np.testing.assert_array_equal(search.cv_results_["mean_test_score"], expected.cv_results_["mean_test_score"])


def test_missing_values_where_selector_and_estimator_take_them(Xy):
    X, y = Xy
    X = np.where(np.arange(480).reshape(60, 8) % 19 == 0, np.nan, X)
    trees = HistGradientBoostingClassifier(max_iter=2)
    search = SelectorCV(trees, selector=SelectFromModel(ExtraTreesClassifier(3, random_state=0)), cv=2)
    search.set_params(n_features_to_select=[2, 6]).fit(X, y)
    assert_agree(search, reference(search, X, y))
    assert len(search.predict(X)) == len(search.transform(X)) == 60
    with pytest.raises(ValueError, match="Input X contains NaN: column 'x0' has"):
        searching(SelectKBest(), [2]).fit(X, y)


def test_metadata_go_where_they_are_asked_for(Xy):
    X, y = Xy
    weights, groups = np.random.default_rng(1).integers(1, 9, 60).astype(float), np.arange(60) % 3
    with config_context(enable_metadata_routing=True):
        scorer = get_scorer("accuracy").set_score_request(sample_weight=True)
        model = GaussianNB().set_fit_request(sample_weight=True)
        scores = []
        for asks in (True, False):
            ranker = CoverageSelector().set_fit_request(sample_weight=asks)
            for selector in (make_pipeline(MinMaxScaler(), ranker), ranker):
                search = searching(selector, [1, 4], estimator=model, cv=LeaveOneGroupOut(), scoring=scorer)
                search.fit(X, y, sample_weight=weights, groups=groups)
                scores.append(search.cv_results_["mean_test_score"].tolist())
            assert_agree(search, reference(search, X, y, sample_weight=weights, groups=groups))
        assert scores[0] == scores[1] != scores[2] == scores[3]
    with pytest.raises(TypeError, match=r"sample_weight is given, but SelectKBest\.fit takes none"):
        searching(SelectKBest()).fit(X, y, sample_weight=weights)


@pytest.mark.parametrize(
    ("parameters", "error", "message"),
    [
        ({"selector": VarianceThreshold()}, TypeError, r"VarianceThreshold\(\) gives no ranking.*GridSearchCV"),
        ({"selector": RFECV(Ridge())}, TypeError, "gives no ranking"),
        ({"selector": SequentialFeatureSelector(Ridge())}, TypeError, "gives no ranking"),
        ({"selector": InfFSCV(Ridge())}, TypeError, "gives no ranking"),
        ({"selector": make_pipeline(MinMaxScaler())}, TypeError, "gives no ranking"),
        ({"selector": SelectKBest}, TypeError, "selector=SelectKBest is a class"),
        ({"selector": SelectFdr(), "n_features_to_select": [2]}, ValueError, r"no number of features.*\(alpha\)"),
        ({"param_grid": {"n_features_to_select": [2]}, "n_features_to_select": [2]}, ValueError, "leave one of them"),
        ({"param_grid": {"kernels": ["linear"]}}, ValueError, "kernels"),
        ({"param_grid": {"kernel": ["lineaar"]}}, ValueError, "kernel='lineaar'"),
        ({"param_grid": {"kernel": "linear"}}, TypeError, "kernel"),
        ({"param_grid": {"k": [0.5]}, "selector": SelectKBest()}, ValueError, "'k' parameter of SelectKBest"),
        ({"n_features_to_select": [2, 9]}, ValueError, "n_features_to_select=9: X has 8 features"),
        ({"selector": RecursiveElimination(keep=[1, 2]), "n_features_to_select": [1]}, ValueError, "2 in keep: raise"),
        ({"selector": SelectFdr(), "param_grid": {"alpha": [0.0]}}, ValueError, r"\{'alpha': 0.0\} selects no column"),
    ],
    ids=str,
)
def test_what_cannot_be_searched_is_refused_by_name(Xy, parameters, error, message):
    with pytest.raises(error, match=message):
        searching(**parameters).fit(*Xy)


def test_keep_sets_where_default_sizes_begin(Xy):
    search = searching(CoverageSelector(**GROUPS | {"keep": [2, 4]})).fit(*Xy)
    assert [each["n_features_to_select"] for each in search.cv_results_["params"]] == [2, 3, 4, 5]


def test_before_a_fit_there_is_nothing(Xy):
    X, y = Xy
    for use in (
        lambda search: search.transform(X),
        lambda search: search.predict(X),
        lambda search: search.score(X, y),
    ):
        for search in (searching(), InfFSCV(Ridge())):
            with pytest.raises(NotFittedError, match=f"This {type(search).__name__} instance is not fitted yet"):
                use(search)


def test_every_parameter_and_attribute_is_documented(Xy):
    documentation, search = inspect.getdoc(SelectorCV), searching(SelectKBest())
    for name in search.get_params(deep=False):
        assert f"\n{name} : " in documentation
    for name in vars(search.fit(*Xy)):
        assert name in documentation or name.startswith("_")


@pytest.fixture
def mixed(rng):
    X = pd.DataFrame(rng.standard_normal((60, 3)), columns=list("abc"))
    y = (X["a"] > 0).astype(int)
    return X.assign(town=np.where(y == rng.integers(0, 2, 60), "Rome", "Oslo"), gap=X["a"].where(X["b"] > -1)), y


ENCODER = make_column_transformer(
    (OneHotEncoder(handle_unknown="ignore"), make_column_selector(dtype_exclude="number")), remainder="passthrough"
)


@pytest.mark.parametrize("make", [lambda X: X, pl.from_pandas], ids=["pandas", "polars"])
def test_a_model_that_takes_no_text_or_gaps_is_told_of_columns_and_what_to_do(mixed, make):
    X, y = mixed
    search = SelectorCV(LogisticRegression(), InfFS(), n_features_to_select=[1.0], cv=2)
    with pytest.raises(ValueError, match="LogisticRegression takes no text, which is in 'town': encode it in a Pipe"):
        search.fit(make(X), y)
    with pytest.raises(ValueError, match="LogisticRegression takes no missing values, which are in 'gap': fill them"):
        search.fit(make(X.drop(columns="town")), y)
    with pytest.raises(ValueError, match="takes no text, which is in 'town'"):
        compare({"all": None}, LogisticRegression(), X, y, cv=2)


def test_what_is_said_to_such_a_model_helps(mixed):
    X, y = mixed
    for model in (
        make_pipeline(ENCODER, SimpleImputer(), LogisticRegression()),
        HistGradientBoostingClassifier(categorical_features="from_dtype", max_iter=3),
    ):
        SelectorCV(model, InfFS(), n_features_to_select=[2, 5], cv=2).fit(X.astype({"town": "category"}), y)
    with pytest.raises(ValueError, match="Negative"):  # of something else nothing is said
        SelectorCV(MultinomialNB(), InfFS(), n_features_to_select=[2], cv=2).fit(X[["a", "b", "c"]], y)
