"""What fits leave where the workers have it: no table of Dask comes here, but for what a list names and says why."""

from functools import partial

import dask.array
import numpy as np
import pytest
from test_contracts import FAMILIES, MAKERS, example, numbers

from infsel import AttentionSelector, CriterionSelector, InfFS
from infsel.affinities import (
    PPMI,
    Attention,
    Correlation,
    Kernel,
    Lagged,
    PartialCorrelation,
    Redundancy,
    SquaredCorrelation,
)
from infsel.distributed import DaskTable
from infsel.distributed._rows import DistributedRows
from infsel.normalizations import FrobeniusReLU, Softmax
from infsel.propagations import Singular
from infsel.relevances import relevance_of
from infsel.statistics import _sample_distances, _spread_samples
from infsel.tables import as_table
from infsel.walks import _collapse, collapse
from infsel.walks._names import CRITERIA

CALLABLE = "somebody's function of the table, which is given all of it"
BROUGHT = {
    ("relevances", "Given"): CALLABLE,
    ("affinities", "Gated"): CALLABLE,
    ("affinities", "Given"): CALLABLE,
    ("affinities", "Kernel"): CALLABLE,
    ("affinities", "MetadataAttention"): CALLABLE,
    ("affinities", "MetadataGate"): CALLABLE,
    ("affinities", "spectrum"): CALLABLE,
    ("affinities", "PPMI"): "the example makes counts of all numbers by itself",
}


WIDE = np.random.default_rng(3).standard_normal((10, 44))
ONE = 1  # row that a criterion picks
toarray = DistributedRows.toarray


class BroughtHereError(Exception):
    """The table, or rows of it."""


@pytest.fixture
def there(monkeypatch):
    """A scheduler in this process, and neither a table nor rows that may come out of it."""

    def refuse(*_):
        raise BroughtHereError

    def refuse_many(rows):
        return toarray(rows) if len(rows) <= ONE else refuse()

    with dask.config.set(scheduler="synchronous"), monkeypatch.context() as patch:
        patch.setattr(DaskTable, "read", refuse)
        patch.setattr(DistributedRows, "toarray", refuse_many)
        yield


def lazy(X, weights=None, chunks=(16, 4)):
    return DaskTable(dask.array.from_array(X, chunks=chunks), weights, np.array([f"x{i}" for i in range(X.shape[1])]))


def here(X, weights=None):
    return as_table(X, weights, names=np.array([f"x{i}" for i in range(X.shape[1])]))


def either_way(family, name, act):
    """Run it where nothing may come here, which what is listed needs to."""
    if (family, name) in BROUGHT:
        with pytest.raises(BroughtHereError):
            act()
    else:
        act()


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("X", [numbers(), WIDE], ids=["tall", "wide"])
@pytest.mark.parametrize("name", MAKERS)
def test_affinities_leave_the_table(name, X):
    def act():
        table, y = lazy(X), np.arange(len(X)) % 2
        columns = np.flatnonzero(table.varying())
        A = MAKERS[name]().resolve(columns, table, y).among(columns, table, y)
        assert (A @ np.ones(len(columns))).shape == (A.T @ np.ones(len(columns))).shape

    either_way("affinities", name, act)


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("weights", [None, np.arange(40) % 3 + 1.0], ids=["once", "weighted"])
@pytest.mark.parametrize("name", FAMILIES["relevances"])
def test_relevances_leave_the_table(name, weights):
    table, y = lazy(numbers(), weights), np.arange(40) % 2
    either_way("relevances", name, lambda: relevance_of(example("relevances", name), table, y, "it"))


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("name", CRITERIA)
def test_criteria_leave_the_table(name):
    array = dask.array.from_array(np.random.default_rng(0).standard_normal((40, 8)), chunks=(16, 4))  # no copies
    selector = CriterionSelector(name, n_features_to_select=3)
    either_way("criteria", name, lambda: selector.fit(array, np.arange(40) % 2))


def pair(n_samples, d=4):
    return tuple(np.random.default_rng(1).standard_normal((2, n_samples, d)))


