"""What a user says of columns, and what a Pipeline does to them first, holds for tables of Dask as in memory."""

import dask
import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from infsel import CoverageSelector, InfFS, RecursiveElimination
from infsel.affinities import Between, Correlation

dd = pytest.importorskip("dask.dataframe")
GROUPS = {"one": ["a", "b"], "two": ["d", "f"]}


@pytest.fixture
def frame(rng):
    return pd.DataFrame(rng.standard_normal((40, 6)) * np.arange(1, 7), columns=list("abcdef"))


def in_parts(frame):
    return dd.from_pandas(frame, npartitions=3)


@pytest.mark.parametrize(
    "selector",
    [
        InfFS(feature_groups=GROUPS, n_features_to_select=3),
        CoverageSelector(feature_groups=GROUPS, feature_costs={"c": 2.0}, n_features_to_select=3),
        RecursiveElimination(feature_groups=GROUPS, keep=["c"], exclude=["e"], n_features_to_select=2),
        InfFS(affinity=Between(Correlation(), {**GROUPS, "rest": ["c", "e"]}), n_features_to_select=3),
    ],
)
@pytest.mark.usefixtures("in_this_process")
def test_groups_and_choices_of_columns_are_those_of_memory(frame, selector):
    y = (frame["a"] + frame["b"] > 0).astype(int)
    alone, shared = clone(selector).fit(frame, y), clone(selector).fit(in_parts(frame), y)
    np.testing.assert_array_equal(shared.ranking_, alone.ranking_)
    np.testing.assert_array_equal(shared.support_, alone.support_)


def scaled(X, low, high):
    return X.map_partitions(scaled, low, high) if isinstance(X, dd.DataFrame) else (X - low) / (high - low)


@pytest.mark.usefixtures("in_this_process")
def test_a_transformer_that_stays_lazy_stands_before_a_selector(frame):
    low, high = dask.compute(in_parts(frame).min(), in_parts(frame).max())
    unit = FunctionTransformer(scaled, kw_args={"low": low, "high": high})
    alone, shared = (make_pipeline(unit, InfFS(n_features_to_select=2)).fit(X) for X in (frame, in_parts(frame)))
    np.testing.assert_allclose(shared[-1].scores_, alone[-1].scores_, rtol=1e-9)
    selected = shared.transform(in_parts(frame))
    assert isinstance(selected, dd.DataFrame)
    pd.testing.assert_frame_equal(selected.compute(), alone.transform(frame))
