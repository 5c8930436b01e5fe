"""Tables of Dask with gaps and columns of labels: everything comes out, and is refused, as in memory."""

from itertools import product

import dask.array
import numpy as np
import pytest
from test_contracts import FAMILIES, MAKERS, Y, example

from infsel import (
    AttentionSelector,
    CoverageSelector,
    CriterionSelector,
    DeflatedPopularity,
    InfFS,
    RecursiveElimination,
)
from infsel.affinities import Correlation, Redundancy
from infsel.distributed import DaskMixedTable, DaskTable
from infsel.krylov import Krylov
from infsel.operators import Sampling
from infsel.relevances import AbsoluteMean, cross_fitted, relevance_of
from infsel.statistics import anisotropy
from infsel.tables import MixedTable
from infsel.walks._names import CRITERIA

CLOSE = {"rtol": 1e-10, "atol": 1e-12}
STATISTICS = ("gaps", "varying", "extremes", "standard_deviation", "majority", "present_weight", "originals")


@pytest.fixture(autouse=True)
def _here():
    with dask.config.set(scheduler="synchronous"):
        yield


def messy(n_samples=40, n_features=9, missing=0.15):
    """Numbers and labels with gaps, some copies and mirror images of each, and a column of which little is known."""
    rng = np.random.default_rng(4)
    X = rng.standard_normal((n_samples, n_features)) + rng.standard_normal((n_samples, 1))
    kinds = np.where(np.arange(n_features) % 3 == 2, "nominal", "numeric")
    X[:, kinds == "nominal"] = np.digitize(X[:, kinds == "nominal"], [-1, 0, 1])
    some = slice(0, n_features - 4)
    X[:, some][rng.random((n_samples, n_features - 4)) < missing] = np.nan
    X[6:, 1] = np.nan
    X[:, 6], X[:, 8] = -2 * X[:, 0], (X[:, 5] + 1) % 4  # the same gaps, and other names
    return np.asfortranarray(X), kinds


def both(informative, weights=None, chunks=(16, 4), **size):
    """A table in memory, and the same of Dask, in ragged chunks."""
    X, kinds = messy(**size)
    names = np.array([f"x{i}" for i in range(X.shape[1])], dtype=object)
    plain = DaskTable(dask.array.from_array(X, chunks=chunks), weights, names)
    return MixedTable(X, kinds, informative, weights, names), DaskMixedTable(plain, kinds, informative)


def in_turn(names):
    """Every other one with gaps that are values."""
    return [(name, number % 2 == 0) for number, name in enumerate(names)]


def of_both(make, tables):
    """What either makes of it, or the words in which it is refused."""
    found = []
    for table in tables:
        try:
            found.append(make(table))
        except ValueError as error:
            found.append(str(error))
    memory, there = found
    assert isinstance(memory, str) == isinstance(there, str), found
    return memory, there


@pytest.mark.parametrize("informative", [False, True])
@pytest.mark.parametrize("pooled", [False, True])
def test_statistics(informative, pooled):
    tables = both(informative, np.arange(40) % 3 + 1.0)
    memory, there = (table.pooled() for table in tables) if pooled else tables
    for name in STATISTICS:
        np.testing.assert_array_equal(getattr(there, name)(), getattr(memory, name)(), err_msg=name)
    np.testing.assert_array_equal(there.kinds, memory.kinds)
    np.testing.assert_array_equal(there.here().numbers, memory.numbers)
    np.testing.assert_array_equal(there.binned(5).toarray(), memory.binned(5))
    np.testing.assert_array_equal(there.places().toarray(), memory.places())
    np.testing.assert_array_equal(there.contents(), memory.contents())
    assert len(np.unique(there.rows(np.repeat(np.arange(20), 2)).contents())) == 20


