"""A table as people have it goes through a Pipeline, in every library, and comes back as what it was."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from sklearn.base import clone
from sklearn.ensemble import HistGradientBoostingClassifier
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
from infsel.affinities import SquaredCorrelation

N = 240
KINDS = {
    "size": ["S", "M", "L"],  # polars makes no Enum of the categories of pandas
    "when": "numeric",
    "zip": "nominal",
}
RANKERS = {
    "InfFS": InfFS(),
    "squared": InfFS(affinity=SquaredCorrelation(), readout="settled", start="fisher", damping=-0.5),
    "AttentionSelector": AttentionSelector(temperature=5),
    "RecursiveElimination": RecursiveElimination(),
    "linear": RecursiveElimination(kernel="linear"),
    "CoverageSelector": CoverageSelector(),
    "CriterionSelector": CriterionSelector(),
    "mrmr": CriterionSelector("mrmr"),
    "seeded": InfFS(start="mutual-information", readout="seeded"),
    "linear, informative": RecursiveElimination(kernel="linear", missing="informative"),
    "jmi, informative": CriterionSelector("jmi", missing="informative"),
    "mrmr-fcq": CriterionSelector("mrmr-fcq"),
    "relieff": CriterionSelector("relieff"),
    "DeflatedPopularity": DeflatedPopularity(),
    "RankAggregator": RankAggregator([("coverage", CoverageSelector()), ("jmi", CriterionSelector())]),
}
LIBRARIES = {
    "pandas": lambda frame: frame,
    "nullable": lambda frame: frame.convert_dtypes(),
    "arrow-backed": lambda frame: frame.convert_dtypes(dtype_backend="pyarrow"),
    "polars": pl.from_pandas,
    "pyarrow": lambda frame: pa.Table.from_pandas(frame, preserve_index=False),
}


@pytest.fixture(scope="module")
def problem():
    rng = np.random.default_rng(0)
    y = rng.permutation(np.repeat([0, 1], N // 2))
    signal = y + rng.standard_normal(N)
    frame = pd.DataFrame(
        {
            "age": np.where(rng.random(N) < 0.2, np.nan, np.round(40 + 10 * signal)),
            "sex": np.where(rng.random(N) < 0.2, np.array(["f", "m"])[1 - y], np.array(["f", "m"])[y]),
            "alone": rng.random(N) < 0.5,
            "size": pd.Categorical(
                np.array(["S", "M", "L"])[np.digitize(signal, [0, 1])], ["S", "M", "L"], ordered=True
            ),
            "deck": [None if k < 60 else letter for k, letter in enumerate(rng.choice(list("ABCDEFG"), N))],
            "town": rng.choice(["Rome", "Oslo", "Bonn", "Nice"], N, p=[0.6, 0.3, 0.09, 0.01]),
            "fare": rng.standard_normal(N),
            "constant": "yes",
            "copy": np.zeros(N),
            "name": [f"Person {k}" for k in rng.permutation(N)],
            "zip": rng.choice([10115, 20095, 80331], N),
            "when": pd.Timestamp("2020") + pd.to_timedelta(rng.integers(0, 50, N), "D"),
            "free": rng.choice(["to be", "or not"], N),
        },
    )
    frame["copy"] = frame.fare
    frame.index = pd.Index(range(1000, 1000 + N), name="passenger")
    return frame, y, rng.integers(1, 4, N)


def ranker(name):
    return clone(RANKERS[name]).set_params(kinds=KINDS | {"name": "nominal"}, exclude=["free"], n_features_to_select=6)


@pytest.mark.parametrize("name", RANKERS)
def test_a_messy_table_comes_back_as_what_it_was(problem, name):
    X, y, weights = problem
    fitted = ranker(name).fit(X, y)
    for make in LIBRARIES.values():
        table = make(X)
        again = ranker(name).fit(table, y)
        np.testing.assert_array_equal(again.scores_, fitted.scores_)
        np.testing.assert_array_equal(again.ranking_, fitted.ranking_)
        selected, names = again.transform(table), again.get_feature_names_out().tolist()
        assert type(selected) is type(table)
        assert selected.equals(table.select(names) if isinstance(table, pa.Table) else table[names])
    ranks = dict(zip(X.columns, fitted.ranking_.tolist(), strict=True))
    assert fitted.kinds_[X.columns == "free"] == "excluded"
    assert min(ranks["constant"], ranks["free"]) > 10
    assert ranks["name"] > min(ranks["age"], ranks["sex"], ranks["size"])
    if name not in ("InfFS", "AttentionSelector", "DeflatedPopularity", "seeded"):  # whose walks go on from the target
        assert sorted([ranks["age"], ranks["sex"], ranks["size"]])[0] == 1
        assert ranks["name"] > 8
    if name != "RankAggregator":
        weighed = ranker(name).fit(X, y, sample_weight=weights)
        rows = np.repeat(np.arange(N), weights)
        np.testing.assert_allclose(weighed.scores_, ranker(name).fit(X.iloc[rows], y[rows]).scores_, rtol=1e-6)


@pytest.mark.parametrize("name", ["RecursiveElimination", "CoverageSelector"])
def test_searches_and_halves_take_a_messy_table(problem, name):
    X, y, _ = problem
    model = HistGradientBoostingClassifier(categorical_features="from_dtype", max_iter=5, random_state=0)
    X = X.astype(dict.fromkeys(("sex", "deck", "town", "constant", "name", "free", "zip"), "category"))
    X = X.drop(columns="when")
    selector = ranker(name).set_params(kinds={"name": "nominal"})
    search = SelectorCV(model, selector=selector, n_features_to_select=[2, 4], cv=2).fit(X, y)
    assert search.score(X, y) > 0.7
    assert isinstance(search.transform(X), pd.DataFrame)
    assert StabilitySelector(selector, n_pairs=2, threshold=0.5, random_state=0).fit(X, y).get_support()[:4].sum() >= 2
    pipeline = make_pipeline(selector, model).fit(X, y)
    assert pipeline.score(X, y) > 0.7


def test_vectorized_tables_need_no_imputer(problem):
    skrub = pytest.importorskip("skrub", reason="skrub is not installed")
    X, y, _ = problem
    for table in (X.drop(columns="free"), pl.from_pandas(X.drop(columns="free"))):
        pipeline = make_pipeline(skrub.TableVectorizer(), InfFS(n_features_to_select=9)).fit(table, y)
        assert type(pipeline.transform(table)) is type(table)
        assert np.isnan(pipeline[:-1].transform(table)["age"].to_numpy()).any()


def test_names_are_warned_of_and_dates_refused_with_a_remedy(problem):
    X, y, _ = problem
    with pytest.warns(UserWarning, match="Column 'name' may name or number the samples"):
        ranker("CoverageSelector").set_params(kinds=KINDS).fit(X, y)
    with pytest.raises(ValueError, match=r"'when' .*dates and times are no numbers; kinds=.*exclude"):
        ranker("CoverageSelector").set_params(kinds={"name": "nominal"}).fit(X, y)


def test_every_library_says_the_order_of_grades(problem):
    X, y, _ = problem
    X, places = X[["age", "size", "fare"]], X["size"].cat.codes.to_numpy()
    plain = X.assign(size=X["size"].astype(str))
    polars = pl.from_pandas(plain).with_columns(pl.col("size").cast(pl.Enum(KINDS["size"])))
    ordered = pa.DictionaryArray.from_arrays(pa.array(places), pa.array(KINDS["size"]), ordered=True)
    arrow = pa.Table.from_pandas(plain, preserve_index=False).set_column(1, "size", ordered)
    fits = [CoverageSelector().fit(table, y) for table in (X, polars, arrow)]
    for fitted in fits:
        assert fitted.kinds_.tolist() == ["numeric", "ordinal", "numeric"]
        np.testing.assert_array_equal(fitted.scores_, fits[0].scores_)
