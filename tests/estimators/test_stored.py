"""Tables on disk or in foreign arrays: the same scores, a block of columns at a time."""

import numpy as np
import pytest

from infsel import AttentionSelector, InfFS
from infsel._runtime import memory as _memory
from infsel.affinities import Dispersion, Relevance
from infsel.relevances import Fisher, SharedInformation
from infsel.tables import StoredTable, _table

SELECTORS = {
    "classic": InfFS(),
    "pearson": InfFS(correlation="pearson"),
    "attention": AttentionSelector(),
    "target": AttentionSelector(target_token=True),
    "formula": InfFS(affinity=Dispersion() + 0.5 * Relevance("mutual-information", pair="max")),
    "seeded": InfFS(readout="seeded", start=Fisher()),
    "all columns at once": InfFS(affinity=Relevance(SharedInformation())),
    "callable": InfFS(affinity=lambda X, y: np.abs(np.cov(X.T))),
    "heads": AttentionSelector(n_heads=2),
    "preset": InfFS.from_preset("tpami2020-supervised"),
}


class Foreign:
    """As little as a table can be, and a record of what was read of it."""

    def __init__(self, values, chunks=None):
        self.values, self.read = values, []
        self.shape, self.dtype = values.shape, values.dtype
        if chunks:
            self.chunks = chunks

    def __getitem__(self, key):
        rows, columns = key
        assert rows == slice(None)
        assert isinstance(columns, slice)
        self.read.append((columns.start, columns.stop))
        return self.values[key].copy()


@pytest.fixture
def values(rng):
    X = rng.standard_normal((30, 50)) * rng.exponential(1, 50)
    X[:, [4, 20]] = 3
    return X


@pytest.fixture
def y(values):
    return np.arange(30) % 3


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(_table, "_CHUNK_BYTES", 30 * 8 * 7)


@pytest.fixture
def memmap(values, tmp_path):
    def make(dtype, order="C"):
        mapped = np.memmap(tmp_path / "table", dtype, "w+", shape=values.shape, order=order)
        mapped[:] = values
        mapped.flush()
        return np.memmap(tmp_path / "table", dtype, "r", shape=values.shape, order=order)

    return make


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", SELECTORS)
def test_scores_are_those_of_the_table_in_memory(values, y, memmap, name, dtype):
    selector = SELECTORS[name]
    expected = selector.fit(values.astype(dtype), y).scores_
    np.testing.assert_array_equal(selector.fit(Foreign(values.astype(dtype)), y).scores_, expected)
    np.testing.assert_array_equal(selector.fit(memmap(dtype), y).scores_, expected)
    np.testing.assert_array_equal(selector.fit(memmap(dtype, "F"), y).scores_, expected)


@pytest.mark.parametrize("dtype", [np.int16, np.uint8, np.float16])
def test_other_numbers_become_double(values, dtype):
    table = (np.abs(values) * 10 % 7).astype(dtype)
    np.testing.assert_array_equal(InfFS().fit(Foreign(table)).scores_, InfFS().fit(table.astype(float)).scores_)


def test_no_more_than_a_block_is_read_at_a_time(values):
    table = Foreign(values)
    InfFS().fit(table)
    assert max(stop - start for start, stop in table.read) <= 8  # a column that is left out is read with its neighbors
    assert min(start for start, _ in table.read) == 0
    assert max(stop for _, stop in table.read) == 50


def test_blocks_follow_chunks(values):
    table = Foreign(values, chunks=(30, 6))
    InfFS().fit(table)
    passes = [start for start, _ in table.read[:9]]
    assert passes == list(range(0, 50, 6))
    assert InfFS().fit(Foreign(values, chunks=(30, 20))).ranking_[4] == 49


def test_only_the_selected_columns_come_out(values):
    table = Foreign(values)
    selector = InfFS(n_features_to_select=3).fit(table)
    np.testing.assert_array_equal(selector.transform(table), values[:, selector.support_])
    selector.set_output(transform="pandas")
    assert selector.transform(table).columns.tolist() == selector.get_feature_names_out().tolist()


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_bad_number_is_named(values, memmap, bad):
    values[7, 33] = bad
    with pytest.raises(ValueError, match=r"column 'x33' has 1 such values, the first in row 7"):
        InfFS().fit(Foreign(values))
    with pytest.raises(ValueError, match=r"column 'x33' has 1 such values, the first in row 7"):
        InfFS().fit(memmap(np.float64))


def test_other_widths_are_refused(values):
    selector = InfFS().fit(Foreign(values))
    with pytest.raises(ValueError, match="expecting 50 features"):
        selector.transform(Foreign(values[:, :49]))


@pytest.mark.parametrize("shape", [(1, 50), (30, 0), (0, 50)])
def test_tables_without_contents_are_refused(shape):
    with pytest.raises(ValueError, match="pass at least 2 samples and one feature"):
        InfFS().fit(Foreign(np.zeros(shape)))


def test_other_things_are_no_stored_tables(memmap):
    with pytest.raises(ValueError, match="2D array"):
        InfFS().fit(memmap(np.float64)[:, 0])


def test_a_table_that_cannot_fit_says_so(monkeypatch, values):
    monkeypatch.setattr(_memory, "machine", lambda: 4000.0)
    with pytest.raises(MemoryError, match=r"standardized columns of X would take 0\.0 GB \(48 x 30 numbers of type fl"):
        InfFS().fit(values)
    with pytest.raises(
        MemoryError, match=r"type float64\).*: pass float32 numbers or fewer samples, or use partial_fit"
    ):
        InfFS(correlation="pearson").fit(values)
    with pytest.raises(MemoryError, match="rate one column after the other"):
        InfFS(affinity=Relevance(SharedInformation())).fit(Foreign(values), values[:, 0] > 0)
    assert InfFS(affinity=Dispersion()).fit(Foreign(values)).scores_.any()  # needs neither


def test_memory_that_others_have_taken_is_said_too(monkeypatch, values):
    def full(shape, dtype):
        raise MemoryError

    monkeypatch.setattr(_memory.np, "empty", full)
    with pytest.raises(MemoryError, match=r"this would take 8\.0 GB"):
        _memory.allocate((10**9,), np.dtype(float), "this", "wait")


def test_the_machine_has_memory():
    assert _memory.machine() > 2**28


def test_a_store_is_a_table(values):
    store = StoredTable(Foreign(values))
    part = store.columns(np.arange(50) % 3 > 0)
    np.testing.assert_array_equal(part.array, values[:, np.arange(50) % 3 > 0])
    np.testing.assert_array_equal(part.columns(np.array([1, 5, 6])).array, values[:, [2, 8, 10]])
    assert part.read(3, 3).shape == (30, 0)
    np.testing.assert_array_equal(store.read(48, 60), values[:, 48:])
    np.testing.assert_array_equal(part.rows(np.array([4, 2])).array, values[np.ix_([4, 2], np.arange(50) % 3 > 0)])