@pytest.mark.parametrize(("name", "informative"), in_turn(MAKERS))
def test_affinities(name, informative):
    def make(table):
        columns = np.flatnonzero(table.varying())
        return MAKERS[name]().resolve(columns, table, Y).among(columns, table, Y)

    A, B = of_both(make, [table.pooled() for table in both(informative)])
    if isinstance(A, str):
        assert "x" in A
        assert B.split(":")[0] == A.split(":")[0]
        return
    x = np.linspace(1, 2, A.shape[0])
    np.testing.assert_allclose(B.to_dense(), A.to_dense(), **CLOSE)
    np.testing.assert_allclose(B @ x, A @ x, **CLOSE)
    np.testing.assert_allclose(B.T @ x, A.T @ x, **CLOSE)
    np.testing.assert_allclose(B.rows(np.array([5, 2])), A.rows(np.array([5, 2])), **CLOSE)
    np.testing.assert_allclose(B.columns(np.array([1, 6])), A.columns(np.array([1, 6])), **CLOSE)


@pytest.mark.parametrize(("name", "informative"), product(FAMILIES["relevances"], [False, True]))
def test_relevances(name, informative):
    relevance, tables = example("relevances", name), both(informative, np.arange(40) % 3 + 1.0)
    found = of_both(lambda table: relevance_of(relevance, table.pooled(), Y, "it"), tables)
    if isinstance(found[0], str):
        assert found[0].split(":")[0] == found[1].split(":")[0]
    else:
        np.testing.assert_allclose(found[1], found[0], **CLOSE)


def test_a_block_that_lacks_nothing_hides_no_other(rng):
    X = rng.random((40, 2))
    X[3, 1] = np.nan
    table = DaskMixedTable(DaskTable(dask.array.from_array(X, chunks=(40, 1))))
    with pytest.raises(ValueError, match=r"Muteinf\(\) needs a table of numbers without gaps: column '.*' has gaps"):
        relevance_of(AbsoluteMean(), table, Y, "it")


@pytest.mark.parametrize(("name", "informative"), product(["ReliefF", "SoftRelief", "IteratedRelief"], [False, True]))
def test_relevances_by_differences_leave_the_table_where_it_is(name, informative, monkeypatch):
    relevance, (memory, there) = example("relevances", name), both(informative, np.arange(40) % 3 + 1.0)
    expected = relevance_of(relevance, memory.pooled(), Y, "it")
    for brings in ("here", "read", "blocks_here"):
        monkeypatch.setattr(DaskMixedTable, brings, None)
    np.testing.assert_allclose(relevance_of(relevance, there.pooled(), Y, "it"), expected, **CLOSE)


SOME = Krylov(n_landmarks=16, random_state=0)
SELECTORS = {
    "walks": InfFS,
    "walks by target": lambda: InfFS(start="anova", readout="seeded"),
    "walks of information": lambda: InfFS(affinity=Redundancy("mutual-information")),
    "inhibition": lambda: InfFS(affinity=Correlation("pearson"), damping=-0.9, readout="settled", start="anova"),
    "dominant": lambda: InfFS(n_features_to_select="dominant"),
    "attention": AttentionSelector,
    "popularity": DeflatedPopularity,
    "coverage": CoverageSelector,
    "elimination": RecursiveElimination,
    "elimination by attention": lambda: RecursiveElimination(kernel="attention", screen=0.2, min_screened=8),
    "elimination in parts": lambda: RecursiveElimination(part_size=20, metric="l1"),
    "walks by landmarks": lambda: InfFS(solver=SOME, n_features_to_select=3),
}
ALL = {**SELECTORS, **{name: lambda name=name: CriterionSelector(name) for name in CRITERIA}}


