"""A table as people have it goes through every selector, from every library of frames, and comes back as it was."""

import datetime as dt

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.pipeline import make_pipeline

from infsel import (
    AttentionSelector,
    CoverageSelector,
    CriterionSelector,
    DeflatedPopularity,
    InfFS,
    RankAggregator,
    RecursiveElimination,
    SelectorCV,
    StabilitySelector,
)

N = 240
SELECTORS = {
    "inf-fs": InfFS(exclude=["seen"]),
    "supervised inf-fs": InfFS(exclude=["seen"], start="mutual-information", readout="seeded"),
    "attention": AttentionSelector(exclude=["seen"]),
    "elimination": RecursiveElimination(exclude=["seen"]),
    "linear elimination": RecursiveElimination(kernel="linear", exclude=["seen"], missing="informative"),
    "coverage": CoverageSelector(exclude=["seen"]),
    "jmi": CriterionSelector("jmi", exclude=["seen"], missing="informative"),
    "mrmr": CriterionSelector("mrmr-fcq", exclude=["seen"]),
    "relieff": CriterionSelector("relieff", exclude=["seen"]),
    "popularity": DeflatedPopularity(exclude=["seen"]),
    "several": RankAggregator([("a", CoverageSelector()), ("b", InfFS())], exclude=["seen"]),
}


def columns():
    """Numbers with gaps, text, booleans, categories with rare levels, a constant, a copy, ids and dates."""
    rng = np.random.default_rng(0)
    age, fare, sex = rng.normal(40, 12, N).round(1), rng.gamma(2, 20, N).round(2), rng.integers(0, 2, N)
    port = np.array(["Cherbourg", "Queenstown", "Southampton", "Belfast"])[rng.choice(4, N, p=[0.3, 0.25, 0.43, 0.02])]
    survived = sex + 0.03 * (40 - age) + (port == "Cherbourg") + rng.normal(0, 0.6, N) > 0.8
    gaps = rng.random((2, N)) < 0.15
    some = lambda values, gap: [None if hole else value for value, hole in zip(values.tolist(), gap, strict=True)]  # noqa: E731
    return {
        "age": some(age, gaps[0]),
        "fare": fare.tolist(),
        "sex": np.array(["male", "female"])[sex].tolist(),
        "alone": (rng.random(N) < 0.5).tolist(),
        "port": some(port, gaps[1]),
        "ship": ["Titanic"] * N,
        "age in months": some(age * 12, gaps[0]),
        "ticket": [f"T{number:05d}" for number in rng.permutation(N)],
        "seen": [dt.date(1912, 4, 1) + dt.timedelta(days=int(day)) for day in rng.integers(0, 14, N)],
        "class": rng.choice(["third", "second", "first"], N).tolist(),
    }, survived.astype(int)


GRADES = ["third", "second", "first"]


def frames():
    data, y = columns()
    pandas = pd.DataFrame(data)
    pandas["class"] = pd.Categorical(pandas["class"], GRADES, ordered=True)
    pandas.index = pd.Index(range(1000, 1000 + N), name="passenger")
    polars = pl.DataFrame(data).with_columns(pl.col("class").cast(pl.Enum(GRADES)))
    ordered = pa.DictionaryArray.from_arrays(
        pa.array([GRADES.index(grade) for grade in data["class"]], pa.int8()), pa.array(GRADES), ordered=True
    )
    arrow = pa.table(data).set_column(9, "class", ordered)
    return {"pandas": pandas, "polars": polars, "pyarrow": arrow}, y


def types(frame):
    return (
        frame.dtypes.to_dict() if isinstance(frame, pd.DataFrame) else dict(zip(*names_and_types(frame), strict=True))
    )


def names_and_types(frame):
    return (
        (frame.columns, frame.dtypes) if isinstance(frame, pl.DataFrame) else (frame.schema.names, frame.schema.types)
    )


@pytest.mark.filterwarnings("ignore:.*ticket")
@pytest.mark.parametrize("name", SELECTORS)
def test_every_selector_takes_the_table_from_every_library(name):
    tables, y = frames()
    rankings, scores = [], []
    weights = np.random.default_rng(1).integers(1, 3, N)
    for frame in tables.values():
        selector = SELECTORS[name].fit(frame, y, sample_weight=weights)
        ranking = selector.ranking_
        names = list(selector.feature_names_in_)
        assert not selector.get_support()[names.index("seen")]
        assert ranking[names.index("ship")] > 7  # of nine: nothing to tell
        rankings.append(ranking.tolist())
        scores.append(selector.scores_.tolist())
        kept = selector.transform(frame)
        assert type(kept) is type(frame)
        before = types(frame)
        assert types(kept) == {column: before[column] for column in selector.get_feature_names_out()}
    assert rankings[0] == rankings[1] == rankings[2]
    assert scores[0] == scores[1] == scores[2]
    kept = selector.transform(tables["pandas"])
    assert kept.index.equals(tables["pandas"].index)


@pytest.mark.filterwarnings("ignore:.*ticket")
@pytest.mark.parametrize("name", ["elimination", "coverage", "mrmr"])
def test_what_decides_leads_and_ids_come_last(name):
    tables, y = frames()
    selector = SELECTORS[name].fit(tables["pandas"], y)
    ranks = dict(zip(selector.feature_names_in_, selector.ranking_, strict=True))
    assert {ranks["sex"], ranks["age"]} == {1, 2}
    assert min(ranks["ticket"], ranks["ship"]) > ranks["port"]
    assert ranks["ticket"] >= 7


def test_ids_are_warned_of():
    tables, y = frames()
    with pytest.warns(UserWarning, match="ticket"):
        RecursiveElimination(exclude=["seen"]).fit(tables["polars"], y)


def test_dates_are_refused_with_a_remedy():
    tables, y = frames()
    with pytest.raises(ValueError, match=r"seen.*(kinds|exclude)"):
        CoverageSelector().fit(tables["pandas"], y)


class Majority(ClassifierMixin, BaseEstimator):
    """Predicts by the first column, whatever its type."""

    def fit(self, X, y):
        first = pd.Series(np.asarray(X.iloc[:, 0].astype("string").fillna("?")))
        self.classes_ = np.unique(y)
        self.table_ = pd.Series(y).groupby(first).mean().round().to_dict()
        return self

    def predict(self, X):
        return [self.table_.get(value, 0) for value in X.iloc[:, 0].astype("string").fillna("?")]


@pytest.mark.filterwarnings("ignore:.*ticket")
def test_pipelines_and_searches_hand_the_table_on():
    tables, y = frames()
    X = tables["pandas"]
    pipeline = make_pipeline(RecursiveElimination(n_features_to_select=1, exclude=["seen"]), Majority())
    assert pipeline.fit(X, y).score(X, y) > 0.6
    search = SelectorCV(Majority(), RecursiveElimination(exclude=["seen"]), n_features_to_select=[1, 2, 4], cv=3).fit(
        X, y
    )
    assert search.fit(X, y).get_feature_names_out().tolist()[0] in ("age", "sex")
    stable = StabilitySelector(CoverageSelector(n_features_to_select=2, exclude=["seen"]), n_pairs=3, random_state=0)
    assert "sex" in stable.fit(X, y).get_feature_names_out()
