"""Every kind of table against the definition of every statistic: one matrix of tests, with and without weights."""

import dask.array
import naive
import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from infsel.distributed import DaskTable
from infsel.embeddings import gram, row_blocks
from infsel.tables import Moments, StoredTable, _sparse, _table, as_table, in_memory

NAMES = np.array([f"c{i}" for i in range(7)], dtype=object)


class Foreign:
    """As little as a stored table can be."""

    def __init__(self, X):
        self.X, self.shape, self.dtype = X, X.shape, X.dtype

    def __getitem__(self, key):
        return self.X[key]


def moments(X, weights, names):
    table = Moments(X.shape[1], X.dtype, scatter=True, names=names)
    for rows in np.array_split(np.arange(len(X)), 3):
        table = table.merged(as_table(X[rows], None if weights is None else weights[rows]))
    return table


def on_dask(X, weights, names):
    """Blocks of two columns, whose tasks run in this process."""
    return DaskTable(dask.array.from_array(X, chunks=(10, 2)), weights, names)


KINDS = {
    "dense": as_table,
    "by columns": lambda X, *fields: as_table(np.asfortranarray(X), *fields),
    "sparse": lambda X, *fields: as_table(sp.csc_array(X), *fields),
    "stored": lambda X, *fields: as_table(Foreign(X), *fields),
    "dask": on_dask,
    "moments": moments,
}
WITH_SAMPLES = [kind for kind in KINDS if kind != "moments"]


@pytest.fixture
def X(rng):
    """Numbers, zeros, ties, a constant, a copy and a mirror image."""
    X = np.where(rng.random((24, 7)) < 0.4, 0, rng.standard_normal((24, 7)) * np.arange(1, 8))
    X[:, 1] = np.round(X[:, 1])
    X[:, 3] = -2
    X[:, 5] = 3 * X[:, 0]
    X[:, 6] = 7 - X[:, 4]
    return X


@pytest.fixture(params=["once", "whole", "shares"])
def weights(request, rng):
    whole = rng.integers(1, 4, 24).astype(float)
    return {"once": None, "whole": whole, "shares": whole / 4}[request.param]


@pytest.fixture
def repeated(X, weights):
    """The rows as often as they count, in proportion."""
    times = np.ones(24, dtype=int) if weights is None else (weights if weights.min() >= 1 else 4 * weights).astype(int)
    return np.repeat(X, times, axis=0)


def down(Z):
    """Rows as an array."""
    return Z if isinstance(Z, np.ndarray) else Z.toarray()


@pytest.fixture(autouse=True)
def in_this_process():
    with dask.config.set(scheduler="synchronous"):
        yield


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setattr(_table, "_CHUNK_BYTES", 24 * 8 * 2)
    monkeypatch.setattr(_sparse, "_DENSE", 24 * 3)


def make(kind, X, weights):
    return KINDS[kind](X, weights, NAMES)


every_kind = pytest.mark.parametrize("kind", KINDS)
every_kind_with_samples = pytest.mark.parametrize("kind", WITH_SAMPLES)


@every_kind
def test_what_each_column_holds(kind, X, weights, repeated):
    table = make(kind, X, weights)
    low, high = table.extremes()
    assert (low.tolist(), high.tolist()) == (list(map(min, X.T)), list(map(max, X.T)))
    assert table.varying().tolist() == [len(set(x)) > 1 for x in X.T]
    n = len(repeated)
    expected = [naive.standard_deviation(x) * np.sqrt((n - 1) / n) for x in repeated.T]
    np.testing.assert_allclose(table.standard_deviation(), expected, rtol=1e-12, atol=1e-14)
    assert (table.shape, len(table), table.dtype) == ((24, 7), 24, np.float64)


def correlations(X, of):
    inside = np.ptp(X, axis=0) > 0
    return np.array([[of(x, y) if a and b else 0 for y, b in zip(X.T, inside, strict=True)]
                     for x, a in zip(X.T, inside, strict=True)])  # fmt: skip


@every_kind
def test_unit_columns_correlate(kind, X, weights, repeated):
    Z = make(kind, X, weights).unit_columns()
    np.testing.assert_allclose(gram(Z, Z), correlations(repeated, naive.pearson), atol=1e-12)


