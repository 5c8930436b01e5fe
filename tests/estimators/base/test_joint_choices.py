"""Columns to keep and to exclude, groups and costs, where columns are looked at together."""

import re
from itertools import pairwise

import naive
import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from sklearn.base import clone
from sklearn.datasets import load_wine
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler

from infsel import CoverageSelector, CriterionSelector, DeflatedPopularity, InfFS, RankAggregator, RecursiveElimination

N = 12
MEMBERS = [("coverage", CoverageSelector(n_features_to_select=1.0)), ("walks", InfFS())]
FORWARD = {
    "coverage": CoverageSelector(),
    "jmi": CriterionSelector(),
    "mrmr-fcq": CriterionSelector("mrmr-fcq"),
    "relieff": CriterionSelector("relieff"),
    "popularity": DeflatedPopularity(),
}
ELIMINATION = {
    "sum": RecursiveElimination(kernel="sum"),
    "attention": RecursiveElimination(kernel="attention"),
    "linear": RecursiveElimination(kernel="linear"),
    "screen": RecursiveElimination(screen=0.5, min_screened=1, drop=0.4),
}
AGGREGATOR = {"aggregator": RankAggregator(MEMBERS, weights=[1, 1.37])}
JOINT = FORWARD | ELIMINATION


@pytest.fixture(params=JOINT | AGGREGATOR)
def selector(request):
    return clone((JOINT | AGGREGATOR)[request.param])


@pytest.fixture(params=JOINT)
def joint(request):
    return clone(JOINT[request.param])


@pytest.fixture
def X(rng):
    X = rng.standard_normal((60, N))
    X[:, 8] += X[:, 2] + X[:, 5]
    return X


@pytest.fixture
def y(X):
    return (X[:, 2] + X[:, 7] ** 2 + 0.3 * np.cos(5 * X[:, 4]) > 1).astype(int)


def order(fitted):
    return np.argsort(fitted.ranking_).tolist()


@pytest.mark.parametrize("write", [np.asarray, np.asfortranarray, pd.DataFrame, np.float32])
def test_excluded_columns_are_as_if_they_were_not_there(selector, write, X, y):
    X = np.c_[X, X[:, 3], np.ones(60), X[:, 9]]
    gone, rest = [3, 9, 1], np.isin(range(N + 3), [3, 9, 1], invert=True)
    groups = [[0, 1, 2], [4, 13], [14, 5]]
    shifted = [[0, 1], [2, 10], [11, 3]]  # the same columns in the table without the excluded ones
    for parameters, without in [({}, {}), ({"feature_groups": groups}, {"feature_groups": shifted})]:
        fitted = clone(selector).set_params(exclude=gone, **parameters).fit(write(X), y)
        alone = clone(selector).set_params(**without).fit(write(X[:, rest]), y)
        np.testing.assert_array_equal(fitted.scores_[rest], alone.scores_)
        np.testing.assert_array_equal(fitted.support_[rest], alone.support_)
        varies = X[:, rest].std(axis=0) > 0
        np.testing.assert_array_equal(fitted.ranking_[rest][varies], alone.ranking_[varies])
        assert fitted.scores_[gone].tolist() == [0, 0, 0]
        assert min(fitted.ranking_[gone]) > max(fitted.ranking_[rest][varies])
        assert not fitted.support_[gone].any()
        if hasattr(fitted, "gains_"):
            np.testing.assert_array_equal(fitted.gains_[rest], alone.gains_)
            assert np.isnan(fitted.gains_[gone]).all()


def test_groups_of_one_column_are_no_groups(selector, X, y):
    X = np.c_[X, X[:, 3], np.ones(60)]
    plain = clone(selector).fit(X, y)
    for groups in ([[4]], [[j] for j in range(N + 2)], {"a": [13], "b": [12], "c": [3]}):
        fitted = clone(selector).set_params(feature_groups=groups).fit(X, y)
        np.testing.assert_array_equal(fitted.ranking_, plain.ranking_)
        np.testing.assert_array_equal(fitted.scores_, plain.scores_)


def test_costs_of_what_does_not_tie_change_nothing(selector, X, y, rng):
    if "screen" in selector.get_params():
        selector.set_params(screen=1.0)  # information of columns that may say nothing ties
    plain = clone(selector).fit(X, y)
    assert len(set(plain.scores_)) == N
    for costs in (np.full(N, 3.0), rng.permutation(N), {5: 2}):
        np.testing.assert_array_equal(
            clone(selector).set_params(feature_costs=costs).fit(X, y).ranking_, plain.ranking_
        )


