import threading
import tracemalloc

import naive
import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from threadpoolctl import threadpool_limits

from infsel.tables import _blocks, as_table
from infsel.tables._ranks import _precision

NAMES = ["ranks", "standard_deviation", "unit_columns", "unit_ranks"]
STATISTICS = [lambda X, name=name: getattr(as_table(X), name)() for name in NAMES]
every_statistic = pytest.mark.parametrize("statistic", STATISTICS, ids=NAMES)

numbers = st.floats(width=32) | st.sampled_from([0.0, -0.0, 1.0, -1.0, np.inf, 2.0**-140, -(2.0**-140)])
shapes = st.tuples(st.integers(1, 12), st.integers(1, 5))


def test_statistics_equal_their_definitions(table):
    np.testing.assert_allclose(
        as_table(table).standard_deviation() * np.sqrt(40 / 39), [naive.standard_deviation(x) for x in table.T]
    )
    np.testing.assert_array_equal(as_table(table).ranks(), np.transpose([naive.ranks(x) for x in table.T]))
    Z = as_table(table).unit_columns()
    np.testing.assert_allclose(Z @ Z.T, np.corrcoef(table, rowvar=False), atol=1e-14)
    assert Z.flags.c_contiguous


@given(shapes.flatmap(lambda shape: arrays(np.float32, shape, elements=numbers)), st.booleans(), st.booleans())
@settings(deadline=None)
def test_ranks_equal_their_definition(X, single, by_columns):
    X = np.asarray(X, dtype=np.float32 if single else np.float64, order="F" if by_columns else "C")
    expected = np.full(X.shape, np.nan)
    for x, ranks in zip(X.T, expected.T, strict=True):  # among what is there
        ranks[~np.isnan(x)] = naive.ranks(x[~np.isnan(x)])
    result = as_table(X).ranks()
    assert result.dtype == X.dtype
    np.testing.assert_array_equal(result, expected)


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=40), st.sampled_from([1.0, -1e9, 1e300, 1e-300]))
@settings(deadline=None)
def test_ranks_tell_neighboring_numbers_apart(steps, start):
    """The keys that are sorted lack the last digits of the numbers."""
    x = start + np.array(steps) * np.spacing(start)
    np.testing.assert_array_equal(as_table(x[:, np.newaxis]).ranks()[:, 0], naive.ranks(x))


@given(
    st.lists(st.tuples(st.integers(-3, 3) | st.none(), st.integers(1, 3)), min_size=1, max_size=40),
    st.sampled_from([1.0, -1e9]),
    st.booleans(),
)
@settings(deadline=None)
def test_a_sample_that_counts_several_times_has_the_mean_of_so_many_ranks(samples, start, halves):
    steps, counts = zip(*samples, strict=True)
    x = np.array([np.nan if step is None else start + step * np.spacing(start) for step in steps])
    counts = np.array(counts)
    there, repeated = ~np.isnan(x), np.repeat(x, counts)
    expected = np.full(len(x), np.nan)
    some = np.array(naive.ranks(repeated[~np.isnan(repeated)]))
    for k, value in enumerate(x[there]):
        expected[np.flatnonzero(there)[k]] = some[repeated[~np.isnan(repeated)] == value].mean()
    if halves:  # half a sample takes half a rank
        expected = (expected - 0.5) / 2 + 0.5
    weights = counts / 2 if halves else counts * 1.0
    result = as_table(x[:, np.newaxis], weights).ranks()[:, 0]
    np.testing.assert_allclose(result, expected, rtol=1e-14)


@pytest.mark.parametrize("start", [1.0, -1.0])
def test_ranks_of_many_neighboring_numbers_take_another_way(rng, start):
    steps = rng.integers(0, 150, 300)  # less than the keys resolve, and too many to insert one by one
    column = start + steps * np.spacing(1.0)
    X = np.column_stack([column, rng.standard_normal(300), column])
    np.testing.assert_array_equal(as_table(X).ranks(), np.transpose([naive.ranks(x) for x in X.T]))
    np.testing.assert_array_equal(as_table(X, np.full(300, 2.0)).ranks(), 2 * as_table(X).ranks() - 0.5)
    X[::7] = np.nan
    there = np.arange(300) % 7 > 0
    np.testing.assert_array_equal(as_table(X).ranks()[there], as_table(X[there]).ranks())
    assert np.isnan(as_table(X).ranks()[~there]).all()


