"""Columns of every kind at the door: what their types say, what a user says, and what is missing."""

import datetime as dt
from decimal import Decimal
from enum import Enum

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import scipy.sparse as sp
from public import EVERY
from sklearn.base import clone
from sklearn.utils import get_tags

from infsel import (
    AttentionSelector,
    CoverageSelector,
    CriterionSelector,
    InfFS,
    KnockoffSelector,
    RankAggregator,
    RecursiveElimination,
)
from infsel.estimators.base._ranking import RankingSelector
from infsel.tables import DenseTable, SparseTable

N = 60
KINDS = {
    "pandas": lambda frame: frame,
    "objects": lambda frame: frame.astype(dict.fromkeys({"town", "deck"} & set(frame.columns), object)),
    "nullable": lambda frame: frame.convert_dtypes(),
    "arrow-backed": lambda frame: frame.convert_dtypes(dtype_backend="pyarrow"),
    "polars": pl.from_pandas,
    "pyarrow": lambda frame: pa.Table.from_pandas(frame, preserve_index=False),
}


class Door(RankingSelector):
    """A selector that reads a table and does nothing with it."""

    def __init__(self, kinds=None, missing="pairwise", exclude=None):
        self.kinds = kinds
        self.missing = missing
        self.exclude = exclude

    def fit(self, X, y=None, sample_weight=None):
        self.table_ = self._validated(X, y)
        return self


def read(X, **parameters):
    return Door(**parameters).fit(X)


@pytest.fixture
def frame(rng):
    """A table as people have them, without what names its samples."""
    order = rng.permutation(N)
    return pd.DataFrame(
        {
            "age": np.where(rng.random(N) < 0.2, np.nan, rng.integers(1, 80, N)),
            "town": np.array(["Rome", "Oslo", "Bonn"])[order % 3],
            "alive": order % 2 == 0,
            "size": pd.Categorical(np.array(["S", "M", "L"])[order % 3], ["S", "M", "L"], ordered=True),
            "color": pd.Categorical(np.array(["r", "g"])[order % 2]),
            "fare": rng.standard_normal(N),
            "deck": [None if k % 4 else "ABC"[k % 3] for k in order],
            "maybe": pd.array([None if k % 5 == 0 else bool(k % 2) for k in order], dtype="boolean"),
            "count": pd.array([None if k % 7 == 0 else k for k in order], dtype="Int64"),
        }
    )


EXPECTED = ["numeric", "nominal", "boolean", "ordinal", "nominal", "numeric", "nominal", "boolean", "numeric"]
CODED = {"town": ["Bonn", "Oslo", "Rome"], "size": ["S", "M", "L"], "color": ["g", "r"], "deck": ["A", "B", "C"]}


@pytest.mark.parametrize("library", KINDS)
def test_types_say_what_a_column_holds(frame, library):
    given = KINDS[library](frame)
    # polars has no ordered categories but an Enum, which pandas does not make
    kinds = {"size": ["S", "M", "L"]} if library == "polars" else None
    fitted = read(given, kinds=kinds)
    assert fitted.kinds_.tolist() == EXPECTED
    for j, name in enumerate(frame.columns):
        missing = frame[name].isna().to_numpy()
        expected = [CODED[name].index(v) if name in CODED else float(v) for v in frame[name][~missing]]
        np.testing.assert_array_equal(fitted.table_.numbers[~missing, j], expected)
        np.testing.assert_array_equal(np.isnan(fitted.table_.numbers[:, j]), missing)


def test_an_enum_of_polars_has_an_order(rng):
    values = ["low", "mid", "high", None] * 5
    fitted = read(pl.DataFrame({"a": rng.standard_normal(20), "size": pl.Series(values, dtype=pl.Enum(values[:3]))}))
    assert fitted.kinds_.tolist() == ["numeric", "ordinal"]
    np.testing.assert_array_equal(fitted.table_.numbers[:4, 1], [0, 1, 2, np.nan])