@every_kind
def test_unit_ranks_correlate(kind, X, weights, repeated):
    table = make(kind, X, weights)
    if kind == "moments":
        with pytest.raises(ValueError, match="correlation='spearman' ranks all samples at once"):
            table.correlating("spearman")
        return
    Z = table.correlating("spearman")
    np.testing.assert_allclose(gram(Z, Z), correlations(repeated, naive.spearman), atol=1e-12)


@every_kind
def test_whole_ranks_correlate_without_round_off(kind, X, weights, repeated):
    table = make(kind, X, weights)
    whole = weights is None or weights.min() >= 1
    assert table.has_whole_ranks == (whole and kind not in ("sparse", "moments"))
    if table.has_whole_ranks:
        Z, norms = table.whole_ranks()
        Z = down(Z)
        expected = 2 * np.array([naive.ranks(x) for x in repeated.T]) - len(repeated) - 1
        np.testing.assert_array_equal(Z @ Z.T, expected @ expected.T)
        np.testing.assert_allclose(norms, np.linalg.norm(expected, axis=1), rtol=1e-14)


@every_kind_with_samples
def test_ranks_positions_and_bins(kind, X, weights, repeated):
    table, w = make(kind, X, weights), np.ones(24) if weights is None else weights
    np.testing.assert_allclose(down(table.positions()), [naive.positions(x, w) for x in X.T], rtol=1e-12)
    scale = len(repeated) / w.sum()
    first = np.r_[0, np.cumsum(np.rint(w * scale).astype(int))[:-1]]
    expected = np.transpose([naive.ranks(x)[first] for x in repeated.T])
    np.testing.assert_allclose((table.ranks() - 0.5) * scale, expected - 0.5, rtol=1e-12)
    for bins in (3, 5):
        expected = np.array([naive.bins(x, bins) for x in repeated.T])[:, first]
        np.testing.assert_array_equal(down(table.binned(bins)), expected)


@every_kind_with_samples
def test_what_elimination_asks_of_a_table(kind, X, weights):
    X[2], X[9] = X[5], X[5]
    X[2, 2] = 0.0
    X[5, 2] = X[9, 2] = -0.0
    table, w = make(kind, X, weights), np.ones(24) if weights is None else weights
    ((_, places),) = row_blocks(table.places())
    np.testing.assert_array_equal(places, down(table.positions()))
    np.testing.assert_allclose(places, [naive.positions(x, w) for x in X.T], rtol=1e-12)
    most = np.array([max(w[x == value].sum() for value in x) / w.sum() for x in X.T])
    np.testing.assert_allclose(table.majority(), np.where(most > 0.5, most, 0), rtol=1e-12)
    inside = np.arange(7) != 3
    centered = X[:, inside] - np.average(X[:, inside], axis=0, weights=w)
    expected = centered / np.sqrt(np.average(centered**2, axis=0, weights=w))
    ((_, Z),) = row_blocks(table.columns(inside).standardized())
    np.testing.assert_allclose(Z, expected.T, atol=1e-12)
    order = np.argsort(table.contents(), kind="stable")
    again = make(kind, X[::-1], weights if weights is None else weights[::-1])
    np.testing.assert_array_equal(X[order], X[::-1][np.argsort(again.contents(), kind="stable")])
    assert len(set(table.contents())) == 22 == len({tuple(row) for row in X + 0.0})


@every_kind_with_samples
def test_copies_lead_to_their_originals(kind, X, weights):
    assert make(kind, X, weights).originals().tolist() == [0, 1, 2, 3, 4, 0, 4]


@every_kind
def test_a_part_has_the_statistics_weights_and_names_of_its_columns(kind, X, weights):
    table, columns = make(kind, X, weights), np.array([1, 2, 6])
    part, mask = table.columns(columns), np.isin(np.arange(7), columns)
    for name in ("varying", "standard_deviation", "unit_columns"):
        expected = getattr(make(kind, X[:, columns], weights), name)()
        for some in (part, table.columns(mask), table.columns(np.array([1, 2, 3, 6])).columns(np.array([0, 1, 3]))):
            found = getattr(some, name)()
            both = (gram(found, found), gram(expected, expected)) if name == "unit_columns" else (found, expected)
            np.testing.assert_allclose(*both, atol=1e-14)
            assert some.names.tolist() == ["c1", "c2", "c6"]
            assert some.total_weight == table.total_weight
    assert table.columns(np.arange(7)) is table
    assert table.columns(np.arange(7)[::-1]).names[0] == "c6"


