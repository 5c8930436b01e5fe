"""A search agrees with scikit-learn's own over a Pipeline, at a fraction of the work."""

import inspect
import pickle

import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.sparse as sp
from sklearn import config_context
from sklearn.base import clone
from sklearn.datasets import load_wine
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import get_scorer, make_scorer, mean_squared_error
from sklearn.model_selection import GridSearchCV, GroupKFold, KFold, LeaveOneGroupOut, StratifiedKFold, cross_validate
from sklearn.neighbors import KernelDensity, KNeighborsClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler, minmax_scale

from infsel import AttentionSelector, AttentionSelectorCV, InfFS, InfFSCV
from infsel.affinities import Redundancy
from infsel.estimators.search._results import choose
from infsel.krylov import Krylov

GRID = {"alpha": [0.2, 0.8], "n_hops": [1, np.inf], "damping": [0.9, 0.3], "n_features_to_select": [2, 5, 0.5]}


@pytest.fixture(scope="module")
def wine():
    X, y = load_wine(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(y))
    return minmax_scale(X)[order], y[order]


def asking(weights=True):
    return InfFS().set_fit_request(sample_weight=weights)


def inf_fs_cv(estimator, grid=GRID, **parameters):
    parameters = {"cv": 3} | parameters
    grids = {"alphas": grid.get("alpha"), "n_hops": grid.get("n_hops"), "dampings": grid.get("damping")}
    return InfFSCV(estimator, **grids, n_features_to_select=grid["n_features_to_select"], **parameters)


def grid_search(selector, estimator, grid, **parameters):
    parameters = {"cv": 3} | parameters
    pipeline = Pipeline([("selector", selector), ("estimator", estimator)])
    return GridSearchCV(pipeline, {f"selector__{name}": values for name, values in grid.items()}, **parameters)


def assert_agree(search, reference):
    assert search.best_index_ == reference.best_index_
    assert search.best_score_ == reference.best_score_
    assert {f"selector__{name}": value for name, value in search.best_params_.items()} == reference.best_params_
    names = {name.replace("selector__", "") for name in reference.cv_results_}
    assert names | {"n_features"} == set(search.cv_results_)
    for name in names:
        found = search.cv_results_[name]
        expected = reference.cv_results_.get(
            name, reference.cv_results_.get(name.replace("param_", "param_selector__"))
        )
        if "test" in name:
            np.testing.assert_array_equal(found, expected)
        elif name.startswith("param_"):
            assert found.tolist() == expected.tolist()
            assert found.dtype == expected.dtype
        elif name == "params":
            assert [{f"selector__{key}": value for key, value in params.items()} for params in found] == expected
        else:
            assert found.shape == expected.shape
            assert (found >= 0).all()


@pytest.mark.parametrize(
    ("selector", "estimator", "parameters"),
    [
        (InfFS(), KNeighborsClassifier(), {}),
        (InfFS(readout="total", correlation="pearson"), LogisticRegression(), {"cv": 3, "scoring": "roc_auc_ovr"}),
        (InfFS(normalization="row", readout="seeded", start="fisher"), LogisticRegression(), {"cv": KFold(4)}),
        (InfFS(), Ridge(), {"scoring": make_scorer(mean_squared_error, greater_is_better=False)}),
    ],
    ids=str,
)
def test_agrees_with_a_grid_search_over_a_pipeline(wine, selector, estimator, parameters):
    search = inf_fs_cv(estimator, selector=selector, **parameters).fit(*wine)
    assert_agree(search, grid_search(selector, estimator, GRID, **parameters).fit(*wine))
    assert isinstance(search.selector_, InfFS)
    assert search.n_estimator_fits_ < len(search.cv_results_["params"]) * search.n_splits_


def test_attention_agrees_too(wine):
    grid = {"temperature": [1, 20, "auto"], "n_heads": [1, 3], "n_features_to_select": [1, 4, 0.9]}
    sizes = grid["n_features_to_select"]
    search = AttentionSelectorCV(
        KNeighborsClassifier(),
        temperatures=grid["temperature"],
        n_heads=grid["n_heads"],
        n_features_to_select=sizes,
        cv=3,
    )
    reference = grid_search(AttentionSelector(), KNeighborsClassifier(), grid).fit(*wine)
    assert_agree(search.fit(*wine), reference)
    assert isinstance(search.selector_, AttentionSelector)