def test_a_table_of_numbers_stays_what_it_is(rng):
    X = rng.standard_normal((N, 3))
    for given in (X, pd.DataFrame(X), X.astype(object), np.ma.masked_array(X), X.tolist()):
        fitted = read(given)
        assert type(fitted.table_) is DenseTable
        assert not hasattr(fitted, "kinds_")
        np.testing.assert_array_equal(fitted.table_.array, X)
    assert np.shares_memory(read(X).table_.array, X)
    assert read(X.astype(np.float32)).table_.dtype == np.float32
    assert (
        read(pl.DataFrame(X.astype(np.float32)).with_columns(flag=pl.Series([True, None] * 30))).table_.dtype
        == np.float32
    )
    assert (
        read(pl.DataFrame(X.astype(np.float32)).with_columns(wide=pl.Series([1.0, None] * 30))).table_.dtype
        == np.float64
    )


@pytest.mark.parametrize("gaps", [False, True])
def test_truth_is_told_in_every_library(rng, gaps):
    values = rng.standard_normal(N)
    values[::7] = np.nan if gaps else 0
    frame = pd.DataFrame({"value": values, "flag": rng.random(N) < 0.5})
    tables = [read(library(frame.copy())) for library in KINDS.values()]
    for fitted in tables:
        assert fitted.kinds_.tolist() == ["numeric", "boolean"]
        assert fitted.table_.is_plain is not gaps
        if gaps:
            assert fitted.table_.kinds.tolist() == ["numeric", "boolean"]
            np.testing.assert_array_equal(fitted.table_.numbers, frame.to_numpy(float))
            assert fitted.table_.numbers.flags.f_contiguous


GAPS = {
    "NaN": lambda: np.array([[1.0, np.nan], [2, 3], [4, 9]]),
    "single": lambda: np.array([[1.0, np.nan], [2, 3], [4, 9]], dtype=np.float32),
    "objects": lambda: np.array([[1, None], [2, 3.0], [Decimal(4), 9]], dtype=object),
    "NA": lambda: np.array([[1, pd.NA], [2, 3.0], [4, 9]], dtype=object),
    "lists": lambda: [[1, None], [2, 3.0], [4, 9]],
    "masked": lambda: np.ma.masked_array([[1, 7], [2, 3], [4, 9]], [[0, 1], [0, 0], [0, 0]]),
    "text": lambda: np.array([["1", "nan"], ["2", "3"], ["4", "9"]]),
    "pandas": lambda: pd.DataFrame({"a": [1, 2, 4], "b": [None, 3, 9]}),
    "nullable": lambda: pd.DataFrame({"a": [1, 2, 4], "b": [None, 3, 9]}).convert_dtypes(),
    "polars": lambda: pl.DataFrame({"a": [1, 2, 4], "b": [None, 3, 9]}),
    "pyarrow": lambda: pa.table({"a": [1, 2, 4], "b": pa.array([None, 3, 9])}),
    "decimal": lambda: pl.DataFrame({"a": [1, 2, 4], "b": pl.Series([None, Decimal(3), Decimal(9)])}),
    "nothing": lambda: pa.table({"a": [1, 2, 4], "b": pa.nulls(3)}),
}


@pytest.mark.parametrize("made", GAPS)
def test_what_is_missing_is_a_gap(made):
    X = GAPS[made]()
    fitted = read(X)
    assert fitted.kinds_.tolist() == ["numeric"] * 2
    gone = [True, made == "nothing", made == "nothing"]
    np.testing.assert_array_equal(fitted.table_.missing, np.c_[[False] * 3, gone])
    np.testing.assert_array_equal(fitted.table_.numbers[:, 0], [1, 2, 4])
    assert not fitted.table_.informative
    assert read(X, missing="informative").table_.informative
    with pytest.raises(ValueError, match=r"contains NaN: column '(b|x1)' has [13] such values, the first in row 0"):
        read(X, missing="error")


def test_infinity_is_refused_beside_gaps(rng):
    X = rng.standard_normal((N, 3))
    X[3, 1] = np.nan
    for column, row in ((1, 5), (2, 7)):
        worse = X.copy()
        worse[row, column] = np.inf
        with pytest.raises(
            ValueError, match=f"contains infinity: column 'x{column}' has 1 such values, the first in row {row}"
        ):
            read(worse)


def test_sparse_and_stored_tables_have_no_gaps(rng, tmp_path):
    X = rng.standard_normal((N, 3))
    X[3, 1] = np.nan
    np.save(tmp_path / "table.npy", X)
    for table in (sp.csr_array(X), np.load(tmp_path / "table.npy", mmap_mode="r")):
        with pytest.raises(ValueError, match="contains NaN: column 'x1'"):
            read(table)
        with pytest.raises(ValueError, match="a sparse or stored table holds numbers"):
            read(table, kinds={0: "numeric"})


