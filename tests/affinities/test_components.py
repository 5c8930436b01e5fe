import naive
import numpy as np
import pytest
import scipy.sparse as sp
from scipy.linalg import hadamard
from sklearn.base import clone

from infsel import AttentionSelector, InfFS
from infsel.affinities import Correlation, Dispersion, Given, Redundancy, SquaredCorrelation
from infsel.statistics import anisotropy, leading_components
from infsel.tables import as_table


def drifting(rng, n_samples=40, n_features=150, strength=1.0):
    """Columns that share a drift, apart from a few that share another one."""
    X = rng.standard_normal((n_samples, n_features)) + strength * rng.standard_normal((n_samples, 1))
    X[:, :6] += 2 * rng.standard_normal((n_samples, 1))
    return X


@pytest.mark.parametrize("shape", [(40, 150), (150, 20)])
@pytest.mark.parametrize("k", [1, 2, 5])
def test_correlations_of_what_components_leave(shape, k, rng):
    X = drifting(rng, *shape)
    rest = naive.without_components(X, k)
    r = np.corrcoef(rest, rowvar=False)
    np.testing.assert_allclose(Correlation("pearson", k)(X).to_dense(), r, atol=1e-12)
    expected = r**2 - 1 / (len(X) - 1 - k)
    np.fill_diagonal(expected, 0)
    np.testing.assert_allclose(SquaredCorrelation(remove_components=k)(X).to_dense(), expected, atol=1e-12)


@pytest.mark.parametrize("shape", [(40, 150), (150, 20)])
def test_components_equal_their_definition(shape, rng):
    X = drifting(rng, *shape)
    shares, participations, directions = naive.principal_components(X)
    found = leading_components(as_table(X).unit_columns(), 4)
    np.testing.assert_allclose(found.shares, shares[:4], atol=1e-14)
    np.testing.assert_allclose(found.participations, participations[:4], atol=1e-12)
    np.testing.assert_allclose(np.abs(np.sum(found.directions * directions[:4].T, axis=0)), 1, atol=1e-12)


@pytest.mark.parametrize("affinity", [SquaredCorrelation, Correlation])
def test_auto_removes_a_shared_drift_and_prints_the_number(affinity, rng):
    selector = InfFS(affinity=affinity(correlation="pearson", remove_components="auto"), n_features_to_select=6)
    X = drifting(rng)
    assert clone(selector).fit(X).affinity_ == affinity(correlation="pearson", remove_components=1)
    assert "remove_components=1" in repr(clone(selector).fit(X).affinity_)
    assert clone(selector).fit(drifting(rng, strength=0)).affinity_.remove_components == 0
    mixed = InfFS(affinity=Dispersion() + selector.affinity).fit(X)
    np.testing.assert_array_equal(mixed.scores_, InfFS(affinity=mixed.affinity_).fit(X).scores_)
    chosen = clone(selector).set_params(affinity__remove_components=1, readout="total").fit(X).get_support(indices=True)
    if affinity is SquaredCorrelation:
        assert chosen.tolist() == [0, 1, 2, 3, 4, 5]


def test_auto_stops_at_components_of_few_columns(rng):
    X = rng.standard_normal((40, 150))
    X[:, :30] += 3 * rng.standard_normal((40, 1))
    found = leading_components(as_table(X).unit_columns(), 1)
    assert found.shares[0] > 0.1
    assert found.participations[0] < 0.3
    assert SquaredCorrelation(remove_components="auto").resolve(np.arange(150), as_table(X)).remove_components == 0


def test_only_the_nodes_of_the_graph_say_what_is_common(rng):
    X = np.hstack([drifting(rng), rng.standard_normal((40, 2000))])
    rule, table = SquaredCorrelation(remove_components="auto"), as_table(X)
    assert rule.resolve(np.arange(150), table).remove_components == 1
    assert rule.resolve(np.arange(2150), table).remove_components == 0


def test_weights_are_repeated_samples(rng):
    X, times = drifting(rng), rng.integers(1, 4, 40)
    for k in (1, "auto"):
        rule = SquaredCorrelation(remove_components=k)
        weighted, repeated = rule(as_table(X, times.astype(float))), rule(np.repeat(X, times, axis=0))
        np.testing.assert_allclose(weighted.to_dense(), repeated.to_dense(), atol=1e-12)


def test_what_a_component_explains_whole_relates_to_nothing():
    H = hadamard(8).astype(float)
    X = np.stack([H[1], H[1], -H[1], H[2], H[3]], axis=1)
    np.testing.assert_allclose(Correlation("pearson", 1)(X).to_dense(), np.diag([0, 0, 0, 1.0, 1.0]), atol=1e-15)
    A = SquaredCorrelation(remove_components=1)(X).to_dense()
    expected = np.zeros((5, 5))
    expected[3, 4] = expected[4, 3] = -1 / 6
    np.testing.assert_allclose(A, expected, atol=1e-15)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_copies_have_no_components_to_spare(dtype, rng):
    X = np.outer(rng.standard_normal(30), [1.0, 2.0, -1.0, 0.5]).astype(dtype)
    assert SquaredCorrelation(remove_components="auto").resolve(np.arange(4), as_table(X)).remove_components == 0
    with pytest.raises(ValueError, match=r"components=1 leaves nothing.*30 samples and 4 columns.*from 0 to 0\."):
        SquaredCorrelation(remove_components=1)(X)