def test_several_metrics_with_one_that_decides(wine):
    for scoring, refit in ((["accuracy", "f1_macro"], "f1_macro"), ({"a": "accuracy", "b": "neg_log_loss"}, "b")):
        search = inf_fs_cv(LogisticRegression(), scoring=scoring, refit=refit).fit(*wine)
        reference = grid_search(InfFS(), LogisticRegression(), GRID, scoring=scoring, refit=refit).fit(*wine)
        assert_agree(search, reference)
        assert search.score(*wine) == reference.score(*wine)


def test_a_scorer_may_return_several_scores(wine):
    def both(estimator, X, y):
        right = estimator.predict(X) == y
        return {"first": right[:9].mean(), "all": right.mean()}

    search = inf_fs_cv(KNeighborsClassifier(), scoring=both, refit="all").fit(*wine)
    assert_agree(search, grid_search(InfFS(), KNeighborsClassifier(), GRID, scoring=both, refit="all").fit(*wine))
    with pytest.raises(ValueError, match="refit=True with several metrics: name the one that decides, of first, all"):
        inf_fs_cv(KNeighborsClassifier(), scoring=both).fit(*wine)


def test_twenty_times_fewer_affinities(wine, monkeypatch):
    calls, build = [], Redundancy.relate
    monkeypatch.setattr(Redundancy, "relate", lambda self, X, y=None: calls.append(X.shape) or build(self, X, y))
    grid = GRID | {"n_features_to_select": [1, 2, 3, 4]}
    search = inf_fs_cv(KNeighborsClassifier(), grid).fit(*wine)
    ours = len(calls)
    reference = grid_search(InfFS(), KNeighborsClassifier(), grid).fit(*wine)
    assert_agree(search, reference)
    assert ours == search.n_splits_ + 1
    assert len(calls) - ours == 32 * 3 + 1 > 20 * ours


def test_equal_selections_are_trained_once(wine):
    trained = []

    class Counting(KNeighborsClassifier):
        def fit(self, X, y):
            trained.append(X.tobytes())
            return super().fit(X, y)

    search = inf_fs_cv(Counting()).fit(*wine)
    assert len(trained) == len(set(trained)) == search.n_estimator_fits_ + 1  # and the refit
    assert search.n_estimator_fits_ <= 3 * 24 / 2
    assert search.selection_times_.shape == (3,)


def test_processes_find_the_same(wine):
    alone, together = (inf_fs_cv(KNeighborsClassifier(), n_jobs=n_jobs).fit(*wine) for n_jobs in (None, 2))
    for name, values in alone.cv_results_.items():
        if "time" not in name:
            np.testing.assert_array_equal(together.cv_results_[name], values)
    assert together.best_params_ == alone.best_params_
    np.testing.assert_array_equal(together.scores_, alone.scores_)


def test_one_standard_error_takes_the_smallest(wine):
    best = inf_fs_cv(KNeighborsClassifier()).fit(*wine)
    frugal = clone(best).set_params(rule="1se").fit(*wine)
    results = best.cv_results_
    splits = [results[f"split{i}_test_score"][best.best_index_] for i in range(3)]
    limit = best.best_score_ - np.std(splits, ddof=1) / np.sqrt(3)
    rows = [row for row, mean in enumerate(results["mean_test_score"]) if mean >= limit]
    fewest = min(results["n_features"][row] for row in rows)
    assert frugal.n_features_ == fewest <= best.n_features_
    assert frugal.best_score_ == max(results["mean_test_score"][r] for r in rows if results["n_features"][r] == fewest)
    last = clone(best).set_params(rule=lambda found: len(found["params"]) - 1).fit(*wine)
    assert last.best_index_ == 23


def test_the_rules_on_a_table_of_results():
    results = {
        "rank_test_score": np.array([3, 1, 2, 2]),
        "mean_test_score": np.array([0.5, 0.9, 0.85, 0.85]),
        "n_features": np.array([1, 9, 4, 4]),
        "split0_test_score": np.array([0.5, 0.8, 0.8, 0.8]),
        "split1_test_score": np.array([0.5, 1.0, 0.9, 0.9]),
    }
    assert choose("best", results, "score", n_splits=2) == 1
    assert choose("1se", results, "score", n_splits=2) == 2  # one standard error is 0.1
    assert choose("1se", results, "score", n_splits=1) == 1  # there is none with one split