def test_a_user_says_what_columns_hold(frame):
    frame = frame.assign(
        text=np.array(["1.5", "2"])[np.arange(N) % 2],
        day=pd.Timestamp("2020-01-02") + pd.to_timedelta(np.arange(N) % 5, "D"),
        zip=np.array([90210, 10115])[np.arange(N) % 2],
        answer=np.array(["no", "yes"])[np.arange(N) % 2],
    )
    kinds = {"town": ["Oslo", "Rome", "Bonn"], "text": "numeric", "day": "numeric", "zip": "nominal"}
    kinds |= {"answer": "boolean", "size": "nominal", "color": ("r", "g"), "count": "ordinal", "alive": "numeric"}
    expected = kinds | {"town": "ordinal", "color": "ordinal"}
    for library in KINDS.values():
        fitted = read(library(frame), kinds=kinds)
        told = dict(zip(fitted.feature_names_in_.tolist(), fitted.kinds_.tolist(), strict=True))
        assert {name: told[name] for name in kinds} == expected
        numbers = dict(zip(fitted.feature_names_in_.tolist(), fitted.table_.numbers.T, strict=True))
        np.testing.assert_array_equal(numbers["town"], [kinds["town"].index(town) for town in frame.town])
        np.testing.assert_array_equal(numbers["text"], frame.text.astype(float))
        np.testing.assert_array_equal(numbers["day"], 18263 + np.arange(N) % 5)
        np.testing.assert_array_equal(numbers["zip"], 1 - np.arange(N) % 2)
        np.testing.assert_array_equal(numbers["answer"], np.arange(N) % 2)
        np.testing.assert_array_equal(numbers["color"], frame.color == "g")


def test_columns_of_arrays_are_named_by_number():
    X = np.c_[np.arange(6) % 3, np.arange(6)[::-1] % 4].astype(float)
    fitted = read(X, kinds={1: "nominal", 0: [2, 0, 1]})
    assert fitted.kinds_.tolist() == ["ordinal", "nominal"]
    np.testing.assert_array_equal(fitted.table_.numbers, np.c_[[1, 2, 0] * 2, [1, 0, 3, 2, 1, 0]])
    mixed = np.array([["a", 1.5, True], ["b", 2, False], [None, np.nan, None]], dtype=object)
    assert read(mixed).kinds_.tolist() == ["nominal", "numeric", "boolean"]
    assert read(mixed.tolist()).kinds_.tolist() == ["nominal", "numeric", "boolean"]
    assert read(np.array([["a", "1"], ["b", "2"]])).kinds_.tolist() == ["nominal", "numeric"]


CET = dt.timezone(dt.timedelta(hours=1))
TIMES = {
    "dates": [dt.date(1970, 1, 3), dt.date(2020, 1, 1), None],
    "times": [dt.datetime(1970, 1, 3), dt.datetime(2020, 1, 1), None],
    "zone": [
        dt.datetime(1970, 1, 3, 1, tzinfo=dt.timezone(dt.timedelta(hours=1))),
        dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
        None,
    ],
    "numpy": [np.datetime64("1970-01-03"), np.datetime64("2020-01-01"), np.datetime64("NaT")],
    "spans": [dt.timedelta(days=2), dt.timedelta(days=18262), None],
}


@pytest.mark.parametrize("times", TIMES)
def test_dates_are_days_by_request(times):
    values = TIMES[times]
    tables = [np.array([[value, 1] for value in values], dtype=object), pd.DataFrame({"x0": values, "b": 1})]
    if times != "numpy":
        tables += [pl.DataFrame({"x0": values, "b": [1] * 3}), pa.table({"x0": values, "b": [1] * 3})]
    else:
        tables.append(np.array(values, dtype="datetime64[s]")[:, np.newaxis])
    for table in tables:
        np.testing.assert_array_equal(read(table, kinds={0: "numeric"}).table_.numbers[:, 0], [2, 18262, np.nan])
        with pytest.raises(ValueError, match=r"'x0' \(.*days since 1970"):
            read(table)