OPTIONS = {
    "pair": lambda T: Attention(projection=pair(T)),
    "pair, auto": lambda T: Attention("auto", projection=pair(T)),
    "pair, heads": lambda T: Attention("auto", projection=pair(T), n_heads=3),
    "coordinates": lambda T: Attention(projection="pca"),
    "three coordinates": lambda T: Attention("auto", projection="pca", n_components=3),
    "heads of coordinates": lambda T: Attention(projection="pca", n_components=6, n_heads=2, pooling="max"),
    "heads": lambda T: Attention("auto", n_heads=3),
    "auto": lambda T: Attention("auto"),
    "partial": lambda T: PartialCorrelation(),
    "partial, oas": lambda T: PartialCorrelation("oas"),
    "lagged": lambda T: Lagged(2),
    "lagged ranks": lambda T: Lagged(correlation="spearman"),
    "less components": lambda T: Correlation("pearson", remove_components=1),
    "information": lambda T: Redundancy("mutual-information"),
}
OPTIONS |= {
    "near means": lambda T: Kernel("order", guide="mean", patch=1),
    "near relevances": lambda T: Kernel("order", guide="anova"),
    "learned spectrum": lambda T: Kernel("order", spectrum="learned"),
}
OPTIONS |= {
    "squares": lambda T: SquaredCorrelation(debiased=False),
    "debiased squares": lambda T: SquaredCorrelation(correlation="spearman"),
    "squares of the rest": lambda T: SquaredCorrelation("cut", remove_components=1),
}
SHAPES = {"wide": (12, 30), "tall": (40, 9), "very wide": (9, 40)}  # products through the samples, where they are few
UNWEIGHTED = ("pair", "pair, auto", "pair, heads", "heads", "lagged", "lagged ranks")


def both(name, shape, weighted=False):
    X = np.random.default_rng(0).standard_normal(shape) @ np.random.default_rng(2).standard_normal((shape[1],) * 2)
    X[2:, 3] = 5 * X[:-2, 1]  # what follows two rows later
    weights = np.arange(shape[0]) % 3 + 1.0 if weighted else None
    y = np.arange(shape[0]) % 2
    return (OPTIONS[name](shape[0])(table, y) for table in (lazy(X, weights, chunks=(5, 6)), here(X, weights)))


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("name", OPTIONS)
def test_options_come_out_as_in_memory(name, shape):
    found, expected = both(name, shape)
    close = partial(np.testing.assert_allclose, rtol=1e-9, atol=1e-12)
    x = np.linspace(-1, 1, shape[1])
    close(found @ x, expected @ x)
    close(found.T @ x, expected.T @ x)
    close(found.to_dense(), expected.to_dense())
    for normalization in (Softmax(), FrobeniusReLU()):
        close(*(normalization.apply(A).matvec(x) for A in (found, expected)))


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("shape", [(12, 30), (40, 9)], ids=["wide", "tall"])
@pytest.mark.parametrize("name", [name for name in OPTIONS if name not in UNWEIGHTED])
def test_options_know_weights(name, shape):
    found, expected = both(name, shape, weighted=True)
    np.testing.assert_allclose(found.to_dense(), expected.to_dense(), rtol=1e-9, atol=1e-12)


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("weights", [None, np.arange(40) % 3 + 1.0], ids=["once", "weighted"])
@pytest.mark.parametrize("affinity", [PPMI(), PPMI(None, second_order=False)], ids=repr)
def test_counts_come_out_as_in_memory(affinity, weights):
    X = np.random.default_rng(0).poisson(0.3, (40, 15)).astype(float)
    found, expected = (affinity(table).to_dense() for table in (lazy(X, weights), here(X, weights)))
    np.testing.assert_allclose(found, expected, rtol=1e-12)
    X[5, 6] = -2
    with pytest.raises(ValueError, match="column 'x6' of X holds -2"):
        affinity(lazy(X))


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize(("name", "shape"), [("lagged", (40, 9)), ("auto", (40, 9)), ("auto", (12, 30))])
def test_the_rank_above_chance_is_that_in_memory(name, shape):
    found, expected = both(name, shape)
    assert Singular("auto").resolve(found) == Singular("auto").resolve(expected)