def test_it_is_a_selector_and_predicts(wine):
    X, y = wine
    names = [f"f{i}" for i in range(13)]
    frame = pd.DataFrame(X, columns=names).assign(f3=(X[:, 3] * 10).astype(np.int16))
    search = inf_fs_cv(LogisticRegression()).set_output(transform="pandas").fit(frame, y)
    selected = search.transform(frame)
    assert selected.columns.tolist() == search.get_feature_names_out().tolist()
    assert selected.dtypes.equals(frame.dtypes[selected.columns])
    assert search.to_frame().selected.sum() == search.n_features_ == search.get_support().sum() == selected.shape[1]
    own = InfFS(**search.best_params_).fit(frame)
    for attribute in ("scores_", "ranking_", "support_"):
        np.testing.assert_array_equal(getattr(search, attribute), getattr(own, attribute))
    alone = LogisticRegression().fit(frame.to_numpy()[:, search.support_], y)
    for method in ("predict", "predict_proba", "predict_log_proba", "decision_function"):
        expected = getattr(alone, method)(frame.to_numpy()[:, search.support_])
        np.testing.assert_array_equal(getattr(search, method)(frame), expected)
    assert search.score(frame, y) == alone.score(frame.to_numpy()[:, search.support_], y)
    assert search.classes_.tolist() == [0, 1, 2]
    assert not hasattr(inf_fs_cv(Ridge()), "predict_proba")
    again = pickle.loads(pickle.dumps(search))
    np.testing.assert_array_equal(again.predict(frame), search.predict(frame))


def test_polars_frames_and_sparse_stored_and_float32_tables(wine, tmp_path):
    X, y = wine
    expected = inf_fs_cv(KNeighborsClassifier(), cv=3).fit(X, y)
    frame = pl.DataFrame(X, schema=[f"f{i}" for i in range(13)])
    search = clone(expected).set_output(transform="polars").fit(frame, y)
    assert isinstance(search.transform(frame), pl.DataFrame)
    np.testing.assert_array_equal(search.cv_results_["mean_test_score"], expected.cv_results_["mean_test_score"])
    sparse = clone(expected).fit(sp.coo_array(X), y)
    np.testing.assert_array_equal(sparse.support_, expected.support_)
    np.testing.assert_array_equal(sparse.predict(sp.csc_array(X)), expected.predict(X))
    np.save(tmp_path / "X.npy", X)
    stored = clone(expected).fit(np.load(tmp_path / "X.npy", mmap_mode="r"), y)
    np.testing.assert_array_equal(stored.support_, expected.support_)
    single = clone(expected).fit(X.astype(np.float32), y)
    assert single.transform(X.astype(np.float32)).dtype == np.float32


def test_an_affinity_labeled_by_columns_is_aligned_in_the_folds(wine, rng):
    X, y = wine
    names = list("abcdefghijklm")
    frame, A = pd.DataFrame(X, columns=names), pd.DataFrame(rng.random((13, 13)), index=names, columns=names)
    grid = {"n_hops": [1, np.inf], "damping": [0.5], "n_features_to_select": [2, 4]}
    search = inf_fs_cv(KNeighborsClassifier(), grid, selector=InfFS(affinity=A.iloc[::-1, ::-1])).fit(frame, y)
    reference = grid_search(InfFS(affinity=A), KNeighborsClassifier(), grid).fit(frame, y)
    np.testing.assert_array_equal(search.cv_results_["mean_test_score"], reference.cv_results_["mean_test_score"])


def test_defaults(wine):
    search = InfFSCV(KNeighborsClassifier()).fit(*wine)
    sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13]
    assert sorted(set(search.cv_results_["n_features"])) == sizes
    assert len(search.cv_results_["params"]) == 5 * 5 * 2 * len(sizes)
    assert search.n_splits_ == 5
    attention = AttentionSelectorCV(KNeighborsClassifier(), cv=2).fit(*wine)
    assert len(attention.cv_results_["params"]) == 4 * len(sizes)