def same(found, expected):
    np.testing.assert_allclose(found.scores_, expected.scores_, rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(found.ranking_, expected.ranking_)
    np.testing.assert_array_equal(found.support_, expected.support_)


@pytest.mark.parametrize(("name", "informative"), [*product(SELECTORS, [False, True]), *in_turn(CRITERIA)])
def test_neither_chunks_nor_weights_show(name, informative, rng):
    memory, there = both(informative, n_samples=60, n_features=20, chunks=(7, 3))
    y, weights = np.repeat(["low", "mid", "top"], 20), rng.integers(0, 3, 60).astype(float)
    fitted = [ALL[name]().fit(table, y, sample_weight=weights) for table in (there, memory)]
    same(*fitted)
    if name.startswith("elimination"):
        np.testing.assert_array_equal(*(each.copy_of_ for each in fitted))
        np.testing.assert_allclose(*(each.correlations_ for each in fitted), rtol=1e-9)


@pytest.mark.parametrize("name", ["attention", "coverage", "jmi"])
def test_on_a_cluster(client, name):
    with dask.config.set(scheduler=client):
        memory, there = both(False, n_samples=60, n_features=20, chunks=(20, 8))
        found = ALL[name]().fit(there, np.repeat([0, 1], 30))
    same(found, ALL[name]().fit(memory, np.repeat([0, 1], 30)))


def test_landmarks_on_a_cluster(client):
    with dask.config.set(scheduler=client):
        products = [
            Redundancy()(table.pooled()).sampled(Sampling(np.array([1, 2, 8]))) @ np.arange(9.0)
            for table in both(False, chunks=(40, 5))
        ]
    np.testing.assert_allclose(*products, **CLOSE)


def test_what_copies_is_told_where_it_is(rng):
    x, labels, gap = rng.standard_normal(30), rng.integers(0, 3, 30).astype(float), rng.random(30) < 0.3
    holed, named = np.where(gap, np.nan, x), np.where(gap, np.nan, labels)
    mean = np.where(gap, np.nanmean(holed), x)  # the row of which is that of the column with gaps
    void = np.full(30, np.nan)
    two = (labels > 0) * 1.0
    X = np.c_[holed, void, named, mean, 1 - 3 * holed, (named + 1) % 3, labels, named, void, two, 1 - two, two]
    kinds = np.where(np.isin(np.arange(12), [2, 5, 6, 10, 11]), "nominal", "numeric")
    for chunks in (1, 5, 12):
        table = DaskMixedTable(DaskTable(dask.array.from_array(X, chunks=(30, chunks))), kinds)
        assert table.originals().tolist() == MixedTable(X, kinds).originals().tolist()
        assert table.originals().tolist() == [0, 1, 2, 3, 0, 2, 6, 7, 8, 9, 9, 9]


def test_what_all_columns_have_in_common():
    for correlation in ("spearman", "mutual-information"):
        memory, there = (table.pooled().correlating(correlation) for table in both(False))
        assert anisotropy(there * 2.0) == pytest.approx(anisotropy(memory))


def test_halves_of_the_rows():
    memory, there = (cross_fitted("anova", table, Y, n_splits=2) for table in both(False))
    np.testing.assert_allclose(there.given, memory.given, **CLOSE)


def test_nothing_lacking_is_a_plain_table():
    X, _ = messy()
    X = np.nan_to_num(X)
    table = DaskMixedTable(DaskTable(dask.array.from_array(X, chunks=(16, 4))))
    assert table.simplified().is_plain
    np.testing.assert_allclose(Correlation()(table).to_dense(), Correlation()(X).to_dense(), **CLOSE)
    part = both(False)[1].columns(np.array([7]))  # neither gaps nor labels beside others that have some
    np.testing.assert_array_equal(part.array, part.here().numbers)


def test_what_reads_every_number_is_refused_by_name():
    table = both(False)[1]
    with pytest.raises(ValueError, match=r"'x2' holds labels and column 'x0' has gaps; encode .*, fill "):
        table.to_dense()
    with pytest.raises(ValueError, match="column 'x2' holds labels"):
        table.unit_columns()
    with pytest.raises(ValueError, match="knockoffs needs a table of numbers without gaps: column 'x5' holds labels"):
        table.columns(np.array([4, 5])).require_plain("knockoffs")


@pytest.mark.parametrize("name", ["walks", "walks of information", "popularity", "coverage", "jmi", "mrmr-fcq"])
def test_no_more_than_some_numbers_a_row_come_here(name, nothing_larger):
    _, there = both(False, n_samples=4000, n_features=30, chunks=(1000, 30))
    most = 8 * 3 * len(there)  # of the table there are ten times as many

    nothing_larger(most)
    ALL[name]().fit(there, np.arange(4000) % 2)