@pytest.mark.parametrize(
    ("dtype", "n_samples", "expected"),
    [
        (np.float32, 2**23, np.float32),
        (np.float32, 2**23 + 1, np.float64),
        (np.float64, 2**40, np.float64),
        (np.float16, 2000, np.float64),
        (np.int32, 3, np.float64),
        (bool, 3, np.float64),
    ],
)
def test_the_precision_of_ranks_holds_every_half(dtype, n_samples, expected):
    assert _precision(np.dtype(dtype), n_samples) == expected


def test_ranks_of_whole_numbers_keep_their_halves():
    assert as_table(np.array([[1], [1], [0]])).ranks().ravel().tolist() == [2.5, 2.5, 1.0]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_spearman_is_pearson_of_the_ranks(table, dtype):
    X = np.column_stack([table, np.ones(len(table))]).astype(dtype)
    Z = as_table(X).correlating("spearman")
    np.testing.assert_allclose(Z, as_table(as_table(X).ranks()).unit_columns(), rtol=10 * np.finfo(dtype).eps, atol=0)
    assert Z.dtype == dtype
    assert not Z[-1].any()


def test_whole_ranks_are_twice_the_centered_ranks(table):
    X = np.column_stack([table, np.ones(len(table))])
    Z, norms = as_table(X).whole_ranks()
    expected = 2 * as_table(X).ranks() - len(X) - 1
    np.testing.assert_array_equal(Z, expected.T)
    np.testing.assert_allclose(norms, np.linalg.norm(expected, axis=0), rtol=1e-15)
    assert Z.dtype == np.float32


def test_single_precision_holds_gram_matrices_of_whole_ranks_up_to_369_samples(rng):
    X = np.argsort(rng.random((369, 300)), axis=0).astype(np.float64)
    X[:, 1], X[:, 2] = X[:, 0], -X[:, 0]
    Z, _ = as_table(X).whole_ranks()
    np.testing.assert_array_equal(Z @ Z.T, Z.astype(np.int64) @ Z.T.astype(np.int64))
    assert (Z[0] @ Z[1]) == 369 * (369**2 - 1) / 3
    assert as_table(X).has_whole_ranks
    assert not as_table(np.vstack([X, X[:1]])).has_whole_ranks
    assert not as_table(sp.csc_array(X)).has_whole_ranks


def test_an_unknown_correlation_is_refused(table):
    with pytest.raises(ValueError, match="correlation='kendall': choose 'spearman', 'pearson' or 'mutual-information'"):
        as_table(table).correlating("kendall")


@every_statistic
@pytest.mark.parametrize("size", [1, 90, 2**20])
def test_blocks_and_chunks_do_not_show(table, monkeypatch, statistic, size):
    X = np.hstack([table, table**3, -table])  # wider than the narrowest block
    reference = statistic(X)
    monkeypatch.setattr(_blocks, "SIZE", size)
    monkeypatch.setattr(_blocks, "_CHUNK", 7)
    np.testing.assert_array_equal(statistic(X), reference)


@every_statistic
def test_threads_do_not_show(table, monkeypatch, statistic):
    monkeypatch.setattr(_blocks, "SIZE", 80)
    X = np.hstack([table, table**3, -table])
    reference = statistic(X)
    monkeypatch.setattr(_blocks, "SHARE", 1)
    used = set()
    monkeypatch.setattr(_blocks, "_transpose", _recording(_blocks._transpose, used))
    with threadpool_limits(2, user_api="blas"):
        np.testing.assert_array_equal(statistic(X), reference)
    assert threading.main_thread() not in used


