"""What is selected again and again on halves of the samples."""

import warnings

import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.sparse as sp
from sklearn import config_context
from sklearn.base import BaseEstimator, clone
from sklearn.datasets import load_breast_cancer, load_wine
from sklearn.feature_selection import SelectFromModel, SelectKBest, SelectorMixin, f_regression
from sklearn.linear_model import Lasso, LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler
from sklearn.tree import DecisionTreeRegressor

from infsel import CoverageSelector, InfFS, RecursiveElimination, StabilitySelector
from infsel.comparison import selection_stability
from infsel.selection import error_bounds

F_TEST = SelectKBest(f_regression, k=5)


class Remembers(SelectorMixin, BaseEstimator):
    """Selects columns whose mean is positive, and says which rows it saw."""

    seen: list = []  # noqa: RUF012

    def fit(self, X, y=None, sample_weight=None):
        rows = np.asarray(X)
        type(self).seen.append((rows[:, 0].astype(int), None if y is None else np.asarray(y), sample_weight, type(X)))
        self.n_features_in_ = X.shape[1]
        self.mask_ = rows.mean(axis=0) > 0
        return self

    def _get_support_mask(self):
        return self.mask_


@pytest.fixture
def seen():
    Remembers.seen = []
    yield Remembers.seen
    Remembers.seen = []


def numbered(rng, n=21):
    return np.c_[np.arange(n), rng.standard_normal((n, 6))]


def test_shares_are_counts_over_complementary_halves(rng, seen):
    X = numbered(rng)
    fitted = StabilitySelector(Remembers(), n_pairs=15, random_state=0).fit(X)
    halves = [rows for rows, *_ in seen]
    assert len(halves) == 30
    for first, second in zip(halves[::2], halves[1::2], strict=True):
        assert len(first) == len(second) == 10
        assert not set(first) & set(second)
    masks = np.array([X[rows].mean(axis=0) > 0 for rows in halves])
    np.testing.assert_array_equal(fitted.scores_, masks.mean(axis=0))
    np.testing.assert_array_equal(fitted.stability_path_, [masks.mean(axis=0)])
    assert fitted.n_selected_ == masks.sum(axis=1).mean()
    assert fitted.stability_ == selection_stability(masks)
    assert fitted.error_bounds_ == error_bounds(fitted.n_selected_, 7, 0.75, 15)
    np.testing.assert_array_equal(fitted.support_, fitted.scores_ >= 0.75)
    left_out = {tuple(set(range(21)) - set(a) - set(b)) for a, b in zip(halves[::2], halves[1::2], strict=True)}
    assert len(left_out) > 3  # with an odd number, never the same sample


def test_strata_are_shared_out(rng, seen):
    y = np.repeat(list("abc"), [4, 11, 6])
    StabilitySelector(Remembers(), n_pairs=20, stratify=True, random_state=0).fit(numbered(rng), y)
    counts = np.array([[sum(labels == c) for c in "abc"] for _, labels, *_ in seen])
    assert (np.abs(counts - [2, 5.5, 3]) <= 1).all()
    assert (counts[::2].mean(axis=0) - counts[1::2].mean(axis=0)).round(1).max() < 0.5  # neither half is favored
    assert (counts.sum(axis=1) == 10).all()


def test_every_number_of_jobs_gives_the_same(rng):
    X = rng.standard_normal((60, 12))
    y = X[:, 0] + rng.standard_normal(60)
    forest = SelectFromModel(DecisionTreeRegressor(max_features=2))
    one, two = (StabilitySelector(forest, n_pairs=6, random_state=5, n_jobs=jobs).fit(X, y) for jobs in (None, 2))
    np.testing.assert_array_equal(one.scores_, two.scores_)
    assert forest.estimator.random_state is None
    other = StabilitySelector(forest, n_pairs=6, random_state=6).fit(X, y)
    assert (other.scores_ != one.scores_).any()


@pytest.mark.parametrize(
    ("name", "values"), [("n_features_to_select", [1, 3, "auto", None]), ("threshold", ["mean", 0.5])]
)
def test_a_path_that_needs_one_fit_equals_one_with_many(rng, name, values):
    X = rng.standard_normal((40, 9)) * np.arange(1, 10)
    options = {"n_pairs": 5, "random_state": 0}
    fitted = StabilitySelector(InfFS(), param_name=name, param_range=values, **options).fit(X)
    assert fitted.stability_path_.shape == (len(values), 9)
    for value, shares in zip(values, fitted.stability_path_, strict=True):
        alone = StabilitySelector(InfFS(**{name: value}), **options).fit(X)
        np.testing.assert_array_equal(alone.scores_, shares)
    np.testing.assert_array_equal(fitted.scores_, fitted.stability_path_.max(axis=0))


