"""Collections of Dask at the door of an estimator: what comes in stays where it is, and so does what goes out."""

import re

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.naive_bayes import GaussianNB

from infsel import (
    AttentionSelector,
    CoverageSelector,
    CriterionSelector,
    InfFS,
    SelectorCV,
    StabilitySelector,
    inf_fs_path,
)

dask = pytest.importorskip("dask")
da = pytest.importorskip("dask.array")
dd = pytest.importorskip("dask.dataframe")


@pytest.fixture(autouse=True)
def _here():
    """Tasks run in this process, one after the other: what a cluster does with them is for other tests."""
    with dask.config.set(scheduler="synchronous"):
        yield


@pytest.fixture
def frame(rng):
    X = pd.DataFrame(rng.standard_normal((40, 6)) * np.arange(1, 7), columns=list("abcdef"))
    X["c"] = pd.array((10 * X["c"]).round(), dtype="Int64")
    X["d"] = X["d"] > 0
    X["e"] = pd.Categorical(np.where(X["e"] > 0, "high", "low"), categories=["low", "high"], ordered=True)
    return X.set_index(pd.Index(np.arange(100, 140), name="row"))


@pytest.fixture
def y(frame):
    return (frame["a"] + frame["b"] > 0).astype(int)


@pytest.fixture
def selector():
    return InfFS(n_features_to_select=3)


def in_parts(frame, n=3):
    return dd.from_pandas(frame, npartitions=n)


def test_a_frame_ranks_as_in_memory(frame, selector):
    alone, shared = clone(selector).fit(frame), clone(selector).fit(in_parts(frame))
    np.testing.assert_allclose(shared.scores_, alone.scores_, rtol=1e-9)
    np.testing.assert_array_equal(shared.ranking_, alone.ranking_)
    np.testing.assert_array_equal(shared.feature_names_in_, alone.feature_names_in_)
    np.testing.assert_array_equal(shared.kinds_, alone.kinds_)
    pd.testing.assert_frame_equal(shared.to_frame()[["feature", "rank"]], alone.to_frame()[["feature", "rank"]])


def test_precision_is_that_in_memory(rng, selector):
    X = pd.DataFrame(rng.standard_normal((30, 4)), columns=list("abcd"))
    for types in ("float32", {"a": "float32"}, {"a": "float32", "b": "int8"}):
        frame = X.astype("float32").astype(types) if isinstance(types, str) else X.astype(types)
        shared = clone(selector).fit(in_parts(frame)).scores_
        np.testing.assert_allclose(
            shared, clone(selector).fit(frame).scores_, rtol=1e-6 if types == "float32" or "b" in types else 1e-9
        )


@pytest.mark.parametrize("chunks", [(7, 2), (40, 1), (5, 6)])
def test_arrays_rank_as_in_memory_however_they_are_cut(rng, selector, chunks):
    X = rng.standard_normal((40, 6))
    shared = clone(selector).fit(da.from_array(X, chunks=chunks))
    np.testing.assert_array_equal(shared.ranking_, clone(selector).fit(X).ranking_)


def test_rows_of_unknown_number_are_counted(rng, selector):
    X = rng.standard_normal((40, 6))
    some = da.from_array(X, chunks=(10, 6))[da.from_array(X[:, 0], chunks=10) > 0]
    assert np.isnan(some.shape[0])
    shared = clone(selector).fit(some)
    assert np.isnan(some.shape[0])  # what was passed stays what it was
    np.testing.assert_array_equal(shared.ranking_, clone(selector).fit(X[X[:, 0] > 0]).ranking_)


def test_divisions_need_not_be_known_and_partitions_may_be_empty(frame, selector):
    X = in_parts(frame, 4)
    X = X[X["a"] > X["a"].max().compute() - 4].clear_divisions()
    assert not X.known_divisions
    shared = clone(selector).fit(X)
    np.testing.assert_array_equal(shared.ranking_, clone(selector).fit(X.compute()).ranking_)


