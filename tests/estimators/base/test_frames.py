"""Data frames at the door and at the exit: what is excluded may be anything, and what is no table is said."""

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import scipy.sparse as sp
from public import EVERY, excluding
from sklearn import config_context
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import StandardScaler

from infsel import (
    AttentionSelector,
    CoverageSelector,
    InfFS,
    InfFSCV,
    KnockoffSelector,
    RecursiveElimination,
    StabilitySelector,
)
from infsel.affinities import SquaredCorrelation

NUMBERS = list("abcde")
WITH_EXCLUDE = [name for name in EVERY if excluding(name, []) is not None]
LIBRARIES = {
    "pandas": lambda frame: frame,
    "polars": pl.from_pandas,
    "pyarrow": lambda frame: pa.Table.from_pandas(frame, preserve_index=False),
}
ODD = {
    "city": lambda n: ["Rome", None] * (n // 2),
    "day": lambda n: pd.date_range("2020-01-01", periods=n),
    "kind": lambda n: pd.Categorical(["u", "v"] * (n // 2)),
    "parts": lambda n: [[1, 2]] * n,
    "gaps": lambda n: np.full(n, np.nan),
}


@pytest.fixture
def frame(rng):
    X = pd.DataFrame(rng.standard_normal((60, 5)) * np.arange(1, 6), columns=NUMBERS, index=np.arange(60) + 100)
    return X.assign(a=X.a + np.repeat([0, 3.0], 30))


@pytest.fixture
def y():
    return np.repeat([0, 1], 30)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", WITH_EXCLUDE)
def test_excluded_columns_may_be_anything(frame, y, name, library):
    plain = excluding(name, []).fit(frame, y)
    odd = frame.assign(**{column: make(60) for column, make in ODD.items()})[["city", *NUMBERS, *list(ODD)[1:]]]
    table, fitted = LIBRARIES[library](odd), excluding(name, list(ODD))
    fitted.fit(table, y)
    inside = odd.columns.isin(NUMBERS)
    np.testing.assert_array_equal(fitted.scores_[inside], plain.scores_)
    np.testing.assert_array_equal(fitted.ranking_[inside], plain.ranking_)
    assert not fitted.scores_[~inside].any()
    assert not fitted.support_[~inside].any()
    np.testing.assert_array_equal(np.asarray(fitted.transform(table)), plain.transform(frame))
    if hasattr(fitted, "predict"):
        # the model gets an array as the library lays it out, in which BLAS may add up in another order
        np.testing.assert_allclose(fitted.predict(table), plain.predict(frame), rtol=1e-12)
        assert fitted.score(table, y) == pytest.approx(plain.score(frame, y), rel=1e-12)


@pytest.mark.parametrize("name", WITH_EXCLUDE)
def test_excluded_columns_of_arrays_may_be_missing_or_text(frame, y, name):
    plain = excluding(name, []).fit(frame.to_numpy(), y)
    for odd in (np.nan, np.inf, "Rome"):
        table = np.c_[frame.to_numpy().astype(object if odd == "Rome" else float), [odd] * 60]
        fitted = excluding(name, [5]).fit(table, y)
        np.testing.assert_array_equal(fitted.scores_[:5], plain.scores_)
        if name != "StabilitySelector":  # it does not know what its selector excludes
            np.testing.assert_array_equal(fitted.transform(table).astype(float), plain.transform(frame.to_numpy()))
    sparse = sp.csr_array(np.c_[frame.to_numpy(), np.full(60, np.nan)])
    if EVERY[name].__sklearn_tags__().input_tags.sparse and name != "StabilitySelector":
        assert not excluding(name, [5]).fit(sparse, y).support_[5]


def test_excluded_columns_in_batches(frame, y):
    odd = frame.assign(city="Rome", gaps=np.nan)
    expected = InfFS(correlation="pearson").fit(frame)
    for X, exclude in ((odd, ["city", "gaps"]), (odd.drop(columns="city").to_numpy(), [5])):
        fitted = InfFS(correlation="pearson", exclude=exclude)
        fitted.partial_fit(X[:30]).partial_fit(X[30:])
        np.testing.assert_allclose(fitted.scores_[:5], expected.scores_, rtol=1e-10)


def test_single_precision_stays(frame):
    odd = frame.astype(np.float32).assign(city="Rome")
    assert InfFS(exclude=["city"]).fit(odd).graph_.dtype == np.float32


def test_a_frame_is_not_changed(frame):
    odd = frame.assign(city="Rome")
    before = odd.copy()
    InfFS(exclude=["city"]).fit(odd)
    pd.testing.assert_frame_equal(odd, before)


def test_dates_that_are_not_excluded_are_refused(frame):
    with pytest.raises(ValueError, match=r"cannot be read: 'day' \(Date.*days since 1970.*name them in exclude"):
        InfFS(exclude=["a"]).fit(frame.assign(day=ODD["day"](60)))
    with pytest.raises(ValueError, match="column 'b' has 1 such values"):
        InfFS(exclude=["a"], missing="error").fit(frame.assign(b=[np.nan, *range(59)]))
    with pytest.raises(ValueError, match="cannot be read: 'parts' "):
        InfFS().fit(pl.DataFrame({"a": [1.0, 2, 3], "parts": [[1], [2], [3]]}))


NOTHING = {
    "threshold": InfFS(threshold=1e9),
    "knockoffs": KnockoffSelector(LogisticRegression(), fdr=1e-9, random_state=0),
    "stability": StabilitySelector(InfFS(n_features_to_select=1), n_pairs=2, threshold=1, random_state=1),
}


@pytest.mark.parametrize("asked", [None, "default", "pandas", "polars"])
@pytest.mark.parametrize("given", [*LIBRARIES, "array", "sparse"])
@pytest.mark.parametrize("name", NOTHING)
def test_an_empty_selection_keeps_the_rows(frame, y, rng, name, given, asked):
    if name == "stability":
        frame = frame * 0 + rng.standard_normal(frame.shape)
    make = LIBRARIES | {"array": lambda X: X.to_numpy(), "sparse": sp.csr_array}
    if given == "sparse" and (asked in ("pandas", "polars") or name == "knockoffs"):
        pytest.skip("no such table")
    table = make[given](frame)
    fitted = clone(NOTHING[name]).set_output(transform=asked).fit(table, y)
    if fitted.support_.any():
        fitted.threshold_ = 2.0
    with pytest.warns(UserWarning, match="No features were selected"):
        selected = fitted.transform(table)
    rowless = isinstance(selected, pl.DataFrame) and pl.DataFrame({"a": [1]}).drop("a").height == 0
    assert selected.shape == (0 if rowless else 60, 0)  # polars of old has no rows without columns
    if isinstance(selected, pd.DataFrame) and given == "pandas":
        pd.testing.assert_index_equal(selected.index, frame.index)


KINDS = {  # what comes back as it came
    "pandas": lambda frame: frame,
    "nullable": lambda frame: frame.convert_dtypes(),
    "arrow-backed": lambda frame: frame.convert_dtypes(dtype_backend="pyarrow"),
    "polars": pl.from_pandas,
    "pyarrow": LIBRARIES["pyarrow"],
}


def columns_of(table, names):
    return table.select(names) if isinstance(table, pa.Table) else table[names]


def equal(one, other):
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, other)
    return type(one) is type(other) and one.equals(other)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", EVERY)
@pytest.mark.filterwarnings("ignore:No features were selected")
def test_a_frame_comes_back_as_what_it_was(frame, y, name, kind):
    mixed = frame.assign(count=(np.arange(60) % 7).astype(np.int8), flag=np.arange(60) > 30)
    table = KINDS[kind](mixed)
    fitted = clone(EVERY[name]).fit(table, y)
    selected = columns_of(table, fitted.get_feature_names_out().tolist())
    if fitted.support_.any():  # else see below
        assert equal(fitted.transform(table), selected)
        assert equal(clone(fitted).fit_transform(table, y), selected)
    assert isinstance(clone(fitted).set_output(transform="default").fit(table, y).transform(table), np.ndarray)
    told = fitted.to_frame()
    assert type(told) is type(table)
    assert told.shape[0] == 7


@pytest.mark.parametrize("asked", ["pandas", "polars"])
@pytest.mark.parametrize("kind", KINDS)
def test_another_library_is_a_wish(frame, kind, asked):
    table = KINDS[kind](frame)
    selected = InfFS().set_output(transform=asked).fit(table).transform(table)
    assert type(selected).__module__.startswith(asked)
    np.testing.assert_array_equal(selected.to_numpy(), InfFS().fit(frame).transform(frame))
    with config_context(transform_output=asked):
        assert equal(InfFS().fit(table).transform(table), selected)


@pytest.mark.parametrize("kind", KINDS)
def test_a_pipeline_hands_frames_on(frame, y, kind):
    table = KINDS[kind](frame)
    models = [make_pipeline(InfFS(), model).fit(table, y) for model in (LogisticRegression(), SelectKBest(k=1))]
    assert models[0].score(table, y) > 0.5
    assert set(models[1].get_feature_names_out()) < set(models[0][0].get_feature_names_out())
    sides = [("walks", InfFS(n_features_to_select=2)), ("scaled", StandardScaler())]
    assert np.shape(FeatureUnion(sides).fit_transform(table, y)) == (60, 7)
    if kind != "pyarrow":  # whose columns scikit-learn does not take by name
        by_name = ColumnTransformer([("walks", InfFS(n_features_to_select=2), NUMBERS[:4]), ("rest", "drop", ["e"])])
        assert by_name.fit_transform(table).shape == (60, 2)


@pytest.mark.parametrize("kind", KINDS)
def test_the_way_back_fills_with_zeros(frame, kind):
    table, fitted = KINDS[kind](frame), InfFS(n_features_to_select=2).fit(frame)
    back = fitted.inverse_transform(fitted.transform(table))
    assert type(back) is type(table)
    expected = np.where(fitted.support_, frame, 0)
    np.testing.assert_array_equal(np.asarray(back), expected)
    np.testing.assert_array_equal(fitted.inverse_transform(frame.to_numpy()[:, fitted.support_]), expected)
    sparse = fitted.inverse_transform(sp.csr_array(frame.to_numpy()[:, fitted.support_]))
    np.testing.assert_array_equal(sparse.toarray(), expected)
    for few in (table, frame.to_numpy()):
        with pytest.raises(ValueError, match="X has 5 columns, but 2 are selected"):
            fitted.inverse_transform(few)
    gaps = np.full((3, 2), np.nan)
    np.testing.assert_array_equal(fitted.inverse_transform(gaps)[:, fitted.support_], gaps)


@pytest.mark.parametrize("kind", KINDS)
def test_other_tables_are_of_the_same_library(frame, y, kind):
    table = KINDS[kind](frame)
    walks, attention = InfFS(affinity=SquaredCorrelation(debiased=False)).fit(table), AttentionSelector().fit(table)
    groups = walks.group_flow(["u"] * 2 + ["v"] * 3)
    for told in (walks.explain("a"), walks.hop_path(), walks.independence("a", n_effective=9), groups):
        assert type(told) is type(table)
    weights = attention.attention_weights(["a", "c"])
    assert weights.shape == (2, 5 if isinstance(weights, pd.DataFrame) else 6)
    picks = CoverageSelector(n_features_to_select=2).fit(table, y).to_frame()
    missing = nw.from_native(picks, eager_only=True)["step"].is_null().to_list()
    assert missing == [False] * 2 + [True] * 3
    dropped = nw.from_native(RecursiveElimination().fit(table, y).to_frame(), eager_only=True)
    assert dropped["copy_of"].null_count() + dropped["correlation"].null_count() > 0


def test_the_types_of_columns_that_scikit_learn_reads_stay(frame):
    mixed = frame.assign(count=(np.arange(60) % 7).astype(np.int8), flag=np.arange(60) > 30)
    for library in ("pandas", "polars"):
        table = LIBRARIES[library](mixed)
        fitted = InfFS(n_features_to_select=1.0).set_output(transform=library).fit(table)
        assert [str(kind) for kind in fitted.transform(table).dtypes] == [str(kind) for kind in table.dtypes]


def mistakes(frame, y):
    lazy = pl.from_pandas(frame).lazy()
    named = frame.assign(target=y)
    return {
        "lazy": ((lazy, y), TypeError, r"X is lazy \(polars.*LazyFrame\): compute it first, pass X.collect\(\)"),
        "swapped": ((y, frame), ValueError, r"X has one dimension and y has two: they look swapped.*fit\(X, y\)"),
        "swapped series": ((pd.Series(y), frame), ValueError, "look swapped"),
        "swapped lists": ((y.tolist(), frame.to_numpy().tolist()), ValueError, "look swapped"),
        "one column": ((frame.a, frame[["b"]]), ValueError, "a table of one column has shape"),
        "name": ((named, "target"), TypeError, r"y='target' is text.*fit\(X.drop\(columns='target'\), X\['target'\]\)"),
        "name, array": ((frame.to_numpy(), "target"), TypeError, "y='target' is text.*one value for each sample"),
        "number": ((frame, 3), TypeError, "y=3 is a single value"),
        "path": (("table.csv", y), TypeError, "X='table.csv' is text: read the table first"),
        "dict": (({"a": y}, y), TypeError, r"X is a dict: pass a table, for example pandas.DataFrame\(X\)"),
    }


@pytest.mark.parametrize("mistake", mistakes(pd.DataFrame({"a": [1], "b": [2]}), np.array([0])))
@pytest.mark.parametrize("name", EVERY)
def test_what_is_no_table_and_no_target_is_said(frame, y, name, mistake):
    arguments, error, message = mistakes(frame, y)[mistake]
    with pytest.raises(error, match=message):
        clone(EVERY[name]).fit(*arguments)


def test_a_search_excludes_by_default_sizes(frame, y):
    search = InfFSCV(make_pipeline(StandardScaler(), LogisticRegression()), selector=InfFS(exclude=["a"]), cv=2)
    search.set_params(alphas=[0.5], n_hops=[1], dampings=[0.5]).fit(frame, y)
    assert max(search.cv_results_["n_features"]) == 4


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.filterwarnings("ignore:No features were selected")
def test_another_width_is_another_fit(frame, y, name):
    selector = clone(EVERY[name])
    for table in (frame, frame[["a", "c", "e"]], frame.to_numpy()[:, :4]):
        scores = selector.fit(table, y).scores_
        np.testing.assert_array_equal(scores, clone(EVERY[name]).fit(table, y).scores_)
        assert selector.transform(table).shape == (60, selector.support_.sum())