def test_the_order_of_columns_does_not_matter(selector, X, y, rng):
    wishes = {"feature_groups": [[7, 0, 3], [10, 2]], "exclude": [6], "feature_costs": rng.permutation(N)}
    columns = rng.permutation(N)
    place = np.argsort(columns)
    moved = {
        "feature_groups": [place[group].tolist() for group in wishes["feature_groups"]],
        "exclude": [place[6]],
        "feature_costs": wishes["feature_costs"][columns],
    }
    for keep in ([], [11, 0]):
        fitted = clone(selector).set_params(**wishes, keep=keep, n_features_to_select=4).fit(X, y)
        again = clone(selector).set_params(**moved, keep=place[keep].tolist(), n_features_to_select=4)
        np.testing.assert_array_equal(again.fit(X[:, columns], y).ranking_, fitted.ranking_[columns])


def test_kept_columns_come_first_and_the_others_complement_them(joint, X, y):
    plain = order(clone(joint).set_params(n_features_to_select=N).fit(X, y))
    worst = plain[-3:]
    fitted = clone(joint).set_params(n_features_to_select=N, keep=worst).fit(X, y)
    assert set(order(fitted)[:3]) == set(worst)
    X[:, plain[-1]] = X[:, plain[0]] + 1e-3 * X[:, plain[-1]]  # what is kept says what came first before
    fitted = clone(joint).set_params(n_features_to_select=N, keep=plain[-1:]).fit(X, y)
    assert fitted.ranking_[plain[-1]] == 1
    if "relieff" not in repr(joint) and getattr(joint, "kernel", None) != "linear":  # ridge shares among twins
        assert fitted.ranking_[plain[0]] > 2


def test_of_columns_that_say_the_same_the_kept_or_cheap_one_speaks(joint, X, y):
    X = np.c_[X, 3 - 2 * X]
    plain = clone(joint).set_params(n_features_to_select=N).fit(X, y)
    assert plain.support_[:N].all()
    cheap = clone(joint).set_params(n_features_to_select=N, feature_costs=np.repeat([1, 0], N)).fit(X, y)
    assert cheap.support_[N:].all()
    np.testing.assert_array_equal(cheap.ranking_[N:], plain.ranking_[:N])
    kept = clone(joint).set_params(n_features_to_select=N, keep=[N + 3, N + 4]).fit(X, y)
    assert set(order(kept)[:2]) == {N + 3, N + 4}
    assert not kept.support_[[3, 4]].any()
    dear = clone(joint).set_params(keep=[N + 3], feature_costs={N + 3: 9}).fit(X, y)
    assert dear.ranking_[N + 3] == 1


def test_groups_stand_and_fall_together_and_count_once(selector, X, y):
    X = np.c_[X, np.ones(60), X[:, 0]]
    groups = [[1, 4, 12], [2, 9], [7, 13]]  # with a constant column and a copy of one that is in no group
    units = naive.units(N + 2, groups, [])
    for k in (1, 3, 5, len(units)):
        fitted = clone(selector).set_params(feature_groups=groups, n_features_to_select=k).fit(X, y)
        chosen = [unit for unit in units if fitted.support_[unit].any()]
        assert len(chosen) == k
        assert all(fitted.support_[unit].all() for unit in chosen)
        assert all(np.ptp(fitted.ranking_[unit]) == len(unit) - 1 for unit in units)


def test_a_smaller_selection_is_the_beginning_of_a_larger_one(joint, X, y):
    joint.set_params(feature_groups=[[1, 4], [2, 9, 11]], keep=[3, 4])
    supports = [clone(joint).set_params(n_features_to_select=k).fit(X, y).support_ for k in range(2, 10)]
    assert all((small <= large).all() for small, large in pairwise(supports))


def test_copies_within_groups_and_between_them(joint, X, y):
    best = order(clone(joint).set_params(n_features_to_select=N).fit(X, y))
    X, a, b, c = X[:, best], 0, 1, 2
    copied = np.c_[X, X[:, [a, b]], X[:, [c]]]
    joint.set_params(n_features_to_select=1.0)
    behind = clone(joint).set_params(feature_groups=[[N, N + 1]]).fit(copied, y)  # says nothing that others do not
    assert set(order(behind)[-3:-1]) == {N, N + 1}
    assert set(order(behind)[:N]) == set(range(N))
    with_new = clone(joint).set_params(feature_groups=[[N, N - 1]]).fit(copied, y)
    assert with_new.ranking_[N] == with_new.ranking_[N - 1] + 1
    assert set(order(with_new)[-2:]) == {N + 1, N + 2}
    twins = clone(joint).set_params(feature_groups=[[a, N]]).fit(copied, y)
    assert twins.ranking_[N] == twins.ranking_[a] + 1
    first_kept = clone(joint).set_params(feature_groups=[[N, N + 1]], keep=[N]).fit(copied, y)
    assert set(order(first_kept)[:2]) == {N, N + 1}
    assert set(order(first_kept)[-3:]) == {a, b, N + 2}