@pytest.mark.parametrize("kind", ["array", "series", "frame"])
def test_the_target_and_weights_may_be_collections(frame, y, kind):
    weights = np.arange(len(y)) % 3
    make = {
        "array": lambda values: da.from_array(np.asarray(values), chunks=9),
        "series": lambda values: dd.from_pandas(pd.Series(np.asarray(values), index=y.index, name="y"), npartitions=3),
        "frame": lambda values: dd.from_pandas(pd.DataFrame({"y": np.asarray(values)}, index=y.index), npartitions=3),
    }[kind]
    supervised = InfFS(start="fisher", readout="seeded")
    alone = clone(supervised).fit(frame, y, sample_weight=weights)
    weighed = make(weights) if kind != "frame" else weights
    for X in (frame, in_parts(frame)):
        target = make(y) if kind != "frame" else make(y)["y"]
        shared = clone(supervised).fit(X, target, sample_weight=weighed)
        np.testing.assert_allclose(shared.scores_, alone.scores_, rtol=1e-9)


def test_a_path_takes_them(frame, y):
    alone, shared = (inf_fs_path(X, alphas=[0.2, 0.7]) for X in (frame, in_parts(frame)))
    np.testing.assert_array_equal(shared.rankings, alone.rankings)


def test_excluded_columns_may_hold_anything(frame):
    frame = frame.assign(text="word", gap=np.nan)
    selector = InfFS(exclude=["text", "gap"], n_features_to_select=3)
    alone, shared = clone(selector).fit(frame), clone(selector).fit(in_parts(frame))
    np.testing.assert_array_equal(shared.ranking_, alone.ranking_)
    np.testing.assert_array_equal(shared.kinds_, alone.kinds_)
    X = np.asarray(frame[["a", "b", "f", "gap"]])
    shared = InfFS(exclude=[3]).fit(da.from_array(X, chunks=(9, 2)))
    np.testing.assert_array_equal(shared.ranking_, InfFS(exclude=[3]).fit(X).ranking_)


def test_kinds_that_hold_row_by_row(frame):
    frame = frame.assign(size=["S", "M", "L", "M"] * 10, day=pd.date_range("2020", periods=40).to_numpy()[::-1])
    selector = InfFS(kinds={"size": ["S", "M", "L"], "day": "numeric", "c": "ordinal"})
    alone, shared = clone(selector).fit(frame), clone(selector).fit(in_parts(frame))
    np.testing.assert_array_equal(shared.ranking_, alone.ranking_)
    np.testing.assert_array_equal(shared.kinds_, alone.kinds_)


TWO_DAYS = pd.Timestamp("2020") + pd.to_timedelta(np.arange(40) % 2, unit="D")
REFUSED = {
    "dates": (lambda X: X.assign(t=TWO_DAYS), {}, r"'t' \(Datetime.*'t': 'numeric'"),
    "objects": (lambda X: X.assign(t=[day.date() for day in TWO_DAYS]), {}, r"'t' \((Date|Object)\).*'t': 'numeric'"),
    "intervals": (lambda X: X.assign(t=pd.cut(X["a"], 3).astype(object)), {}, r"'t' .*: intervals are no numbers"),
    "lists": (lambda X: X.assign(t=[[1]] * 40), {}, r"'t' .*make columns of what is inside"),
    "text beside": (lambda X: X.assign(t=["x"] * 39 + [1]), {}, r"'t' .*: text stands beside what is no text"),
    "order": (lambda X: X.assign(t="x"), {"kinds": {"t": "ordinal"}}, r"'t' .*: the order of the labels is not known"),
    "truth": (lambda X: X, {"kinds": {"a": "boolean"}}, r"'a' \(Float64\): more than two values are no truth values"),
    "twice": (lambda X: pd.concat([X, X[["a"]]], axis=1), {}, "more than one column named a"),
    "infinity": (lambda X: X.assign(a=np.r_[np.inf, np.full(39, np.nan)]), {}, "infinity: column 'a' has 1 such"),
    "gaps": (lambda X: X.assign(a=np.nan), {"missing": "error"}, "'a' has 40 such .*X.fillna"),
    "few rows": (lambda X: X.iloc[:1], {}, "at least 2 samples"),
}


