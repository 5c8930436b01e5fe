"""What a user sees of the selectors that pick feature after feature: errors, frames, copies of a table, grid search."""

import pickle

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.base import clone
from sklearn.datasets import load_wine
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline

from infsel import CoverageSelector, CriterionSelector, DeflatedPopularity, InfFS
from infsel.criteria import CMIM, JMI, ColumnSubset, Filter
from infsel.relevances import IteratedRelief, ReliefF

SELECTORS = [CoverageSelector(), CriterionSelector(), CriterionSelector("relieff"), DeflatedPopularity()]
SUPERVISED = SELECTORS[:3]


@pytest.fixture(params=SELECTORS, ids=repr)
def selector(request):
    return clone(request.param)


@pytest.fixture(params=SUPERVISED, ids=repr)
def supervised(request):
    return clone(request.param)


@pytest.fixture
def X(rng):
    return rng.standard_normal((30, 6))


@pytest.fixture
def y():
    return np.arange(30) % 3


def test_a_target_is_required(supervised, X):
    with pytest.raises(ValueError, match="requires y to be passed, but the target y is None"):
        supervised.fit(X, None)


def test_a_single_class(supervised, X):
    with pytest.raises(ValueError, match="y is same everywhere"):
        supervised.fit(X, ["same"] * 30)
    with pytest.raises(ValueError, match=r"y is 0 everywhere: pass a target that varies"):
        supervised.fit(X, np.zeros((30, 2), dtype=int))


@pytest.mark.parametrize("selector", [CoverageSelector(task="regression"), CriterionSelector(task="regression")])
def test_a_constant_target(selector, X):
    with pytest.raises(ValueError, match=r"y is 1.5 everywhere"):
        selector.fit(X, np.full(30, 1.5))
    with pytest.raises(ValueError, match=r"y holds 'a', which is no number"):
        selector.fit(X, ["a", "b"] * 15)


def test_numbers_are_no_classes(supervised, X, rng):
    with pytest.raises(ValueError, match="which is no class label"):
        supervised.set_params(task="classification").fit(X, rng.random(30))


def test_whole_numbers_are_labels_or_not_as_told(X, rng):
    y = rng.permutation(30) // 2
    for selector in (CoverageSelector(), CriterionSelector()):
        auto, numbers, labels = (
            clone(selector).set_params(task=task).fit(X, y).gains_ for task in ("auto", "regression", "classification")
        )
        np.testing.assert_array_equal(auto, numbers)
        assert not np.array_equal(auto, labels)


@pytest.mark.parametrize("n_samples", [1, 4])
def test_too_few_samples(selector, n_samples, X, y):
    with pytest.raises(ValueError, match=rf"{n_samples} sample\(s\).*minimum of 5 is required"):
        selector.fit(X[:n_samples], y[:n_samples])


def test_too_few_samples_count(selector, X, y):
    with pytest.raises(ValueError, match="sample_weight is positive for 4 samples: at least 5 must count"):
        selector.fit(X, y, sample_weight=np.arange(30) < 4)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (np.r_[-1.0, np.ones(29)], r"sample_weight\[0\] is negative"),
        (np.ones(29), "sample_weight"),
        (np.full(30, np.nan), "NaN"),
    ],
)
def test_wrong_weights(selector, weights, message, X, y):
    with pytest.raises(ValueError, match=message):
        selector.fit(X, y, sample_weight=weights)


def test_wrong_targets(supervised, X):
    with pytest.raises(ValueError, match="inconsistent numbers of samples"):
        supervised.fit(X, np.arange(29) % 2)
    with pytest.raises(ValueError, match="y contains NaN"):
        supervised.fit(X, np.r_[np.nan, np.arange(29) % 2])
    with pytest.raises(ValueError, match="mixes labels that cannot be sorted"):
        supervised.fit(X, np.array([0, "a", 1] * 10, dtype=object))
    with pytest.raises(ValueError, match="y contains None: y has 10 missing values, the first in row 2"):
        supervised.fit(X, np.array([0, 1, None] * 10, dtype=object))


def test_one_column_is_ranked_and_a_constant_one_refused(selector, X, y):
    fitted = selector.fit(X[:, :1], y)
    assert (fitted.ranking_.tolist(), fitted.scores_.tolist()) == ([1], [1.0])
    with pytest.raises(ValueError, match="every column of X is constant"):
        selector.fit(np.ones((30, 1)), y)


@pytest.mark.parametrize(
    ("parameters", "error", "message"),
    [
        ({"criterion": "mrmi"}, ValueError, "criterion='mrmi' is not known: choose one of 'jmi', 'cmim'"),
        ({"criterion": 3}, TypeError, "criterion=3: pass a name or an object of infsel.criteria"),
        ({"criterion": JMI(bins=1)}, ValueError, "bins=1: pass a whole number from 2 to 256"),
        ({"criterion": CMIM(bins=300)}, ValueError, "bins=300"),
        ({"criterion": JMI(bins=2.5)}, ValueError, "bins=2.5"),
        ({"criterion": ReliefF(0)}, ValueError, "n_neighbors=0"),
        ({"criterion": Filter("fishy")}, ValueError, "relevance 'fishy' is not known"),
        ({"task": "ranking"}, ValueError, "task='ranking': choose one of 'auto'"),
        ({"n_features_to_select": 7}, ValueError, "n_features_to_select=7: X has 6 features"),
        ({"n_jobs": 0}, ValueError, "n_jobs=0"),
    ],
)
def test_wrong_parameters(parameters, error, message, X, y):
    with pytest.raises(error, match=message):
        CriterionSelector(**parameters).fit(X, y)