@pytest.mark.parametrize(("n_samples", "n_features"), [(5, 30), (30, 5)])
def test_too_many_components_are_refused(n_samples, n_features, rng):
    X = rng.standard_normal((n_samples, n_features))
    most = min(n_samples - 1, n_features) - 2
    SquaredCorrelation(remove_components=most)(X)
    for k in (most + 1, 40):
        with pytest.raises(ValueError, match=f"remove_components={k} leaves nothing to correlate.*from 0 to {most}"):
            SquaredCorrelation(remove_components=k)(X)


@pytest.mark.parametrize("wrong", [-1, 1.5, "all", None])
@pytest.mark.parametrize("affinity", [SquaredCorrelation, Correlation])
def test_other_values_are_refused(affinity, wrong, table):
    with pytest.raises(ValueError, match=r"remove_components=.*pass a whole number from 0 up, or 'auto'"):
        affinity(remove_components=wrong)(table)


def test_sparse_tables_and_batches_are_refused(rng):
    X = drifting(rng)
    for k in (1, "auto"):
        with pytest.raises(ValueError, match=r"remove_components needs a dense table.*X\.toarray"):
            SquaredCorrelation(remove_components=k)(sp.csc_array(X))
        assert not hasattr(InfFS(affinity=SquaredCorrelation(remove_components=k)), "partial_fit")
    assert hasattr(InfFS(affinity=SquaredCorrelation()), "partial_fit")


def test_anisotropy_is_the_mean_cosine(rng):
    rows = rng.standard_normal((30, 8)) + 0.5
    assert anisotropy(rows) == pytest.approx(naive.anisotropy(rows), abs=1e-15)
    assert anisotropy(np.vstack([rows, np.zeros((2, 8))])) == pytest.approx(naive.anisotropy(rows), abs=1e-15)
    X = drifting(rng)
    C = np.corrcoef(X, rowvar=False)
    expected = (C.sum() - 150) / (150 * 149)
    for table in (as_table(X), as_table(sp.csc_array(X))):
        assert anisotropy(table.unit_columns()) == pytest.approx(expected, abs=1e-15)
    assert anisotropy(rows[:1]) == 0


def test_a_fit_tells_the_anisotropy_of_what_it_correlates(rng):
    X = drifting(rng)
    before = anisotropy(as_table(X).unit_columns())
    for affinity in (SquaredCorrelation(), SquaredCorrelation("cut"), Correlation("pearson"), Redundancy("pearson")):
        assert InfFS(affinity=affinity).fit(X).anisotropy_ == pytest.approx(before, abs=1e-12)
    ranks = anisotropy(as_table(X).unit_ranks())
    assert InfFS(affinity="inf-fs").fit(X).anisotropy_ == pytest.approx(ranks, abs=1e-12)
    removed = InfFS(affinity=SquaredCorrelation(remove_components=1)).fit(X).anisotropy_
    assert removed < before / 10
    with pytest.raises(AttributeError, match="only after a fit with an affinity of correlations"):
        _ = InfFS(affinity=Dispersion()).fit(X).anisotropy_


def test_layers_make_columns_alike_where_they_share_a_drift(rng):
    for strength, last in ((0.8, (0.9, 1.0)), (0.0, (-0.05, 0.1))):
        X = rng.standard_normal((40, 60)) + strength * rng.standard_normal((40, 1))
        X[:, 7] = 3.0  # outside
        fitted = AttentionSelector(temperature="auto").fit(X)
        Z = as_table(np.delete(X, 7, axis=1)).unit_columns()
        P = fitted.graph_.to_dense()
        expected = [naive.anisotropy(np.linalg.matrix_power(P, k) @ Z) for k in range(7)]
        found = fitted.anisotropy_path(X, n_hops=6)
        np.testing.assert_allclose(found, expected, atol=1e-12)
        assert found[0] == pytest.approx(fitted.anisotropy_, abs=1e-14)
        assert last[0] < found[-1] < last[1]
    huge = InfFS(affinity=Given(np.full((60, 60), 1e200)), normalization="none", n_hops=1).fit(X)
    assert huge.anisotropy_path(X, n_hops=3)[1:] == pytest.approx(1)
    for wrong, message in (
        ((sp.csr_array(X),), r"needs a dense table and X is sparse: pass X\.toarray\(\)"),
        ((X[:, 1:],), "59 features"),
        ((X, 0), r"n_hops=0: pass a whole number from 1 up"),
    ):
        with pytest.raises(ValueError, match=message):
            fitted.anisotropy_path(*wrong)