@every_kind_with_samples
def test_numbers_and_rows(kind, X, weights):
    table, rows = make(kind, X, weights), np.arange(24) % 3 > 0
    np.testing.assert_array_equal(table.to_dense(), X)
    np.testing.assert_array_equal(in_memory(table).columns(np.array([4, 2])).to_dense(), X[:, [4, 2]])
    part = table.rows(rows)
    np.testing.assert_array_equal(part.to_dense(), X[rows])
    np.testing.assert_array_equal(part.columns(np.array([1, 3])).to_dense(), X[rows][:, [1, 3]])
    np.testing.assert_array_equal(part.counts, np.ones(16) if weights is None else weights[rows])
    by_rows = table.by_rows()
    np.testing.assert_array_equal(by_rows.toarray() if kind == "sparse" else by_rows, X)
    if kind == "sparse":
        with pytest.raises(TypeError, match=r"it needs a dense table and X is sparse: pass .*, or leave it\.$"):
            table.require_dense("it", ", or leave it")
    else:
        table.require_dense("it")


def test_moments_keep_no_samples(X):
    table = make("moments", X, None)
    with pytest.raises(ValueError, match="moments keep no samples: fit on a table"):
        table.to_dense()
    with pytest.raises(TypeError, match="it needs a dense table and moments keep no samples"):
        table.require_dense("it")


@every_kind
def test_weights_that_sum_to_less_count_every_sample_once_in_the_mean(kind, X):
    table = make(kind, X, np.full(24, 0.25))
    assert table.total_weight == (24 if kind == "moments" else 6)  # the door has scaled what comes at once


@every_kind_with_samples
@pytest.mark.parametrize("weight", [1, 2, 0.3])
def test_constant_weights_are_none_to_the_bit(kind, X, weight):
    plain, weighted = make(kind, X, None), make(kind, X, np.full(24, weight))
    for name in ("unit_columns", "unit_ranks", "standard_deviation", "originals"):
        a, b = getattr(plain, name)(), getattr(weighted, name)()
        np.testing.assert_array_equal(down(a), down(b))
    np.testing.assert_array_equal(down(plain.binned(4)), down(weighted.binned(4)))
    assert (weighted.weights is None) == (weight == 1)


@given(st.integers(0, 2**31), st.sampled_from(WITH_SAMPLES), st.booleans())
@settings(max_examples=30)
def test_the_order_of_the_samples_and_the_size_of_chunks_do_not_show(seed, kind, single):
    rng = np.random.default_rng(seed)
    X = np.round(rng.standard_normal((15, 6)) * 2, int(rng.integers(0, 3))).astype(np.float32 if single else np.float64)
    weights = rng.integers(1, 5, 15) / 1.0
    order, eps = rng.permutation(15), np.finfo(X.dtype).eps
    with pytest.MonkeyPatch.context() as patch:
        tables = [make(kind, X, weights)]
        for size in (1, 10**6):
            patch.setattr(_table, "_CHUNK_BYTES", size)
            patch.setattr(_sparse, "_DENSE", size)
            tables.append(make(kind, X[order], weights[order]))
            tables[-1].unit_columns(), tables[-1].unit_ranks(), tables[-1].positions()
    for name in ("unit_columns", "unit_ranks"):
        Z = [getattr(table, name)() for table in tables]
        G = [gram(each, each) for each in Z]
        np.testing.assert_array_equal(G[1], G[2])
        np.testing.assert_allclose(G[0], G[1], atol=50 * eps)
    U = [down(table.positions()) for table in tables]
    np.testing.assert_array_equal(U[0][:, order], U[1])
    np.testing.assert_array_equal(U[1], U[2])


def test_what_becomes_a_table():
    X = np.arange(6.0).reshape(3, 2)
    table = as_table(X)
    assert as_table(table) is table
    assert as_table(X.tolist()).to_dense().tolist() == X.tolist()
    assert isinstance(as_table(Foreign(X)), StoredTable)
    assert as_table(table, np.array([1.0, 2, 3])).total_weight == 6
    assert table.total_weight == 3
