"""Recursive elimination of tables with gaps and labels: what changes nothing, and what leads."""

import numpy as np
import pytest

from infsel import RecursiveElimination
from infsel.greedy import _recursive_elimination
from infsel.tables import DenseTable, MixedTable

NAMES = np.array(["strong", "weak", "gappy", "labels", "noise", "many", "flag", "copy", "z"])
KINDS = np.array(["numeric"] * 3 + ["nominal"] * 3 + ["boolean", "nominal", "numeric"])


def numbers(n, seed=0):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 2, n)
    labels = np.where(rng.random(n) < 0.7, 2 * y + rng.integers(0, 2, n), rng.integers(0, 5, n))
    X = rng.normal(size=(n, 9))
    X[:, 0] += 1.5 * y
    X[:, 1] += 0.5 * y
    X[rng.random(n) < 0.1 + 0.5 * y, 2] = np.nan
    X[:, 3], X[:, 4], X[:, 5] = labels, rng.integers(0, 4, n), rng.integers(0, n // 3, n)
    X[:, 6], X[:, 7] = rng.integers(0, 2, n), np.array([3, 0, 4, 1, 2])[labels]
    X[rng.random(n) < 0.1, 0] = np.nan
    X[rng.random(n) < 0.1, 4] = np.nan
    return X, y


def mixed(X, informative=False, kinds=KINDS, names=NAMES):
    return MixedTable(X, kinds, informative, None, names)


MODELS = [
    {},
    {"kernel": "attention"},
    {"kernel": "linear"},
    {"kernel": "linear", "scaling": "normal-scores"},
    {"scaling": "standard"},
    {"metric": "l1", "n_starts": 5},
]


@pytest.fixture(params=MODELS, ids=str)
def selector(request):
    return RecursiveElimination(**request.param)


def same(a, b, atol=1e-8):
    np.testing.assert_array_equal(a.ranking_, b.ranking_)
    np.testing.assert_array_equal(a.copy_of_, b.copy_of_)
    np.testing.assert_allclose(a.importances_, b.importances_, atol=atol)
    np.testing.assert_allclose(a.correlations_, b.correlations_, atol=max(atol, 1e-5))


def fitted(selector, *args, **kwargs):
    return type(selector)(**selector.get_params()).fit(*args, **kwargs)


@pytest.mark.parametrize("informative", [False, True])
def test_names_of_labels_and_the_order_of_rows_change_nothing(selector, informative):
    X, y = numbers(150)
    found = fitted(selector, mixed(X, informative), y)
    renamed, rng = X.copy(), np.random.default_rng(1)
    for column in np.flatnonzero(KINDS == "nominal"):
        there = ~np.isnan(X[:, column])
        renamed[there, column] = rng.permutation(60)[X[there, column].astype(int)]
    atol = 1e-3 if selector.metric == "l1" else 1e-8  # where the optimizer stops
    same(fitted(selector, mixed(renamed, informative), y), found, atol)
    order = rng.permutation(len(y))
    same(fitted(selector, mixed(X[order], informative), y[order]), found, atol)


@pytest.mark.parametrize("informative", [False, True])
def test_weights_are_repeated_rows_and_0_is_none(selector, informative):
    X, y = numbers(120)
    weights = np.random.default_rng(1).integers(0, 4, len(y))
    weighted = fitted(selector, mixed(X, informative), y, sample_weight=weights)
    repeated = fitted(selector, mixed(np.repeat(X, weights, axis=0), informative), np.repeat(y, weights))
    same(weighted, repeated, 1e-3 if selector.metric == "l1" else 1e-7)


def test_the_order_of_columns_changes_no_rank():
    X, y = numbers(150)
    order = np.random.default_rng(1).permutation(9)
    whole, other = (
        RecursiveElimination().fit(mixed(X[:, of], True, KINDS[of], NAMES[of]), y) for of in (np.arange(9), order)
    )
    same_copy = {3, 7}
    for place, column in enumerate(order):
        if column not in same_copy:
            assert other.ranking_[place] == whole.ranking_[column]
            assert other.importances_[place] == pytest.approx(whole.importances_[column], abs=1e-9)


def test_numbers_without_gaps_are_the_plain_table_to_the_bit(selector):
    X = np.random.default_rng(0).normal(size=(80, 7)).round(1)
    y = (X[:, 0] > 0).astype(int)
    kinds = np.array(["numeric", "ordinal", "boolean", "numeric", "numeric", "numeric", "numeric"])
    plain, other = fitted(selector, DenseTable(X), y), fitted(selector, MixedTable(X, kinds, True), y)
    same(plain, other, 0)


def test_two_labels_are_a_boolean(selector):
    X, y = numbers(150)
    X = X[:, [0, 1, 3, 6]]
    kinds = np.array(["numeric", "numeric", "nominal", "boolean"])
    words = np.where(kinds == "boolean", "nominal", kinds)
    centered = selector.metric != "l1" and not (selector.kernel == "linear" and selector.scaling == "normal-scores")
    same(*(fitted(selector, mixed(X, False, of, NAMES[:4]), y) for of in (kinds, words)), 1e-8 if centered else 1e-3)


def test_informative_gaps_of_labels_are_a_label(selector):
    X, y = numbers(150)
    labeled = X.copy()
    labeled[np.isnan(X[:, 4]), 4] = 7
    same(fitted(selector, mixed(X, True), y), fitted(selector, mixed(labeled, True), y), 1e-8)


def test_gaps_that_tell_the_target_lead_where_they_are_informative(selector):
    X, y = numbers(300)
    known, unknown = (fitted(selector, mixed(X, informative), y) for informative in (True, False))
    if selector.metric != "l1":  # which sees that equal numbers stand in gaps
        assert known.importances_[2] > 0.02 + unknown.importances_[2]
    assert {0, 2, 3} == set(np.argsort(known.ranking_)[:3])


def test_relabeled_columns_are_copies_and_labels_are_single_features():
    X, y = numbers(300)
    found = RecursiveElimination(n_features_to_select=2).fit(mixed(X), y)
    assert found.get_feature_names_out().tolist() == ["strong", "labels"]
    assert (found.copy_of_[7], found.correlations_[7], found.ranking_[7]) == (3, 1, 9)
    assert found.path_["n_features"][0] == 8
    assert np.isnan(found.importances_).tolist() == [False] * 7 + [True, False]


def test_parts_see_what_all_rows_say(monkeypatch):
    X, y = numbers(600)
    monkeypatch.setattr(_recursive_elimination, "_EXACTLY", 32)
    parts, whole = (RecursiveElimination(part_size=size).fit(mixed(X, True), y) for size in (50, 1000))
    assert set(np.argsort(parts.ranking_)[:3]) == set(np.argsort(whole.ranking_)[:3]) == {0, 2, 3}
    renamed = X.copy()
    renamed[:, 3] = np.array([4, 2, 0, 1, 3])[X[:, 3].astype(int)]
    again = RecursiveElimination(part_size=50).fit(mixed(renamed, True), y)
    np.testing.assert_array_equal(again.ranking_, parts.ranking_)
    np.testing.assert_allclose(again.importances_, parts.importances_, atol=1e-4)  # single precision


def test_identifiers_rank_last():
    X, y = numbers(100)
    X[:, 5] = np.arange(100)
    assert RecursiveElimination().fit(mixed(X), y).ranking_[5] == 9


def test_choices_and_chance_speak_of_columns():
    X, y = numbers(200)
    found = RecursiveElimination(
        n_features_to_select=2, n_permutations=3, keep=["z"], feature_groups=[["labels", "gappy", "copy"]]
    ).fit(mixed(X, True), y)
    assert np.flatnonzero(found.support_).tolist() == [2, 3, 7, 8]
    assert abs(found.ranking_[2] - found.ranking_[3]) == 1
    assert np.isfinite(found.p_values_[[0, 3]]).all()
    assert found.to_frame().feature.tolist()[0] == "z"
    assert RecursiveElimination(n_features_to_select="auto").fit(mixed(X, True), y).support_[[0, 3]].all()


def test_numbers_and_several_outputs_are_targets():
    X, y = numbers(200)
    number = y + 0.1 * np.random.default_rng(0).normal(size=len(y))
    for target in (number, np.stack([y, X[:, 6].astype(int)], axis=1)):
        found = RecursiveElimination().fit(mixed(X, True), target)
        assert {0, 3} <= set(np.argsort(found.ranking_)[:4])


def test_single_precision_tells_columns_apart_beside_labels(rng):
    X = rng.standard_normal((1500, 6))
    y = X @ [0, 0.1, 0.2, 0.4, 0.8, 0] + rng.standard_normal(1500)
    X[:, 5] = rng.integers(0, 100, 1500)
    single, double = (
        RecursiveElimination(kernel="linear", kinds={5: "nominal"}).fit(X.astype(dtype), y).ranking_
        for dtype in (np.float32, np.float64)
    )
    np.testing.assert_array_equal(single, double)
    assert (np.diff(single[:5]) < 0).all()
