"""Data frames at the door and at the exit: what is excluded may be anything, and what is no table is said."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import scipy.sparse as sp
from public import EVERY, excluding
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from infsel import InfFS, InfFSCV, KnockoffSelector, StabilitySelector

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
    np.testing.assert_array_equal(fitted.transform(table), plain.transform(frame))
    assert fitted.transform(table).dtype == float
    if hasattr(fitted, "predict"):
        np.testing.assert_array_equal(fitted.predict(table), plain.predict(frame))
        assert fitted.score(table, y) == plain.score(frame, y)


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


def test_text_that_is_not_excluded_is_refused(frame):
    with pytest.raises(ValueError, match=r"not numeric: 'city' .*name them in exclude"):
        InfFS(exclude=["a"]).fit(frame.assign(city="Rome"))
    with pytest.raises(ValueError, match="column 'b' has 1 such values"):
        InfFS(exclude=["a"]).fit(frame.assign(b=[np.nan, *range(59)]))
    with pytest.raises(ValueError, match="not numeric: 'parts' "):
        InfFS().fit(pl.DataFrame({"a": [1.0, 2, 3], "parts": [[1], [2], [3]]}))


NOTHING = {
    "threshold": InfFS(threshold=1e9),
    "knockoffs": KnockoffSelector(LogisticRegression(), fdr=1e-9, random_state=0),
    "stability": StabilitySelector(InfFS(n_features_to_select=1), n_pairs=2, threshold=1, random_state=1),
}


@pytest.mark.parametrize("asked", ["default", "pandas", "polars"])
@pytest.mark.parametrize("given", [*LIBRARIES, "array", "sparse"])
@pytest.mark.parametrize("name", NOTHING)
def test_an_empty_selection_keeps_the_rows(frame, y, rng, name, given, asked):
    if name == "stability":
        frame = frame * 0 + rng.standard_normal(frame.shape)
    make = LIBRARIES | {"array": lambda X: X.to_numpy(), "sparse": sp.csr_array}
    if given == "sparse" and (asked != "default" or name == "knockoffs"):
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


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_keep_the_types_of_their_columns(frame, library):
    mixed = frame.assign(count=np.arange(60, dtype=np.int8), flag=np.arange(60) > 30)
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