def test_an_estimator_without_a_target(wine):
    X, density = wine[0], KernelDensity(bandwidth=0.5)  # no BLAS: a mixture once differed in its last bit
    search = inf_fs_cv(density, cv=3).fit(X)
    reference = grid_search(InfFS(), density, GRID, cv=3).fit(X)
    assert_agree(search, reference)
    assert search.score(X) == reference.score(X)


def test_inside_a_grid_search_inside_a_cross_validation(wine):
    inner = InfFSCV(
        LogisticRegression(), alphas=[0.3, 0.7], n_hops=[1, np.inf], dampings=[0.9], n_features_to_select=[3, 6], cv=3
    )
    pipeline = make_pipeline(MinMaxScaler(), inner)
    search = GridSearchCV(pipeline, {"inffscv__estimator__C": [0.1, 10], "inffscv__rule": ["best", "1se"]}, cv=2)
    outcome = cross_validate(search, *wine, cv=2, return_estimator=True)
    assert (outcome["test_score"] > 0.8).all()
    for fitted in outcome["estimator"]:
        assert fitted.best_estimator_[-1].n_features_ in (3, 6)


class TestRouting:
    """Metadata reach the estimator, the scorer and the splitter as scikit-learn routes them."""

    @pytest.mark.parametrize("to_selector", [True, False])
    def test_weights_and_groups(self, wine, to_selector):
        X, y = wine
        weights = np.random.default_rng(1).integers(1, 9, len(y)).astype(float)
        groups = np.arange(len(y)) % 7
        with config_context(enable_metadata_routing=True):
            estimator = LogisticRegression().set_fit_request(sample_weight=True)
            scorer = get_scorer("accuracy").set_score_request(sample_weight=True)
            parameters = {"cv": GroupKFold(4), "scoring": scorer}
            search = inf_fs_cv(estimator, selector=asking(to_selector), **parameters)
            search.fit(X, y, sample_weight=weights, groups=groups)
            reference = grid_search(asking(to_selector), estimator, GRID, **parameters)
            reference.fit(X, y, sample_weight=weights, groups=groups)
            assert_agree(search, reference)
            np.testing.assert_array_equal(search.estimator_.coef_, reference.best_estimator_[-1].coef_)
            assert search.score(X, y, sample_weight=weights) == reference.score(X, y, sample_weight=weights)
            unweighted = inf_fs_cv(clone(estimator), **parameters).fit(X, y, groups=groups)
            assert (unweighted.cv_results_["mean_test_score"] != search.cv_results_["mean_test_score"]).any()

    def test_weights_act_like_repeated_rows(self, wine):
        X, y = wine
        X, y = X[::3], y[::3]
        repeats = np.random.default_rng(2).integers(1, 4, len(y))
        fold = np.arange(len(y)) % 3
        rows = np.repeat(np.arange(len(y)), repeats)
        grid = {"alpha": [0.2, 0.8], "n_hops": [1], "damping": [0.9], "n_features_to_select": [3, 13]}
        with config_context(enable_metadata_routing=True):
            estimator = LogisticRegression(tol=1e-10).set_fit_request(sample_weight=True)
            estimator = estimator.set_score_request(sample_weight=True)
            weighted = inf_fs_cv(estimator, grid, selector=asking(), cv=LeaveOneGroupOut())
            weighted.fit(X, y, sample_weight=repeats, groups=fold)
            repeated = inf_fs_cv(clone(estimator), grid, cv=LeaveOneGroupOut())
            repeated.fit(X[rows], y[rows], groups=fold[rows])
        np.testing.assert_allclose(
            weighted.cv_results_["mean_test_score"], repeated.cv_results_["mean_test_score"], atol=1e-12
        )

    def test_a_weighted_scorer_alone(self, wine):
        X, y = wine
        weights = (y == 0).astype(float)
        with config_context(enable_metadata_routing=True):
            scorer = get_scorer("accuracy").set_score_request(sample_weight=True)
            estimator = KNeighborsClassifier()
            search = inf_fs_cv(estimator, selector=asking(False), scoring=scorer).fit(X, y, sample_weight=weights)
            reference = grid_search(asking(False), estimator, GRID, scoring=scorer).fit(X, y, sample_weight=weights)
            assert_agree(search, reference)

    def test_nested_routing(self, wine):
        X, y = wine
        weights = np.ones(len(y))
        with config_context(enable_metadata_routing=True):
            estimator = LogisticRegression().set_fit_request(sample_weight=True).set_score_request(sample_weight=True)
            grid = {"alpha": [0.5], "n_hops": [1], "damping": [0.9], "n_features_to_select": [3, 6]}
            inner = inf_fs_cv(estimator, grid, selector=asking(), cv=3)
            outer = GridSearchCV(inner, {"rule": ["best", "1se"]}, cv=2)
            outcome = cross_validate(outer, X, y, cv=2, params={"sample_weight": weights})
            assert len(outcome["test_score"]) == 2
            with pytest.raises(TypeError, match="unexpected"):
                inner.fit(X, y, nonsense=weights)

    def test_what_nobody_asked_for_is_refused(self, wine):
        X, y = wine
        with config_context(enable_metadata_routing=True), pytest.raises(ValueError, match="sample_weight"):
            inf_fs_cv(LogisticRegression()).fit(X, y, sample_weight=np.ones(len(y)))
        with pytest.raises(ValueError, match="enable_metadata_routing=True"):
            inf_fs_cv(LogisticRegression()).fit(X, y, nonsense=np.ones(len(y)))

    @pytest.mark.parametrize("kind", [InfFSCV, AttentionSelectorCV])
    def test_without_routing_weights_go_to_the_selector(self, wine, kind):
        X, y = wine
        weights = np.random.default_rng(3).integers(0, 4, len(y)).astype(float)
        search = kind(LogisticRegression(), n_features_to_select=[3, 6], cv=3).fit(X, y, sample_weight=weights)
        alone = clone(search.selector_).fit(X, y, sample_weight=weights)
        np.testing.assert_array_equal(search.selector_.scores_, alone.scores_)
        kept = weights > 0
        trained = LogisticRegression().fit(X[kept][:, search.support_], y[kept])
        np.testing.assert_array_equal(search.estimator_.coef_, trained.coef_)

    def test_groups_need_no_routing(self, wine):
        X, y = wine
        groups = np.arange(len(y)) % 5
        search = inf_fs_cv(KNeighborsClassifier(), cv=LeaveOneGroupOut()).fit(X, y, groups=groups)
        reference = grid_search(InfFS(), KNeighborsClassifier(), GRID, cv=LeaveOneGroupOut()).fit(X, y, groups=groups)
        assert_agree(search, reference)
        with pytest.raises(ValueError, match="groups"):
            inf_fs_cv(KNeighborsClassifier(), cv=LeaveOneGroupOut()).fit(X, y)