def test_a_path_over_the_penalty_of_a_lasso(rng):
    X = rng.standard_normal((80, 15))
    y = 2 * X[:, 0] - 2 * X[:, 1] + rng.standard_normal(80)
    lasso = SelectFromModel(Lasso(), threshold=1e-10)
    alphas = [1.0, 0.5, 0.2]
    fitted = StabilitySelector(
        lasso, n_pairs=10, param_name="estimator__alpha", param_range=alphas, random_state=0
    ).fit(X, y)
    assert fitted.get_support(indices=True).tolist() == [0, 1]
    assert (np.diff(fitted.stability_path_[:, :2], axis=0) >= 0).all()
    sizes = fitted.stability_path_.sum(axis=1)
    assert fitted.n_selected_ >= sizes.max()  # a fit counts what it selects at any value


def test_the_threshold_follows_the_false_selections_allowed(rng):
    X = rng.standard_normal((60, 50))
    y = X[:, 0] + rng.standard_normal(60)
    for assumption in ("worst-case", "unimodal", "r-concave"):
        fitted = StabilitySelector(F_TEST, n_pairs=20, max_false=0.8, assumption=assumption, random_state=0).fit(X, y)
        assert fitted.error_bounds_[assumption] <= 0.8
        assert error_bounds(5, 50, fitted.threshold_ - 1 / 40, 20)[assumption] > 0.8
        np.testing.assert_array_equal(fitted.support_, fitted.scores_ >= fitted.threshold_)
    with pytest.raises(ValueError, match=r"max_false=0\.1 cannot be promised: the selector selects 5 of 50"):
        StabilitySelector(F_TEST, n_pairs=5, max_false=0.1, assumption="worst-case", random_state=0).fit(X, y)


def test_the_bounds_hold_for_noise():
    """40 repetitions of nothing but noise, where every selection is false and all features are exchangeable."""
    false = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        X, y = rng.standard_normal((40, 30)), rng.standard_normal(40)
        false.append(StabilitySelector(F_TEST, n_pairs=10, threshold=0.7, random_state=seed).fit(X, y).support_.sum())
    margin = 2.6 * np.std(false) / np.sqrt(40)
    bounds = error_bounds(5, 30, 0.7, 10)
    assert np.mean(false) - margin <= bounds["r-concave"] < bounds["unimodal"] < bounds["worst-case"]
    assert np.mean(false) > 0


@pytest.mark.parametrize("container", [pd.DataFrame, pl.DataFrame])
def test_frames_reach_the_selector_with_their_names(rng, seen, container):
    X = container({name: rng.standard_normal(20) for name in "abcd"})
    fitted = StabilitySelector(InfFS(keep=["c"], n_features_to_select=2), n_pairs=3, random_state=0).fit(X)
    assert fitted.scores_[2] == 1
    assert fitted.feature_names_in_.tolist() == list("abcd")
    assert fitted.to_frame()["feature"][0] == "c"
    StabilitySelector(Remembers(), n_pairs=1).fit(X)
    assert all(kind is container for *_, kind in seen)


def test_sparse_tables(rng):
    X = sp.csr_array(rng.random((40, 8)) * (rng.random((40, 8)) < 0.5))
    y = np.arange(40) % 2
    for selector in (SelectKBest(k=2), InfFS()):
        dense = StabilitySelector(selector, n_pairs=4, random_state=0).fit(X.toarray(), y)
        for kind in ("csr", "csc", "coo"):
            sparse = StabilitySelector(selector, n_pairs=4, random_state=0).fit(X.asformat(kind), y)
            np.testing.assert_array_equal(sparse.scores_, dense.scores_)


def test_weights_are_halved_with_the_samples(rng, seen):
    X, weight = numbered(rng, 20), np.arange(20.0)
    StabilitySelector(Remembers(), n_pairs=2, random_state=0).fit(X, sample_weight=weight)
    with config_context(enable_metadata_routing=True):
        inner = Remembers().set_fit_request(sample_weight=True)
        StabilitySelector(inner, n_pairs=2, random_state=0).fit(X, sample_weight=weight)
        silent = StabilitySelector(Remembers().set_fit_request(sample_weight=False), n_pairs=1)
        with pytest.raises(TypeError, match="unexpected argument"):
            silent.fit(X, groups=weight)
        model = LogisticRegression().set_fit_request(sample_weight=False)
        outer = make_pipeline(StabilitySelector(inner, n_pairs=2, threshold=0.01, random_state=0), model)
        outer.fit(X, np.arange(20) % 2, sample_weight=weight)
    assert len(seen) == 4 + 4 + 4
    for rows, _, weights, _ in seen:
        np.testing.assert_array_equal(weights, rows)