def test_kept_columns_stay_even_if_constant_or_copies(selector, X, y):
    X = np.c_[X, np.ones(60), X[:, 0]]
    fitted = selector.set_params(keep=[0, 12, 13], n_features_to_select=4).fit(X, y)
    assert fitted.support_[[0, 12, 13]].all()
    assert fitted.support_.sum() == 4


def test_the_selection_follows_the_parameters_without_another_fit(selector, X, y):
    fitted = selector.set_params(n_features_to_select=6).fit(X, y)
    ranking = fitted.ranking_.copy()
    first = order(fitted)
    fitted.set_params(n_features_to_select=2)
    assert set(np.flatnonzero(fitted.support_)) == set(first[:2])
    fitted.set_params(keep=[first[-1]], exclude=[first[0]])
    assert set(np.flatnonzero(fitted.support_)) == {first[1], first[-1]}
    fitted.set_params(keep=None, exclude=None, feature_groups=[first[:3]])
    assert set(np.flatnonzero(fitted.support_)) == set(first[:4])
    np.testing.assert_array_equal(fitted.ranking_, ranking)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"keep": ["b"], "exclude": ["b"]}, "column 'b' is in both keep and exclude"),
        ({"keep": ["grape"]}, "keep names a column that X does not have: 'grape'"),
        ({"exclude": list("abcd")}, "exclude names every column of X"),
        ({"feature_groups": [["a", "b"], ["b"]]}, "column 'b' stands twice in feature_groups"),
        ({"feature_costs": [1.0]}, r"feature_costs has shape (1,), but X has 4 columns"),
        ({"keep": ["a", "b"], "n_features_to_select": 1}, "=1 selects 1 of 4 features, fewer than the 2 in keep"),
        ({"exclude": ["a"], "n_features_to_select": 4}, "X has 3 columns or groups to choose from"),
        ({"feature_groups": [["a", "b", "c"]], "n_features_to_select": 3}, "X has 2 columns or groups"),
    ],
)
def test_wishes_that_cannot_be_met(selector, parameters, message, X, y):
    with pytest.raises(ValueError, match=re.escape(message)):
        selector.set_params(**parameters).fit(pd.DataFrame(X[:, :4], columns=list("abcd")), y)


def test_nothing_left_to_rank(selector, X, y):
    with pytest.raises(ValueError, match="every column of X is constant or excluded"):
        selector.set_params(exclude=[0]).fit(np.c_[X[:, 0], np.ones((60, 2))], y)


def test_members_are_not_shown_what_is_excluded(X, y):
    fitted = RankAggregator(MEMBERS, exclude=[4, 2]).fit(X, y)
    assert [member.n_features_in_ for _, member in fitted.selectors_] == [N - 2, N - 2]
    assert np.isnan(fitted.ranks_[:, [2, 4]]).all()
    assert np.isfinite(np.delete(fitted.ranks_, [2, 4], axis=1)).all()


@pytest.mark.parametrize("name", ["coverage", "jmi", "popularity"])
def test_sparse_tables_and_weights(name, X, y, rng):
    X[rng.random(X.shape) < 0.5] = 0
    wishes = {"keep": [5], "exclude": [2], "feature_groups": [[0, 7], [1, 2, 9]], "n_features_to_select": 4}
    weights = rng.integers(0, 3, 60)
    dense = clone(FORWARD[name]).set_params(**wishes).fit(X, y, sample_weight=weights)
    sparse = clone(FORWARD[name]).set_params(**wishes).fit(sp.csr_array(X), y, sample_weight=weights)
    again = clone(FORWARD[name]).set_params(**wishes).fit(np.repeat(X, weights, axis=0), np.repeat(y, weights))
    assert order(sparse) == order(dense) == order(again)


def test_groups_in_a_pipeline_and_a_grid_search(selector):
    X, y = load_wine(return_X_y=True, as_frame=True)
    groups = {"phenols": ["total_phenols", "flavanoids"], "color": ["hue", "color_intensity"]}
    scaler = MinMaxScaler().set_output(transform="pandas")
    pipeline = make_pipeline(scaler, selector.set_params(n_features_to_select=3), LogisticRegression())
    name = pipeline.steps[1][0]
    grid = {f"{name}__feature_groups": [None, groups], f"{name}__exclude": [None, ["proline"]]}
    search = GridSearchCV(pipeline, grid, cv=3, error_score="raise").fit(X, y)
    assert len(search.cv_results_["params"]) == 4
    fitted = pipeline.set_params(**{f"{name}__feature_groups": groups}).fit(X, y)[1]
    for columns in groups.values():
        assert len(set(fitted.support_[X.columns.isin(columns)])) == 1