@pytest.mark.usefixtures("as_they_are")
@pytest.mark.parametrize("name", REFUSED)
def test_what_a_frame_cannot_hold_is_refused_by_name(frame, name):
    change, parameters, words = REFUSED[name]
    for n in (1, 3) if name != "few rows" else (1,):
        with pytest.raises(ValueError, match=words):
            InfFS(**parameters).fit(in_parts(change(frame), n))


@pytest.fixture
def as_they_are():
    """Objects are no text, as Dask makes of them."""
    with dask.config.set({"dataframe.convert-string": False}):
        yield


@pytest.fixture
def messy(frame, rng):
    """Columns as people have them; the first partitions lack what the others hold."""
    a, gap = frame["a"].where(rng.random(40) < 0.8), rng.random(40) < 0.2
    text = pd.Series(["u"] * 15 + list("vwxyz") * 5, index=frame.index, dtype=object).where(~gap, None)
    return frame.assign(
        a=a.where(np.arange(40) > 12),  # the first partition is all gaps
        text=text,
        color=pd.Categorical(text, categories=list("zyxwvut")),
        flag=pd.array(np.where(gap, None, rng.random(40) < 0.5), dtype="boolean"),
        count=frame["c"].mask(gap),
        size=pd.Categorical(rng.choice(["S", "M", "L"], 40), categories=["S", "M", "L"], ordered=True),
        void=np.nan,
        none=None,
        nobody=pd.array([None] * 40, dtype="Int64"),
        whole=rng.integers(0, 3, 40),
        objects=pd.Series([True, 2.5, None, 1] * 10, index=frame.index, dtype=object),
    )