@pytest.mark.parametrize(
    ("parameters", "error", "message"),
    [
        ({"n_features_to_select": [2, 14]}, ValueError, "n_features_to_select=14: X has 13 features"),
        ({"n_features_to_select": [0]}, ValueError, "n_features_to_select=0"),
        ({"n_features_to_select": [1.5]}, ValueError, r"n_features_to_select=1.5: a fraction must be in \(0, 1\]"),
        ({"n_features_to_select": []}, ValueError, "n_features_to_select is empty"),
        ({"n_features_to_select": 3}, TypeError, "n_features_to_select=3: pass a list"),
        ({"alphas": []}, ValueError, "alphas is empty"),
        ({"alphas": [2]}, ValueError, "alpha=2: pass a number from 0 to 1"),
        ({"n_hops": [0]}, ValueError, "n_hops=0: pass a whole number from 1 up"),
        ({"selector": InfFS(affinity="attention"), "alphas": [0.5]}, ValueError, "does not read alpha"),
        ({"selector": AttentionSelector()}, TypeError, "pass an InfFS, or None"),
        ({"selector": InfFS(solver=Krylov(n_landmarks=16))}, ValueError, "selector has n_landmarks"),
        ({"estimator": LogisticRegression}, TypeError, "estimator=LogisticRegression is a class: pass an object of it"),
        ({"estimator": 3}, TypeError, "estimator=3: pass an object with fit"),
        ({"rule": "2se"}, ValueError, "rule='2se': choose 'best' or '1se', or a function of cv_results_"),
        ({"scoring": ["accuracy", "f1_macro"]}, ValueError, "refit=True with several metrics: name the one"),
        ({"scoring": {"a": "accuracy"}, "refit": "b"}, ValueError, "refit='b' with several metrics: name.* of a"),
        ({"scoring": "nonsense"}, ValueError, "nonsense"),
        ({"cv": []}, ValueError, "yields no split"),
        ({"cv": [([], [1, 2])]}, ValueError, "split 0 of cv has no training rows"),
        ({"cv": [([0, 1], [2]), ([1, 2], [])]}, ValueError, "split 1 of cv has no test rows"),
    ],
    ids=str,
)
def test_bad_parameters_are_named(wine, parameters, error, message):
    search = InfFSCV(**{"estimator": KNeighborsClassifier()} | parameters)
    with pytest.raises(error, match=message):
        search.fit(*wine)