def test_any_relevance_and_any_criterion_serve(X, y):
    by_name, by_object = CriterionSelector("irelief").fit(X, y), CriterionSelector(IteratedRelief()).fit(X, y)
    np.testing.assert_array_equal(by_name.ranking_, by_object.ranking_)
    fisher = CriterionSelector(Filter("fisher")).fit(X, y)
    assert fisher.ranking_[fisher.gains_.argmax()] == 1
    unweighted = Filter(lambda X, y: X.std(axis=0))
    twice = CriterionSelector(unweighted).fit(np.vstack([X, X[-1:]]), np.append(y, y[-1]))
    weighted = CriterionSelector(unweighted).fit(X, y, sample_weight=np.r_[np.ones(29), 2])
    np.testing.assert_array_equal(weighted.gains_, twice.gains_)
    with pytest.raises(ValueError, match=r"cannot weigh samples, and sample_weight holds 1\.5: pass whole numbers"):
        CriterionSelector(unweighted).fit(X, y, sample_weight=np.r_[np.ones(29), 1.5])
    popular = CriterionSelector(ColumnSubset()).fit(X, y)
    np.testing.assert_array_equal(popular.ranking_, DeflatedPopularity().fit(X).ranking_)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
def test_frames_keep_their_kind_and_types(selector, make, X, y):
    names = list("abcdef")
    frame = make({name: np.round(X[:, i] * 9).astype(np.int8) for i, name in enumerate(names)})
    selector.set_output(transform="pandas" if make is pd.DataFrame else "polars").set_params(n_features_to_select=2)
    selected = selector.fit(frame, y).transform(frame)
    assert type(selected) is type(frame)
    assert list(selected.columns) == selector.get_feature_names_out().tolist()
    assert all(kind == frame[name].dtype for name, kind in zip(selected.columns, selected.dtypes, strict=True))
    table = selector.to_frame()
    assert list(table.columns) == ["feature", "score", "rank", "selected", "gain", "step"]
    assert list(table["rank"]) == [1, 2, 3, 4, 5, 6]


def test_dates_name_the_column(selector, y):
    with pytest.raises(ValueError, match="cannot be read: 'day'"):
        selector.fit(pd.DataFrame({"a": np.arange(30), "day": pd.date_range("2020", periods=30)}), y)


def test_nan_names_the_column(selector, X, y):
    X[3, 2] = np.nan
    with pytest.raises(ValueError, match="column 'x2' has 1 such values"):
        selector.set_params(missing="error").fit(X, y)


def test_numbers_at_the_edge_of_overflow(selector, X, y):
    X[:, 0], X[:, 1] = np.r_[[1.7e308] * 15, [-1.7e308] * 15], np.r_[[1e-300] * 15, [-1e-300] * 15] * (1 + X[:, 1])
    assert np.isfinite(selector.fit(X, y).gains_).all()


def test_fitting_changes_neither_the_table_nor_the_parameters(selector, X, y):
    before, parameters = X.copy(), selector.get_params()
    selector.fit(X, y)
    np.testing.assert_array_equal(X, before)
    assert selector.get_params() == parameters


def test_a_table_in_a_file(selector, X, y, tmp_path):
    np.save(tmp_path / "X.npy", X)
    stored = np.load(tmp_path / "X.npy", mmap_mode="r")
    expected = clone(selector).fit(X, y)
    np.testing.assert_array_equal(selector.fit(stored, y).gains_, expected.gains_)
    np.testing.assert_array_equal(selector.transform(stored), expected.transform(X))
    with pytest.raises(ValueError, match="pass at least 5 samples and one feature"):
        selector.fit(np.load(tmp_path / "X.npy", mmap_mode="r")[:4], y[:4])


def test_pickles(selector, X, y):
    again = pickle.loads(pickle.dumps(selector.fit(X, y)))
    np.testing.assert_array_equal(again.transform(X), selector.transform(X))


def test_grid_search_reaches_the_parameters_of_a_criterion():
    X, y = load_wine(return_X_y=True)
    pipeline = make_pipeline(CriterionSelector(JMI(), n_features_to_select=3), LogisticRegression(max_iter=5000))
    grid = {"criterionselector__criterion__bins": [2, 5], "criterionselector__n_features_to_select": [1, 3]}
    search = GridSearchCV(pipeline, grid, cv=3).fit(X, y)
    assert search.best_params_["criterionselector__n_features_to_select"] == 3


def test_labels_of_any_type(supervised, X, y):
    expected = supervised.fit(X, y).ranking_
    for labels in (
        np.array(["x", "yy", "z"])[y],
        pd.Series(["x", "yy", "z"], dtype="category")[y],
        np.array(["x", "yy", "z"], dtype=object)[y].tolist(),
        pl.Series(np.array(["x", "yy", "z"])[y]),
    ):
        np.testing.assert_array_equal(supervised.fit(X, labels).ranking_, expected)


def test_popularity_without_deflation_is_what_inf_fs_measures(rng):
    """Five copies with noise make one column popular; deflation takes one of them and moves on."""
    factor, others = rng.standard_normal((200, 1)), rng.standard_normal((200, 5))
    X = np.c_[factor + 0.3 * rng.standard_normal((200, 5)), others]
    assert (np.argsort(DeflatedPopularity(n_features_to_select=6).fit(X).ranking_)[:6] < 5).sum() == 1
    popular = InfFS(affinity=np.square(np.corrcoef(X.T)), n_hops=1).fit(X)
    assert (np.argsort(popular.ranking_)[:5] < 5).all()