def as_in_memory(X, selector=None):
    """The kinds of the columns of a frame of Dask, which ranks as in memory."""
    selector = InfFS() if selector is None else selector
    alone, shared = clone(selector).fit(X.compute()), clone(selector).fit(X)
    np.testing.assert_allclose(shared.scores_, alone.scores_, rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(shared.ranking_, alone.ranking_)
    np.testing.assert_array_equal(shared.kinds_, alone.kinds_)
    return dict(zip(X.columns, shared.kinds_.tolist(), strict=True))


@pytest.mark.parametrize("missing", ["pairwise", "informative"])
def test_gaps_and_labels_are_read_where_they_are(messy, missing):
    for n in (1, 3, 7):
        kinds = as_in_memory(in_parts(messy, n), InfFS(missing=missing))
    assert kinds["text"] == kinds["color"] == "nominal"
    assert kinds["size"] == kinds["e"] == "ordinal"
    assert kinds["flag"] == kinds["d"] == "boolean"
    assert {kinds[name] for name in ("a", "count", "void", "none", "whole")} == {"numeric"}


@pytest.mark.usefixtures("as_they_are")
def test_objects_are_what_all_partitions_say(messy):
    mixed = messy.assign(truth=pd.Series([True] * 20 + [False, None] * 10, index=messy.index, dtype=object))
    kinds = as_in_memory(in_parts(mixed))
    assert kinds["text"] == "nominal"
    assert kinds["objects"] == "numeric"
    assert kinds["truth"] == "boolean"


def test_categories_need_not_be_known(messy):
    X = in_parts(messy, 3)
    X["color"], X["size"] = X["color"].cat.as_unknown(), X["size"].cat.as_unknown()
    as_in_memory(X)
    lacking = dd.from_map(lambda k: messy.iloc[20 * k : 20 * k + 20].assign(color=list("xyyx") * 5), [0, 1])
    lacking["color"] = lacking["color"].astype("category")  # other categories in each partition
    as_in_memory(lacking)


def test_an_order_that_partitions_do_not_share_is_refused_by_name(messy):
    def ordered(part):
        return part.assign(size=pd.Categorical(part["text"], ordered=True))

    X = in_parts(messy).map_partitions(ordered, meta=ordered(messy.iloc[:0]))
    X["size"] = X["size"].cat.as_unknown()
    with pytest.raises(ValueError, match=r"order in each partition, 'size': X.categorize\(\) .* kinds={'size'"):
        InfFS().fit(X)
    fitted = InfFS(kinds={"size": list("uvwxyz")}).fit(X)
    assert fitted.kinds_[list(X.columns).index("size")] == "ordinal"


def test_what_a_user_says_of_labels(messy):
    kinds = {"whole": "nominal", "a": "nominal", "d": "boolean", "size": "nominal", "text": list("uvwxyz")}
    X = messy.assign(d=[True] * 20 + [False] * 20, a=messy["a"].round())  # a partition holds one truth value
    assert as_in_memory(in_parts(X), InfFS(kinds=kinds))["a"] == "nominal"
    binary = X.assign(text=np.where(X["text"] == "u", "u", "v"))
    assert as_in_memory(in_parts(binary), InfFS(kinds={"text": "boolean"}))["text"] == "boolean"


def test_text_that_spells_numbers_is_warned_of(frame):
    X = in_parts(frame.assign(price=[f"${k}.50" for k in range(20)] * 2))
    with pytest.warns(UserWarning, match=r"Column 'price' \('\$.*text that spells numbers"):
        InfFS().fit(X)


def test_gaps_of_an_array_are_taken_as_they_are(rng):
    X = rng.standard_normal((40, 6))
    X[rng.random((40, 6)) < 0.2] = np.nan
    X[:, 3] = np.nan
    for missing in ("pairwise", "informative"):
        alone, shared = InfFS(missing=missing).fit(X), InfFS(missing=missing).fit(da.from_array(X, chunks=(9, 4)))
        np.testing.assert_allclose(shared.scores_, alone.scores_, rtol=1e-9)
        np.testing.assert_array_equal(shared.ranking_, alone.ranking_)
    with pytest.raises(ValueError, match=r"NaN: column 'x0' has \d+ such values, the first in row \d+; fill it"):
        InfFS(missing="error").fit(da.from_array(X, chunks=(9, 4)))


def test_a_path_and_a_fit_of_supervised_selectors_take_messy_frames(messy, y):
    X = in_parts(messy)
    alone, shared = (inf_fs_path(table, alphas=[0.2, 0.7]) for table in (X.compute(), X))
    np.testing.assert_array_equal(shared.rankings, alone.rankings)
    for selector in (InfFS(start="anova", readout="seeded"), CoverageSelector(), CriterionSelector("jmi")):
        alone, shared = clone(selector).fit(X.compute(), y), clone(selector).fit(X, y)
        np.testing.assert_array_equal(shared.ranking_, alone.ranking_)


def test_other_collections_are_refused(rng, selector):
    with pytest.raises(ValueError, match="1 dimensions"):
        selector.fit(da.ones(9))
    with pytest.raises(TypeError, match=r"pass fit\(X.drop\(columns='y'\), X\['y'\]\)"):
        selector.fit(dd.from_pandas(pd.DataFrame({"y": [0, 1]}), npartitions=1), "y")
    with pytest.raises(ValueError, match=r"frame with 0 feature\(s\) \(of Dask\)"):
        selector.fit(dd.from_pandas(pd.DataFrame(index=range(9)), npartitions=1))
    with pytest.raises(TypeError, match="X is a Delayed of Dask: pass an array or a data frame"):
        selector.fit(dask.delayed(np.ones)((9, 2)))
    with pytest.raises(ValueError, match=r"cannot be read: 'x0' \(complex128\)"):
        selector.fit(da.ones((9, 3), dtype=complex))


@pytest.mark.parametrize(
    "search", [SelectorCV(GaussianNB(), InfFS()), StabilitySelector(InfFS())], ids=["cv", "halves"]
)
def test_what_fits_to_drawn_rows_wants_them_in_memory(frame, y, search):
    with pytest.raises(TypeError, match=rf"{type(search).__name__} fits other .* pass X.compute\(\)"):
        search.fit(in_parts(frame), y)


def nothing_computed(*arguments, **options):
    raise AssertionError("computed")


@pytest.fixture
def lazily():
    return lambda: dask.config.set(scheduler=nothing_computed)


def test_a_transformed_frame_is_lazy_and_keeps_its_meta(frame, selector, lazily):
    X = in_parts(frame)
    selector.fit(frame)
    with lazily():
        selected = selector.transform(X)
        assert selected.divisions == X.divisions
        assert list(selected.columns) == list(selector.get_feature_names_out())
        pd.testing.assert_series_equal(selected.dtypes, X.dtypes[selector.get_support()])
    pd.testing.assert_frame_equal(selected.compute(), selector.transform(X.compute()))


def test_a_transformed_array_is_lazy(rng, selector, lazily):
    X = rng.standard_normal((40, 6)).astype(np.float32)
    selector.fit(X)
    with lazily():
        selected = selector.transform(da.from_array(X, chunks=(7, 2)))
        back = selector.inverse_transform(selected)
    assert selected.dtype == back.dtype == np.float32
    assert selected.chunks[0] == back.chunks[0] == (7, 7, 7, 7, 7, 5)
    np.testing.assert_array_equal(selected.compute(), selector.transform(X))
    np.testing.assert_array_equal(back.compute(), selector.inverse_transform(selector.transform(X)))


def test_columns_come_back_lazily(frame, selector, lazily):
    X = in_parts(frame)
    selector.fit(frame)
    with lazily():
        back = selector.inverse_transform(selector.transform(X))
        assert back.divisions == X.divisions
    pd.testing.assert_frame_equal(back.compute(), selector.inverse_transform(selector.transform(X.compute())))


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_frame_in_memory_where_it_is_asked_for(frame, selector, library):
    pytest.importorskip(library)
    selector.fit(frame).set_output(transform=library)
    X = in_parts(frame)
    got, expected = selector.transform(X), selector.transform(X.compute())
    assert got.equals(expected)
    array = InfFS(n_features_to_select=2).set_output(transform=library).fit(np.asarray(frame[["a", "b", "f"]]))
    assert list(array.transform(da.ones((9, 3), chunks=4)).columns) == list(array.get_feature_names_out())


def test_arrays_where_they_are_asked_for(frame, selector):
    selector.fit(frame).set_output(transform="default")
    selected = selector.transform(in_parts(frame))
    assert isinstance(selected, da.Array)
    np.testing.assert_array_equal(selected.compute(), selector.transform(in_parts(frame).compute()))


def test_other_columns_are_refused(frame, selector):
    selector.fit(frame)
    with pytest.raises(ValueError, match="feature names should match"):
        selector.transform(in_parts(frame.rename(columns={"a": "z"})))
    with pytest.raises(ValueError, match="X has 5 features"):
        InfFS().fit(np.asarray(frame[["a", "b", "f"]])).transform(da.ones((4, 5)))
    with pytest.raises(ValueError, match="X has 2 columns, but 3"):
        selector.inverse_transform(da.ones((4, 2)))


def test_a_fit_to_a_collection_transforms_tables_in_memory(frame, selector):
    fitted = clone(selector).fit(in_parts(frame))
    pd.testing.assert_frame_equal(fitted.transform(frame), clone(selector).fit(frame).transform(frame))


def test_a_search_predicts_for_collections(frame, y):
    X = frame[["a", "b", "f"]]
    search = SelectorCV(GaussianNB(), InfFS(), n_features_to_select=[2], cv=3).fit(X, y)
    np.testing.assert_array_equal(search.predict(in_parts(X)), search.predict(X))


@pytest.mark.parametrize("columns", [list("abf"), ["f", "a"], list("ab")])
def test_files_of_which_some_columns_are_read_lose_no_rows(frame, tmp_path, columns):
    pytest.importorskip("pyarrow")
    for number in range(10):
        frame.iloc[4 * number : 4 * number + 4].reset_index(drop=True).to_parquet(tmp_path / f"{number}.parquet")
    X = dd.read_parquet(tmp_path)[columns]
    assert X.map_partitions(len).optimize().npartitions < 10  # Dask merges files of which few columns are read
    shared, alone = (InfFS().fit(table) for table in (X, frame[columns]))
    np.testing.assert_allclose(shared.scores_, alone.scores_, rtol=1e-9)


@pytest.mark.parametrize("kind", ["int64", "uint64", "Int64"])
def test_whole_numbers_that_double_precision_takes_for_one_are_refused(frame, kind):
    X = frame.assign(id=pd.array(2**55 + np.arange(40) % 3, dtype=kind))
    for table in (in_parts(X), X):
        with pytest.raises(ValueError, match="column 'id' holds whole numbers from 3602879701896396"):
            InfFS().fit(table)
        assert InfFS(exclude=["id"]).fit(table).scores_[-1] == 0


def test_so_are_those_of_an_array():
    X = np.c_[2**55 + np.arange(40) % 3, np.arange(40) ** 2 % 11]
    with pytest.raises(ValueError, match="column 'x0' holds whole numbers from 36028797018963968"):
        InfFS().fit(da.from_array(X, chunks=(9, 1)))
    same = np.c_[np.full(40, 2**55), X[:, 1]]  # a constant is no fault
    assert InfFS().fit(da.from_array(same, chunks=(9, 1))).ranking_[0] == 2


def test_anisotropy_is_that_of_memory(X, in_this_process):
    fitted = AttentionSelector(temperature="auto").fit(X)
    spread = AttentionSelector(temperature="auto").fit(da.from_array(X, chunks=(-1, 5)))
    found = spread.anisotropy_path(da.from_array(X, chunks=(-1, 5)), n_hops=3)
    np.testing.assert_allclose(found, fitted.anisotropy_path(X, n_hops=3), rtol=1e-9)


def test_arrays_of_objects_and_text_and_what_a_user_says_of_numbers(rng):
    numbers = np.column_stack([rng.standard_normal((40, 2)), rng.integers(0, 4, 40)])
    objects, text = numbers.astype(object), rng.choice(["a", "b", "c"], (40, 3))
    objects[:, 2], text[:, 1] = text[:, 0], rng.integers(0, 9, 40)  # numbers, as NumPy writes them beside text
    for X, kinds, exclude in ((numbers, {2: "nominal"}, None), (objects, None, None), (text, None, [0])):
        selector = InfFS(kinds=kinds, exclude=exclude)
        alone, shared = clone(selector).fit(X), clone(selector).fit(da.from_array(X, chunks=(9, 2)))
        np.testing.assert_allclose(shared.scores_, alone.scores_, rtol=1e-9)
        np.testing.assert_array_equal(shared.kinds_, alone.kinds_)


def test_what_takes_no_gaps_does_not_say_that_it_does(frame):
    y, numbers = frame["d"].to_numpy(), frame[["a", "b"]].where(frame["d"])
    X = dd.from_pandas(numbers, npartitions=2)
    with pytest.raises(ValueError, match=r"fill it \(X.fillna") as raised:
        AttentionSelector(target_token=True, missing="pairwise").fit(X, y)
    assert "pairwise" not in str(raised.value)
    filled = eval(re.search(r"\((X\.fillna.*)\) or", str(raised.value))[1], {"X": X.assign(text="u")})  # as it says
    assert not filled.compute().isna().any(axis=None)