COMPARED = ("ReliefF", "RReliefF", "SoftRelief", "IteratedRelief", "MongeGap", "LatentFactor", "SharedInformation")


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize(
    ("slab", "weights"), [(2**22, None), (200, np.arange(40) % 3 + 1.0)], ids=["at once", "in slabs, weighted"]
)
@pytest.mark.parametrize("target", ["classes", "numbers"])
@pytest.mark.parametrize("name", COMPARED)
def test_relevances_that_compare_samples_come_out_as_in_memory(name, slab, target, weights, monkeypatch):
    relevance, y = example("relevances", name), np.arange(40) % 3
    if target == "numbers" and relevance.classes_only:
        pytest.skip("compares classes")
    monkeypatch.setattr(_spread_samples, "_SLAB", slab)
    monkeypatch.setattr(_sample_distances, "_KEPT", slab)
    X = np.round(np.random.default_rng(0).standard_normal((40, 14)) + y[:, np.newaxis] / 2, 1)  # ties
    X[:, 3], X[:, 8] = 7.0, X[:, 5]
    y = y if target == "classes" else X[:, 2] + X[:, 9] ** 2
    found = relevance_of(relevance, lazy(X, weights, chunks=(11, 5)), y, "it")
    np.testing.assert_allclose(found, relevance_of(relevance, here(X, weights), y, "it"), rtol=1e-9, atol=1e-12)


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("name", COMPARED)
def test_relevances_of_columns_that_do_not_vary(name):
    X, y = np.full((10, 6), 3.0), np.arange(10) % 2
    expected = relevance_of(example("relevances", name), here(X), y, "it")
    np.testing.assert_array_equal(relevance_of(example("relevances", name), lazy(X), y, "it"), expected)


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("at_once", [2**24, 150], ids=["at once", "some samples at a time"])
def test_features_become_alike_as_in_memory(at_once, monkeypatch):
    monkeypatch.setattr(_collapse, "_AT_ONCE", at_once)
    X = np.random.default_rng(0).standard_normal((40, 14)) * np.geomspace(1, 1e3, 14)
    X[:, 3] = 2.0  # a row of zeros
    tables = lazy(X, chunks=(11, 5)), here(X)
    found, expected = (collapse(Softmax().apply(Attention()(table)), table.unit_columns(), 5) for table in tables)
    np.testing.assert_allclose(found, expected, rtol=1e-9)


ON_WORKERS = {
    "heads of coordinates": lambda: AttentionSelector(projection="pca", n_heads=2, temperature="auto"),
    "projection": lambda: AttentionSelector(projection=pair(60), temperature="auto"),
    "direct relations": lambda: InfFS(affinity="partial-correlation"),
    "what follows": lambda: InfFS(affinity=Lagged(), normalization="none", propagation=Singular(), readout="sent"),
    "information": lambda: InfFS(affinity=Redundancy("mutual-information")),
    "margins": lambda: CriterionSelector("relieff"),
}


@pytest.mark.parametrize("name", ON_WORKERS)
def test_selectors_on_workers(client, name, X, y):
    found, expected = (ON_WORKERS[name]().fit(table, y) for table in (dask.array.from_array(X, chunks=(16, 4)), X))
    np.testing.assert_allclose(found.scores_, expected.scores_, rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(found.ranking_, expected.ranking_)


def test_counts_on_workers(client):
    X = np.random.default_rng(0).poisson(0.3, (40, 15)).astype(float)
    found, expected = (PPMI()(table).to_dense() for table in (lazy(X), here(X)))
    np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.usefixtures("there")
def test_copies_are_found_where_they_are():
    X = np.random.default_rng(0).standard_normal((40, 17))
    X[:, 5], X[:, 6], X[:, 16], X[:, 11] = 3 * X[:, 0], -X[:, 1], X[:, 0] + 2, X[:, 10]
    found = lazy(X).originals()
    np.testing.assert_array_equal(found, here(X).originals())
    assert found[[5, 6, 16, 11]].tolist() == [0, 1, 0, 10]