@every_statistic
def test_other_threads_may_ask(table, statistic):
    results = []
    asking = [threading.Thread(target=lambda: results.append(statistic(table))) for _ in range(3)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    for result in results:
        np.testing.assert_array_equal(result, statistic(table))
    assert len(results) == 3


def _recording(function, used):
    def recorded(*arguments):
        used.add(threading.current_thread())
        return function(*arguments)

    return recorded


@every_statistic
def test_the_layout_of_the_table_does_not_show_and_it_is_only_read(table, tmp_path, statistic):
    np.save(tmp_path / "table.npy", table)
    reference = statistic(table)
    frozen, mapped = table.copy(), np.load(tmp_path / "table.npy", mmap_mode="r")
    frozen.setflags(write=False)
    padded = np.zeros((80, 18))
    padded[::2, 1::2] = table
    for X in (np.asfortranarray(table), frozen, mapped, padded[::2, 1::2], table[::-1][::-1]):
        result = statistic(X)
        np.testing.assert_array_equal(result, reference)
        assert type(result) is np.ndarray
        np.testing.assert_array_equal(X, table)


@every_statistic
def test_extra_memory_is_a_few_blocks(rng, monkeypatch, statistic):
    monkeypatch.setattr(_blocks, "SIZE", 1000)
    X = rng.standard_normal((50, 2000))
    statistic(X[:, :20])  # compile
    # the least of a few, as threads that other tests have left may take memory meanwhile
    assert min(_extra_memory(statistic, X) for _ in range(3)) < X.nbytes / 4


def _extra_memory(statistic, X):
    tracemalloc.start()
    result = statistic(X)
    extra = tracemalloc.get_traced_memory()[1] - result.nbytes
    tracemalloc.stop()
    return extra


@pytest.mark.parametrize("scale", [1e-300, 1e-160, 1, 1e160, 1e300])
def test_no_square_overflows_or_underflows(table, scale):
    np.testing.assert_allclose(
        as_table(table * scale).standard_deviation() / scale * np.sqrt(40 / 39),
        [naive.standard_deviation(x) for x in table.T],
        rtol=1e-12,
    )
    np.testing.assert_allclose(
        as_table(table * scale).unit_columns(), as_table(table).unit_columns(), rtol=0, atol=1e-14
    )


def test_a_large_mean_hides_no_deviation(rng):
    small = rng.integers(0, 5, (3000, 10)).astype(float)
    large = small + 1e15  # still whole numbers, but their sum is rounded
    np.testing.assert_allclose(as_table(large).standard_deviation(), as_table(small).standard_deviation(), rtol=1e-12)
    np.testing.assert_allclose(as_table(large).unit_columns(), as_table(small).unit_columns(), rtol=0, atol=1e-12)


def test_single_precision_rounds_only_the_result(table):
    X = (table + 1000).astype(np.float32)
    np.testing.assert_array_equal(
        as_table(X).unit_columns(), as_table(X.astype(float)).unit_columns().astype(np.float32)
    )
    np.testing.assert_array_equal(
        as_table(X).standard_deviation(), as_table(X.astype(float)).standard_deviation().astype(np.float32)
    )


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_constant_column_becomes_a_row_of_zeros(dtype):
    X = np.array([[0.1, 0.0, 1.0], [0.1, 0.0, 2.0], [np.nextafter(dtype(0.1), dtype(1)), 0.0, 4.0]], dtype=dtype)
    Z = as_table(X).unit_columns()
    assert Z.any(axis=1).tolist() == [False, False, True]
    assert Z.dtype == dtype


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ([5.0, 5, 5], False),
        ([0.0, 0, 0], False),
        ([0.1 + 0.2, 0.3, 0.3], False),  # one unit in the last place apart
        ([1e300, 1e300, -1e300], True),
        ([1e-300, 0, 0], True),
        ([1e15, 1e15, 1e15 + 2], True),
        ([True, False, True], True),
    ],
)
def test_what_varies(column, expected):
    assert as_table(np.array(column, dtype=float)[:, None]).varying().tolist() == [expected]