class Color(Enum):
    """Labels that are no text."""

    RED = "red"
    BLUE = "blue"


def test_labels_may_be_anything_that_tells_samples_apart():
    X = np.array([[Color.RED, b"u"], [Color.BLUE, b"v"], [Color.RED, None]], dtype=object)
    fitted = read(X)
    assert fitted.kinds_.tolist() == ["nominal"] * 2
    np.testing.assert_array_equal(fitted.table_.numbers, [[1, 0], [0, 1], [1, np.nan]])


@pytest.mark.parametrize(
    ("kinds", "message"),
    [
        ("nominal", "kinds='nominal': pass a mapping"),
        ({"age": "label"}, r"kinds\['age'\]='label': pass 'numeric', 'boolean', 'ordinal', 'nominal', or a list"),
        ({"age": 3}, r"kinds\['age'\]=3: pass"),
        ({"height": "nominal"}, "kinds names a column that X does not have: 'height'"),
        ({"age": "nominal", 0: "numeric"}, "kinds names column 'age' twice"),
        ({"town": "numeric"}, r"'town' \(String\): 'Rome' is no number, as kinds has it; .*errors='coerce'"),
        ({"town": "ordinal"}, r"'town' .*the order of the labels is not known; .*kinds=\{'town': \['low', 'high'\]\}"),
        ({"town": "boolean"}, "'town' .*more than two values are no truth values"),
        ({"size": ["S", "M"]}, r"'size' .*'L' is not among the categories that kinds lists; add it"),
    ],
)
def test_what_is_said_must_hold(frame, kinds, message):
    frame.loc[0, "town"] = "Rome"
    with pytest.raises(ValueError, match=message):
        read(frame, kinds=kinds)


