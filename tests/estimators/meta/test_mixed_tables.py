"""Selectors of selectors and searches hand frames with gaps and labels on as they are."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

from infsel import KnockoffSelector, RankAggregator, RecursiveElimination, SelectorCV, StabilitySelector


@pytest.fixture
def y(rng):
    return rng.integers(0, 2, 160)


@pytest.fixture
def X(rng, y):
    n = len(y)
    labels = np.where(rng.random(n) < 0.7, 2 * y + rng.integers(0, 2, n), rng.integers(0, 4, n))
    words = np.array(list("pqrs"), dtype=object)[rng.integers(0, 4, n)]
    words[:20] = None
    columns = {
        "number": rng.normal(size=n) + 1.5 * y,
        "gaps": np.where(rng.random(n) < 0.2, np.nan, rng.normal(size=n)),
        "labels": pd.Categorical.from_codes(labels, list("abcd")),
        "noise": pd.Categorical(words),
        "flag": rng.random(n) < 0.5,
    }
    return pd.DataFrame(columns)


def selector(**settings):
    return RecursiveElimination(n_features_to_select=2, **settings)


@pytest.mark.parametrize("convert", [lambda X: X, pl.from_pandas], ids=["pandas", "polars"])
@pytest.mark.parametrize(
    "make",
    [
        selector,
        lambda: StabilitySelector(selector(), n_pairs=4, threshold=0.7, random_state=0),
        lambda: RankAggregator(
            [("one", selector()), ("other", selector(kernel="linear"))], n_features_to_select=2, missing="informative"
        ),
    ],
    ids=["elimination", "stability", "aggregation"],
)
def test_columns_with_gaps_and_labels_are_selected_as_they_are(make, convert, X, y):
    given = convert(X)
    found = make().fit(given, y)
    selected = found.transform(given)
    assert set(found.get_feature_names_out()) == {"number", "labels"}
    assert type(selected) is type(given)
    assert selected["labels"].dtype == given["labels"].dtype


def encoded():
    kinds = make_column_selector(dtype_include="category"), make_column_selector(dtype_exclude="category")
    encoders = (OneHotEncoder(handle_unknown="ignore"), kinds[0]), (SimpleImputer(), kinds[1])
    return make_pipeline(make_column_transformer(*encoders), LogisticRegression())


@pytest.mark.parametrize(
    "make",
    [lambda: HistGradientBoostingClassifier(categorical_features="from_dtype", max_iter=10), encoded],
    ids=["takes labels and gaps", "encodes them"],
)
def test_searches_train_on_the_columns_as_they_are(make, X, y):
    grid = {"missing": ["pairwise", "informative"]}
    search = SelectorCV(make(), selector=RecursiveElimination(), param_grid=grid, n_features_to_select=[1, 4], cv=3)
    search.fit(X, y)
    assert {"number", "labels"} & set(search.get_feature_names_out())
    by_hand = make().fit(search.transform(X), y)
    np.testing.assert_array_equal(search.predict(X), by_hand.predict(search.transform(X)))
    assert search.best_score_ > 0.7


@pytest.mark.parametrize(
    ("columns", "message"),
    [(["number", "labels"], r"column 'labels' holds labels; encode"), (["number", "gaps"], r"column 'gaps'.*impute")],
)
def test_knockoffs_refuse_what_has_no_knockoff(columns, message, X, y):
    with pytest.raises(ValueError, match=message):
        KnockoffSelector(selector()).fit(X[columns], y)
