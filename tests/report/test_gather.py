"""What a report says is what the studies and the selector say."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import sparse

from infsel import InfFS, RecursiveElimination
from infsel.datasets import wine
from infsel.report import gather
from infsel.report._columns import reason
from infsel.report._curves import ALL, RANDOM, RULING


def test_columns_are_what_the_elimination_says(of_wine):
    X, y = wine()
    selector = RecursiveElimination(n_features_to_select=of_wine.n_selected, n_permutations=9).fit(X, y)
    frame, columns = selector.to_frame(), of_wine.columns
    for name in ("feature", "rank", "selected", "importance", "p_value", "round"):
        pd.testing.assert_series_equal(columns[name], frame[name])
    assert [X.columns[number - 1] for number in columns["number"]] == columns["feature"].tolist()
    np.testing.assert_array_equal(of_wine.path["explained"], selector.path_["explained"])
    pd.testing.assert_frame_equal(of_wine.hops, InfFS().fit(X).hop_path())


def test_the_number_of_columns_is_the_fewest_within_one_standard_error(of_wine):
    found = of_wine.comparison
    scores = found.scores[found.selectors.index(RULING), 0]
    means, errors = scores.mean(axis=1), scores.std(axis=1, ddof=1) / np.sqrt(scores.shape[1])
    best = means.argmax()
    enough = means >= means[best] - errors[best]
    assert of_wine.n_selected == np.array(found.sizes)[enough].min()


def test_the_code_repeats_the_selection_and_its_score(of_wine):
    X, y = wine()
    code = of_wine.code.replace("X, y = ...", "pass").split("report.write(")[0]
    said = {"X": X, "y": y}
    exec(code, said)
    columns = of_wine.columns
    assert sorted(said["selected"]) == sorted(columns["feature"][columns["selected"]])
    found = of_wine.comparison
    expected = found.scores[found.selectors.index(RULING), 0, found.sizes.index(of_wine.n_selected)].mean()
    assert said["score"] == pytest.approx(expected, rel=1e-12)
    assert f"{expected:.3f}" in of_wine.verdict[1]


def test_random_columns_are_the_mean_of_the_draws_and_worse_than_a_selection(of_wine):
    found = of_wine.comparison
    by_size = {name: found.scores[found.selectors.index(name), 0].mean(axis=1) for name in (RULING, ALL, RANDOM)}
    assert by_size[RULING].mean() > by_size[RANDOM].mean() + 0.02
    assert (by_size[RANDOM][:-1] < by_size[ALL][:-1]).all()
    np.testing.assert_allclose([by_size[RANDOM][-1], by_size[RULING][-1]], by_size[ALL][-1])  # asked for all


def test_clusters_hold_the_associations_with_their_best_ranked_column(of_wine):
    X, _ = wine()
    ranks = dict(zip(of_wine.columns["feature"], of_wine.columns["rank"], strict=True))
    r = X.corr().abs()
    assert of_wine.clusters
    for cluster in of_wine.clusters:
        assert all(ranks[cluster.representative] < ranks[name] for name, _ in cluster.members)
        for name, size in cluster.members:
            assert size == pytest.approx(r.loc[cluster.representative, name])


def row(**values):
    usual = {"selected": False, "constant": False, "labels": False, "copy_of": None, "correlation": np.nan}
    return SimpleNamespace(**usual | {"importance": 0.1, "p_value": 0.1, "round": 3} | values)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "dropped in round 3 of 7"),
        ({"p_value": 0.5}, "no more than chance"),
        ({"importance": np.nan, "p_value": np.nan}, "says too little by itself to enter"),
        ({"importance": np.nan, "p_value": np.nan, "constant": True}, "constant"),
        ({"copy_of": "a", "correlation": -1.0, "importance": np.nan}, "copy of a"),
        ({"copy_of": "a", "correlation": 0.984, "p_value": 1.0}, "near copy of a, r = .98"),
        ({"copy_of": "a", "correlation": -0.9996}, "near copy of a, r = -.9996"),
        ({"copy_of": "a", "correlation": 0.95, "labels": True}, "near copy of a, association = .95"),
        ({"selected": True, "p_value": 1.0}, "selected"),
        ({"selected": True, "copy_of": "a", "correlation": 0.95}, "selected, though near copy of a, r = .95"),
    ],
)
def test_every_column_that_is_not_selected_has_a_reason(values, expected):
    assert reason(row(**values), 7) == expected


@pytest.fixture
def messy(rng):
    X = pd.DataFrame(rng.standard_normal((60, 4)), columns=list("abcd"))
    X["copy"], X["flat"] = 3 - X["a"], 1
    X["label"] = np.where(X["b"] > 0, "u", "v")
    X["day"] = pd.Timestamp("2020-01-01") + pd.to_timedelta(np.arange(60) % 7, unit="D")
    X.loc[:20, "c"] = np.nan
    return X, pd.Series(np.where(X["a"] > 0, "yes", "no"), name="y")


def test_a_messy_table(messy):
    found = gather(*messy, n_permutations=2, n_folds=3)
    reasons = found.columns.set_index("feature")["reason"]
    assert reasons["copy"] == "copy of a"
    assert reasons["flat"] == "constant"
    assert {"dates as numbers of days: 'day'", "text as categories: 'label'"} <= set(found.notes)
    assert {alert.kind for alert in found.alerts} >= {"constant", "copy", "missing"}
    assert found.comparison.sizes[-1] == 6  # constant columns and copies are never needed
    assert found.columns.set_index("feature")["missing"]["c"] == 21 / 60
    assert "“a”" in found.verdict[0]


def test_polars_and_arrays_say_the_same_as_pandas(rng):
    X, y = rng.standard_normal((50, 4)), rng.integers(0, 2, 50)
    names = [f"x{j}" for j in range(4)]
    options = {"n_permutations": 1, "n_folds": 2}
    expected = gather(pd.DataFrame(X, columns=names), pd.Series(y, name="y"), **options)
    for table, target in ((X, y), (pl.DataFrame(X, names), pl.Series("y", y)), (X.tolist(), y.tolist())):
        found = gather(table, target, **options)
        pd.testing.assert_frame_equal(found.columns, expected.columns)
        assert (found.verdict, found.code) == (expected.verdict, expected.code)


def test_rows_of_small_classes_are_left_out_of_the_folds_alone(rng):
    X = pd.DataFrame(rng.standard_normal((40, 3)), columns=list("abc"))
    y = pd.Series(["p"] * 20 + ["q"] * 18 + ["rare"] * 2, name="y")
    found = gather(X, y, n_permutations=1)
    assert "left out of the cross-validation: 2 rows of small classes, 'rare'" in found.notes
    assert [alert.kind for alert in found.alerts] == ["rare class"]
    assert found.n_samples == 40
    assert "cross_val_score" not in found.code


def test_a_target_that_nothing_predicts(rng):
    X, y = rng.standard_normal((60, 5)), rng.standard_normal(60)
    found = gather(X, y, n_permutations=2)
    assert found.task == "regression"
    assert found.verdict[0].startswith("Nothing here predicts “y” better than a guess")


def test_one_column(rng):
    x = rng.standard_normal((200, 1))
    found = gather(x, x[:, 0] > 0, n_permutations=1)
    assert found.verdict[0] == "Keep 1 of 1 column: “x0”."
    assert (found.redundancy, found.hops, found.clusters) == (None, None, ())


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (lambda X, y: (sparse.csr_matrix(X), y), TypeError, "X is sparse"),
        (lambda X, y: (X[:, 0], y), TypeError, "X has 1 dimensions"),
        (lambda X, y: (X, y[:-1]), ValueError, "X has 20 rows and y 19"),
        (lambda X, y: (X, np.where(y == y[3], np.nan, y)), ValueError, "y is missing in row 3"),
        (lambda X, y: (X, np.ones(20)), ValueError, "y has one value, 1.0"),
        (lambda X, y: (X, X), ValueError, "y has 3 columns"),
        (lambda X, y: (pd.DataFrame(X, columns=list("aab")), y), ValueError, "several columns named 'a'"),
    ],
)
def test_what_cannot_be_reported(rng, change, error, words):
    X, y = change(rng.standard_normal((20, 3)), rng.standard_normal(20))
    with pytest.raises(error, match=words):
        gather(X, y)


@pytest.mark.parametrize(
    ("name", "value"), [("n_folds", 1), ("n_folds", 2.5), ("n_permutations", 0), ("task", "clustering")]
)
def test_parameters_out_of_range(rng, name, value):
    with pytest.raises(ValueError, match=f"^{name}={value!r}: pass"):
        gather(rng.standard_normal((20, 3)), rng.standard_normal(20), **{name: value})