def test_one_message_names_every_column(frame):
    odd = frame.assign(day=pd.Timestamp("2020"), hour=pd.Timestamp("2021"), parts=[[1]] * N, mixed=["a", 1] * (N // 2))
    with pytest.raises(ValueError, match="cannot be read") as caught:
        read(odd, kinds={"town": "numeric"})
    message = str(caught.value)
    for words in (
        "'day' (Datetime",
        "'hour' (Datetime",
        "'parts' (",
        "'mixed' (Object): text stands beside",
        "'town' (String)",
    ):
        assert words in message
    assert message.count("days since 1970") == 1
    assert read(odd, exclude=["day", "hour", "parts", "mixed"]).kinds_.tolist() == EXPECTED + ["excluded"] * 4
    taken = read(odd[["mixed"]], kinds={"mixed": "nominal"})
    np.testing.assert_array_equal(taken.table_.numbers[:2, 0], [1, 0])
    assert type(read(odd[["fare", "mixed"]], kinds={"mixed": "nominal"}, exclude=["mixed"]).table_) is DenseTable


def test_sparse_frames_stay_sparse(rng):
    X = pd.DataFrame(rng.random((N, 3)) * (rng.random((N, 3)) < 0.2))
    fitted = read(X.astype(pd.SparseDtype(float, 0)))
    assert isinstance(fitted.table_, SparseTable)
    np.testing.assert_array_equal(fitted.table_.to_dense(), X)


def test_complex_numbers_are_no_labels():
    with pytest.raises(ValueError, match=r"'b' \(.*an argument must be a string, a truth value or a number"):
        read(pd.DataFrame({"a": [1.0, 2, 3], "b": [1j, 2j, 3j]}))


def test_a_nested_entry_is_named():
    with pytest.raises(TypeError, match=r"'x0' \(object\): an argument must be a string, a truth value or a number"):
        read(np.array([[{"a": 1}, 2.0], [1.0, 3.0]], dtype=object))


def test_codes_follow_neither_the_rows_nor_the_library(frame, rng):
    numbers = read(frame).table_.numbers
    order = rng.permutation(N)
    np.testing.assert_array_equal(read(frame.iloc[order]).table_.numbers, numbers[order])
    renamed = read(frame.assign(town=frame.town.map({"Bonn": "c", "Oslo": "a", "Rome": "b"}))).table_.numbers[:, 1]
    np.testing.assert_array_equal(renamed, np.array([2, 0, 1])[numbers[:, 1].astype(int)])


def test_columns_that_name_samples_are_warned_of(rng):
    n = 50
    X = pd.DataFrame(
        {
            "value": rng.standard_normal(n),
            "sorted": np.sort(rng.standard_normal(n)),
            "shuffled": rng.permutation(n),
            "row": np.arange(n) * 2 + 7,
            "back": -np.arange(n).astype(float),
            "year": 1960 + np.arange(n),
            "people": np.round(1e6 * np.sort(rng.exponential(size=n))),  # which the rows are sorted by
            "name": [f"Mr. {k}" for k in rng.permutation(n)],
            "town": np.array(["Rome", "Oslo"])[rng.integers(0, 2, n)],
        }
    )
    with pytest.warns(UserWarning, match="Columns 'row', 'back', 'name' may name or number the samples"):
        read(X)
    with pytest.warns(UserWarning, match="Column 'x0' may name or number the samples"):
        read(X[["row", "value"]].to_numpy())
    for told in (
        {"exclude": ["row", "back", "name"]},
        {"kinds": {"row": "numeric", "back": "numeric", "name": "nominal"}},
    ):
        read(X, **told)
    read(X[:19])


@pytest.mark.parametrize("missing", ["pairwise", "informative"])
@pytest.mark.parametrize(
    "selector",
    [InfFS(), AttentionSelector(), RecursiveElimination(), CoverageSelector(), CriterionSelector()],
    ids=lambda selector: type(selector).__name__,
)
def test_labels_that_one_sample_has_are_one(selector, missing, rng):
    y = rng.integers(0, 2, 40)
    color = np.where(np.arange(40) < 4, np.array(list("abcd") * 10), np.where(y + rng.random(40) > 0.8, "e", "f"))
    X = pd.DataFrame({"name": [f"n{i}" for i in range(40)], "color": color, "z": y + rng.normal(size=40)})
    selector = clone(selector).set_params(missing=missing, kinds={"name": "nominal"}).fit(X, y)
    assert selector.ranking_[0] == 3
    pooled = X.assign(color=X["color"].where(X["color"] >= "e", "rare"))
    np.testing.assert_array_equal(selector.ranking_, clone(selector).fit(pooled, y).ranking_)


def test_tags_say_that_gaps_are_taken():
    assert get_tags(InfFS()).input_tags.allow_nan
    assert not get_tags(InfFS(missing="error")).input_tags.allow_nan
    assert not get_tags(KnockoffSelector(InfFS())).input_tags.allow_nan
    assert get_tags(RankAggregator([("walks", InfFS())])).input_tags.allow_nan
    with pytest.raises(ValueError, match="missing='drop': choose one of 'pairwise', 'informative' or 'error'"):
        InfFS(missing="drop").fit(np.eye(3))


def test_knockoffs_need_numbers(frame):
    y = np.arange(N) % 2
    with pytest.raises(ValueError, match=r"KnockoffSelector needs a table of numbers.*'town' holds labels; encode"):
        KnockoffSelector(InfFS()).fit(frame[["fare", "town"]], y)
    with pytest.raises(ValueError, match="contains NaN: column 'age'"):
        KnockoffSelector(InfFS()).fit(frame[["fare", "age"]], y)
    with pytest.raises(ValueError, match=r"partial_fit needs a table of numbers.*'age' has gaps; fill them"):
        InfFS(correlation="pearson").partial_fit(frame[["fare", "age"]])


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.filterwarnings("ignore:No features were selected")
def test_gaps_and_text_pass_through(frame, name, rng):
    fitted = clone(EVERY[name]).fit(rng.standard_normal((N, len(frame.columns))), np.arange(N) % 2)
    X = frame.to_numpy(object, na_value=None)
    if get_tags(fitted).input_tags.allow_nan:
        np.testing.assert_array_equal(fitted.transform(X), X[:, fitted.support_])
        with pytest.raises(ValueError, match="infinity"):
            fitted.transform(np.full((3, len(frame.columns)), np.inf))


def _times():
    """Columns of times of every make, and the days that they are."""
    days = np.arange(6.0)
    dates = [dt.date(2020, 1, 1) + dt.timedelta(int(day)) for day in days]
    since = (dt.date(2020, 1, 1) - dt.date(1970, 1, 1)).days
    hours = [dt.time(int(day)) for day in days]
    months = pd.period_range("2020-01", periods=6, freq="M")
    firsts = (months.to_timestamp() - pd.Timestamp("1970")).days
    return {
        "periods": (pd.DataFrame({"z": months}), firsts),
        "categories of periods": (pd.DataFrame({"z": pd.Categorical(months)}), firsts),
        "dates as objects": (pd.DataFrame({"z": dates}, dtype=object), since + days),
        "an array of objects": (np.array([dates], dtype=object).T, since + days),
        "hours as objects": (pd.DataFrame({"z": hours}), days / 24),
        "hours of polars": (pl.DataFrame({"z": hours}), days / 24),
        "hours of arrow": (pa.table({"z": hours}), days / 24),
        "durations of pandas": (pd.DataFrame({"z": pd.to_timedelta(days, unit="D")}), days),
        "durations of polars": (pl.DataFrame({"z": [dt.timedelta(int(day)) for day in days]}), days),
        "durations of arrow": (pa.table({"z": pa.array(range(6), pa.duration("s"))}), days / 86400),
        "intervals": (pd.DataFrame({"z": pd.interval_range(0, 6)}), days + 0.5),
        "intervals of dates": (
            pd.DataFrame({"z": pd.interval_range(pd.Timestamp("2020"), periods=6)}),
            since + days + 0.5,
        ),
    }


@pytest.mark.parametrize("make", list(_times()))
def test_times_are_refused_or_days_and_intervals_their_middles(make):
    X, days = _times()[make]
    name = "x0" if isinstance(X, np.ndarray) else "z"
    what = "intervals are no numbers" if "intervals" in make else "dates and times are no numbers"
    with pytest.raises(ValueError, match=rf"'{name}' \((?!Unknown).*\): {what}; kinds=\{{'{name}': 'numeric'\}} takes"):
        read(X)
    np.testing.assert_allclose(read(X, kinds={name: "numeric"}).table_.to_dense()[:, 0], days, rtol=1e-12)
    labels = read(X, kinds={name: "nominal"})
    assert labels.kinds_.tolist() == ["nominal"]


def test_a_gap_among_periods_is_one():
    periods = pd.Series(pd.period_range("2020", periods=5, freq="Y")).where([True, False, True, True, True])
    numbers = read(pd.DataFrame({"z": periods}), kinds={"z": "numeric"}).table_.numbers[:, 0]
    assert np.isnan(numbers).tolist() == [False, True, False, False, False]


def test_dates_beside_numbers_are_refused():
    X = pd.DataFrame({"z": [dt.date(2020, 1, 1), 3.5, None, 7]}, dtype=object)
    with pytest.raises(ValueError, match=r"'z' .*: dates stand beside what is no date"):
        read(X)


def test_categories_that_no_row_has_and_chunks_with_their_own_dictionaries_are_read_as_their_labels():
    labels = np.array([*"bdab", None, *"cadbacdba" * 2], dtype=object)
    expected = read(pd.DataFrame({"a": labels, "b": 1.0})).table_.numbers
    categories = pd.Categorical(labels, categories=["x", *"dcba", "y"])
    chunks = pa.chunked_array([pa.array(part, pa.string()).dictionary_encode() for part in (labels[:7], labels[7:])])
    text = pa.chunked_array([pa.array(part, pa.string()) for part in (labels[:7], labels[7:])])
    ones = [1.0] * len(labels)
    for X in (
        pd.DataFrame({"a": categories, "b": 1.0}),
        pd.DataFrame({"a": pd.Series(labels, dtype="string[pyarrow]"), "b": 1.0}),
        pd.DataFrame({"a": pd.array(text, dtype=pd.ArrowDtype(chunks.type)), "b": 1.0}),
        pa.table({"a": chunks, "b": ones}),
        pa.table({"a": text, "b": ones}),
        pl.DataFrame({"a": pl.Series(labels.tolist(), dtype=pl.Categorical), "b": ones}),
    ):
        np.testing.assert_array_equal(read(X).table_.numbers, expected)


def test_a_column_of_whole_numbers_beyond_double_precision_is_refused_beside_gaps_that_inform():
    far = pd.DataFrame({"id": pd.array([2**60 + k for k in range(9)] + [None], dtype="Int64"), "x": range(10)})
    with pytest.raises(ValueError, match=r"column 'id' holds whole numbers from .*, which double precision takes for"):
        read(far, missing="informative")
