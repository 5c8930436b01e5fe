"""Tables that broke an estimator: what is refused is told with the column that a user knows and what to do."""

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import scipy.sparse as sp
from sklearn.feature_selection import SelectKBest
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline

from infsel import CoverageSelector, InfFS, RankAggregator
from infsel.relevances import Muteinf

N = 40


@pytest.fixture
def x(rng):
    return rng.standard_normal(N)


@pytest.fixture
def y():
    return np.arange(N) % 2


@pytest.mark.parametrize(
    "selector",
    [
        InfFS(affinity="partial-correlation"),
        InfFS.from_preset("ilfs"),
        RankAggregator([("a", CoverageSelector()), ("b", SelectKBest(k=1))]),
    ],
)
def test_messages_name_columns_as_the_table_has_them(selector, x, y):
    X = np.column_stack([np.ones(N), np.zeros(N), x, np.where(x > 1, np.nan, x), x])
    with pytest.raises(ValueError, match="column 'x3' has"):
        selector.fit(X, y)
    with pytest.raises(ValueError, match="column 'd' has"):
        selector.fit(pd.DataFrame(X, columns=list("abcde")), y)


def test_a_selector_of_others_names_labels_as_the_table_has_them(x, y):
    X = pd.DataFrame({"a": 1.0, "b": x, "c": np.where(x > 0, "u", "v")})
    selector = RankAggregator([("a", CoverageSelector()), ("b", SelectKBest(k=1))], exclude=["a"])
    with pytest.raises(ValueError, match=r"SelectKBest, .* column 'c' holds labels"):
        selector.fit(X, y)


def test_a_relevance_that_takes_no_gaps_names_one_that_does(x, y):
    with pytest.raises(ValueError, match=r"SimpleImputer\), or take 'mutual-information', which .*[^.]\.$"):
        InfFS(start=Muteinf()).fit(np.column_stack([x, np.where(x > 1, np.nan, x)]), y)


def test_masked_labels_are_missing(x, y):
    labels = np.where(x > 0, "u", "v").astype(object)
    masked = np.ma.masked_array(np.column_stack([labels, x.astype(object)]), np.column_stack([x > 1, x < -1]))
    missing = pd.DataFrame({"a": np.where(x > 1, None, labels), "b": np.where(x < -1, np.nan, x)})
    fitted, expected = CoverageSelector().fit(masked, y), CoverageSelector().fit(missing, y)
    np.testing.assert_array_equal(fitted.scores_, expected.scores_)
    assert fitted.kinds_.tolist() == ["nominal", "numeric"]
    assert masked.data[0, 0] is not None  # nothing is written into what was passed


@pytest.mark.parametrize("order", [["u", "v", "u"], ["u", ["v"]]])
def test_an_order_lists_each_category_once(order, x, y):
    X = pd.DataFrame({"a": np.where(x > 0, "u", "v"), "b": x})
    with pytest.raises(ValueError, match=r"kinds\['a'\] lists ('u' twice|\['v'\], which is no category)"):
        CoverageSelector(kinds={"a": order}).fit(X, y)


def test_numbers_beyond_double_precision_are_refused_by_name(x, y):
    X = pd.DataFrame({"a": x, "b": pd.Series([10**400, *range(N - 1)], dtype=object)})
    with pytest.raises(ValueError, match=r"'b' \(Object\): whole numbers are too large .* 'nominal'"):
        CoverageSelector().fit(X, y)
    assert CoverageSelector(kinds={"b": "nominal"}).fit(X, y).kinds_.tolist() == ["numeric", "nominal"]


def test_what_is_no_table_of_named_columns_is_refused(x, y):
    with pytest.raises(ValueError, match="more than one column named a"):
        CoverageSelector().fit(pa.Table.from_arrays([pa.array(x), pa.array(x)], names=["a", "a"]), y)
    with pytest.raises(ValueError, match=r"0 feature\(s\)"):
        CoverageSelector().fit(pd.DataFrame(index=range(N)), y)
    with pytest.raises(TypeError, match=r"array of records: .* pandas\.DataFrame\(X\)"):
        CoverageSelector().fit(np.array([(1.0, "x")] * N, dtype=[("a", float), ("b", "U1")]), y)


def test_a_frame_is_read_in_one_pass(monkeypatch, x, y):
    def refused(self, index):
        raise AssertionError("pandas reads all names for each column that is taken by its number")

    X = pd.DataFrame({"a": np.where(x > 0, "u", "v"), "b": x, "c": np.arange(N) % 7})
    monkeypatch.setattr(nw.DataFrame, "__getitem__", refused)
    assert CoverageSelector().fit(X, y).kinds_.tolist() == ["nominal", "numeric", "numeric"]


def test_gaps_of_sparse_and_stored_tables_are_refused_with_a_remedy_that_helps(rng, tmp_path):
    X = rng.standard_normal((40, 4)) * (rng.random((40, 4)) < 0.5)
    X[3, 2] = np.nan
    sparse = sp.csr_array(X)
    with pytest.raises(ValueError, match=r"column 'x2' .* make_pipeline\(SimpleImputer\(\), ...\), which keeps"):
        InfFS().fit(sparse)
    fitted = make_pipeline(SimpleImputer(), InfFS()).fit(sparse)
    assert sp.issparse(fitted[:1].transform(sparse))
    dense = InfFS().fit(sparse.toarray())
    stored = np.memmap(tmp_path / "X.dat", dtype=float, mode="w+", shape=X.shape)
    stored[:] = X
    with pytest.raises(ValueError, match=r"column 'x2' .* pass a table in memory, numpy.array\(X\)"):
        InfFS().fit(stored)
    np.testing.assert_array_equal(InfFS().fit(np.array(stored)).scores_, dense.scores_)