@pytest.mark.compiled
def test_within_a_grid_search_within_a_cross_validation():
    X, y = load_breast_cancer(return_X_y=True, as_frame=True)
    X, y = X[::4], y[::4]
    selector = StabilitySelector(InfFS(), n_pairs=3, threshold=0.5, stratify=True, random_state=0)
    pipeline = make_pipeline(MinMaxScaler(), selector, LogisticRegression(max_iter=500))
    grid = {"stabilityselector__selector__n_features_to_select": [5, 15], "stabilityselector__threshold": [0.5, 0.6]}
    found = cross_validate(GridSearchCV(pipeline, grid, cv=2, error_score="raise"), X, y, cv=2, error_score="raise")
    assert found["test_score"].min() > 0.8


def test_missing_values_are_for_the_selector_to_judge(rng):
    X = rng.standard_normal((30, 4))
    X[3, 1] = np.nan
    with pytest.raises(ValueError, match="NaN"):
        StabilitySelector(InfFS(missing="error"), n_pairs=1).fit(X)
    tree = SelectFromModel(DecisionTreeRegressor(random_state=0), threshold="mean")
    fitted = StabilitySelector(tree, n_pairs=3, threshold=0.1, random_state=0).fit(X, X[:, 0])
    assert fitted.transform(X).shape[0] == 30


@pytest.mark.parametrize(
    ("parameters", "error", "message"),
    [
        ({"n_pairs": 0}, ValueError, "n_pairs=0"),
        ({"threshold": 0}, ValueError, "threshold=0: pass a number from 0 to 1 other than 0; 0.6 to 0.9 is usual"),
        ({"threshold": 1.2}, ValueError, "threshold=1.2: pass a number"),
        ({"threshold": "mean"}, TypeError, "threshold='mean': pass a number"),
        (
            {"max_false": 0},
            ValueError,
            "max_false=0: pass a finite number above 0; 1 allows one",
        ),
        ({"assumption": "normal"}, ValueError, "assumption='normal': choose one of 'worst-case', 'unimodal'"),
        ({"param_name": "k"}, ValueError, "param_name and param_range go together"),
        ({"param_range": [1]}, ValueError, "param_name and param_range go together"),
        ({"param_name": "q", "param_range": [1]}, ValueError, "param_name='q' is no parameter of SelectKBest"),
        ({"param_name": "k", "param_range": []}, ValueError, "param_range is empty"),
        ({"selector": Lasso()}, TypeError, r"selector=Lasso\(\): pass an object with get_support, or a model within"),
        ({"stratify": True}, ValueError, "which is no class label: pass stratify=False"),
        ({"stratify": "yes"}, ValueError, "stratify='yes': pass True or False, or 'auto'"),
    ],
)
def test_wrong_parameters(parameters, error, message, rng):
    X, y = rng.standard_normal((20, 6)), rng.standard_normal(20)
    with pytest.raises(error, match=message):
        clone(StabilitySelector(F_TEST)).set_params(**parameters).fit(X, y)


def test_wrong_tables(rng):
    X = rng.standard_normal((20, 6))
    with pytest.raises(ValueError, match="requires y"):
        StabilitySelector(F_TEST).fit(X)
    with pytest.raises(ValueError, match="requires y"):
        StabilitySelector(InfFS(), stratify=True).fit(X)
    with pytest.raises(ValueError, match="inconsistent"):
        StabilitySelector(F_TEST).fit(X, np.arange(19))
    with pytest.raises(ValueError, match=r"3 sample\(s\) while a minimum of 4"):
        StabilitySelector(InfFS()).fit(X[:3])


def test_nothing_is_selected_where_nothing_is_stable(rng):
    X, _ = load_wine(return_X_y=True)
    fitted = StabilitySelector(SelectKBest(k=1), n_pairs=10, threshold=1.0, random_state=0)
    fitted.fit(X[:, [0, 0]] + rng.standard_normal((178, 2)), rng.integers(2, size=178))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert fitted.transform(X[:, :2]).shape == (178, int(fitted.support_.sum()))
    assert bool(caught) == (not fitted.support_.any())


@pytest.mark.parametrize(
    ("selector", "n_fits"),
    [(RecursiveElimination(), 4), (InfFS(), 4), (InfFS(n_hops="auto"), 12), (CoverageSelector(), 12)],
)
def test_a_path_of_numbers_ranks_once_where_they_only_cut(selector, n_fits, rng, monkeypatch):
    X, y = rng.gamma(2, size=(40, 6)) * np.arange(1, 7), np.arange(40) % 2
    path = StabilitySelector(
        selector, n_pairs=2, param_name="n_features_to_select", param_range=[1, 3, 5], random_state=0
    )
    fits, fit = [], type(selector).fit
    monkeypatch.setattr(type(selector), "fit", lambda self, *args: fits.append(1) or fit(self, *args))
    shared = path.fit(X, y).stability_path_
    assert len(fits) == n_fits
    for k, row in zip(path.param_range, shared, strict=True):
        alone = StabilitySelector(clone(selector).set_params(n_features_to_select=k), n_pairs=2, random_state=0)
        np.testing.assert_array_equal(alone.fit(X, y).scores_, row)