def test_a_fold_of_one_class_is_named(wine):
    X, y = wine
    X, y = X[np.argsort(y, kind="stable")], np.sort(y) // 2
    with pytest.raises(ValueError, match=r"split 1 of cv trains on the class 0 alone.*StratifiedKFold"):
        inf_fs_cv(KNeighborsClassifier(), cv=[([0, -1], [1]), ([0, 1], [-1])]).fit(X, y)
    with pytest.raises(ValueError, match="split 0 of cv trains on the class 'a' alone"):
        inf_fs_cv(DummyClassifier(), cv=3).fit(X, np.array(["a"] * len(y)))
    with pytest.raises(ValueError, match="split 0 of cv trains on the class 1 alone"):
        inf_fs_cv(KNeighborsClassifier(), cv=KFold(2)).fit(X[y.argsort()][:100], np.repeat([0, 1], 50))


@pytest.mark.filterwarnings("ignore:.*:sklearn.exceptions.UndefinedMetricWarning")
def test_a_score_that_is_not_defined_is_an_error(wine):
    X, y = wine
    split = [(np.arange(100), np.flatnonzero(y == 0))]
    with pytest.raises(ValueError, match=r"NaN on the test rows|Only one class") as caught:
        inf_fs_cv(LogisticRegression(), scoring="roc_auc", cv=split).fit(X, y == 0)
    assert "This was in split 0 of cv." in caught.value.__notes__


def test_an_error_says_in_which_split_it_arose(wine):
    X, y = wine

    class Fussy(KNeighborsClassifier):
        def fit(self, X, y):
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no") as caught:
        inf_fs_cv(Fussy(), cv=StratifiedKFold(3)).fit(X, y)
    assert caught.value.__notes__ == ["This was in split 0 of cv."]
    X, y = np.where(np.arange(len(y))[:, None] < 90, 1.0, X), np.arange(len(y)) % 2
    with pytest.raises(ValueError, match="every column of X is constant") as caught:
        inf_fs_cv(KNeighborsClassifier(1), cv=[([100, 120, 151], [2]), (np.arange(80), [2])]).fit(X, y)
    assert caught.value.__notes__ == ["This was in split 1 of cv."]


def test_the_search_leaves_its_parameters_alone(wine):
    selector, estimator = InfFS(readout="total"), make_pipeline(StandardScaler(), LogisticRegression())
    search = inf_fs_cv(estimator, selector=selector)
    before = {name: repr(value) for name, value in search.get_params().items()}
    search.fit(*wine)
    assert {name: repr(value) for name, value in search.get_params().items()} == before
    assert not hasattr(selector, "scores_")
    assert not hasattr(selector, "n_features_in_")
    assert search.selector_.readout == "total"


@pytest.mark.parametrize("search", [InfFSCV(KNeighborsClassifier()), AttentionSelectorCV(KNeighborsClassifier())])
def test_every_parameter_and_attribute_is_documented(wine, search):
    documentation = inspect.getdoc(type(search))
    for parameter in search.get_params(deep=False):
        assert f"\n{parameter} : " in documentation
    for attribute in vars(clone(search).fit(*wine)):
        assert attribute in documentation or attribute.startswith("_")
