import naive
import numpy as np
import pytest
import scipy.sparse as sp

from infsel import InfFS
from infsel.affinities import SquaredCorrelation
from infsel.krylov import Krylov
from infsel.operators import Gram, SquaredGram
from infsel.tables import as_table


@pytest.fixture
def wide(rng):
    """More columns than samples, so that products go through the samples: 60 columns, one of them constant."""
    X = rng.standard_normal((12, 60)) + rng.standard_normal((12, 1))
    X[:, 4] = 3.0
    X[:, 7] = -2 * X[:, 8]
    return X


def defined(X, debiased, correlation=naive.pearson):
    """The definition among columns that vary, and 0 beside the others."""
    A, varies = np.zeros((X.shape[1], X.shape[1])), np.ptp(X, axis=0) > 0
    A[np.ix_(varies, varies)] = naive.squared_correlation(X[:, varies], debiased, correlation)
    return A


@pytest.mark.parametrize("correlation", ["pearson", "spearman"])
@pytest.mark.parametrize("debiased", [True, False, "cut"])
def test_it_equals_its_definition_entry_by_entry_and_in_products(wide, table, debiased, correlation, rng):
    for X, kind in ((wide, Gram if debiased == "cut" else SquaredGram), (table, Gram)):
        A = SquaredCorrelation(debiased, correlation=correlation)(X)
        expected = defined(X, debiased, getattr(naive, correlation))
        assert isinstance(A, kind)
        np.testing.assert_allclose(A.to_dense(), expected, atol=1e-14)
        x = rng.standard_normal((X.shape[1], 2))
        np.testing.assert_allclose(A @ x[:, 0], expected @ x[:, 0], atol=1e-13)
        np.testing.assert_allclose(A.T @ x, expected @ x, atol=1e-13)


def test_products_through_the_samples_are_those_of_the_squared_matrix(rng):
    X, v = rng.standard_normal((40, 3000)), rng.standard_normal(3000)
    Z = as_table(X).unit_columns()
    np.testing.assert_allclose(SquaredGram(Z) @ v, np.square(Z @ Z.T) @ v - v, atol=1e-12)
    unit = v / np.linalg.norm(v)
    np.testing.assert_allclose(SquaredGram(Z) @ unit, np.square(Z @ Z.T) @ unit - unit, atol=1e-13)


@pytest.mark.parametrize("debiased", [True, False, "cut"])
def test_weights_are_repeated_samples(wide, debiased, rng):
    times = rng.integers(1, 4, len(wide))
    weighted = SquaredCorrelation(debiased)(as_table(wide, times.astype(float)))
    repeated = SquaredCorrelation(debiased)(np.repeat(wide, times, axis=0))
    np.testing.assert_allclose(weighted.to_dense(), repeated.to_dense(), atol=1e-14)
    np.testing.assert_allclose(weighted @ np.ones(60), repeated @ np.ones(60), atol=1e-12)


@pytest.mark.parametrize("correlation", ["pearson", "spearman"])
def test_independent_columns_have_mean_zero_and_only_if_debiased(correlation, rng):
    X = rng.exponential(size=(9, 900))
    pairs = 900 * 899
    rules = (SquaredCorrelation(debiased, correlation=correlation) for debiased in (True, False))
    debiased, biased = (rule(X).to_dense().sum() / pairs for rule in rules)
    # an entry deviates by about 1 / n; those of one row are all but independent
    assert abs(debiased) < 4 * 2**0.5 / 9 / np.sqrt(pairs / 2)
    assert biased == pytest.approx(1 / 8, rel=0.02)


def test_sparse_tables_and_single_precision(wide, rng):
    X, x = np.where(rng.random(wide.shape) < 0.4, wide, 0), rng.standard_normal(60)
    dense, sparse = SquaredCorrelation()(X), SquaredCorrelation()(sp.csc_array(X))
    assert isinstance(sparse, SquaredGram)
    np.testing.assert_allclose(sparse.to_dense(), dense.to_dense(), atol=1e-13)
    np.testing.assert_allclose(sparse @ x, dense @ x, atol=1e-12)
    single = SquaredCorrelation()(X.astype(np.float32))
    assert single.dtype == single.to_dense().dtype == np.float32
    np.testing.assert_allclose(single @ x, dense @ x, atol=1e-5)


def test_its_sign_is_known_where_nothing_is_subtracted_or_left_below_zero(wide):
    signs = {debiased: SquaredCorrelation(debiased)(wide).nonnegative for debiased in (True, False, "cut")}
    assert signs == {True: None, False: True, "cut": True}
    assert (SquaredCorrelation(False)(wide) @ np.eye(60)[4] == 0).all()


def test_equal_columns_have_equal_scores_and_it_has_a_name(wide):
    scores = InfFS(affinity="squared-correlation").fit(wide).scores_
    assert scores[7] == scores[8]
    assert scores[4] == 0
    assert repr(SquaredCorrelation()) == "SquaredCorrelation()"
    spearman = InfFS(affinity="squared-correlation", correlation="spearman").fit(wide)
    assert spearman.affinity_ == SquaredCorrelation(correlation="spearman")


@pytest.mark.parametrize("wrong", ["no", 2, None])
def test_other_values_are_refused(wide, wrong):
    with pytest.raises(ValueError, match=r"debiased=.*pass True or False, or 'cut'"):
        SquaredCorrelation(wrong)(wide)


def test_two_samples_correlate_by_necessity(wide):
    for debiased in (True, "cut"):
        with pytest.warns(UserWarning, match="affinity is zero everywhere"):
            assert not InfFS(affinity=SquaredCorrelation(debiased)).fit(wide[:2]).scores_.any()
    assert SquaredCorrelation(False)(wide[:2, 5:7]).to_dense()[0, 1] == pytest.approx(1)


def test_landmarks_leave_products_through_the_samples_exact(rng):
    X = rng.standard_normal((12, 300)) + rng.exponential(1, 300) * rng.standard_normal((12, 1))
    exact = InfFS(affinity=SquaredCorrelation()).fit(X).scores_
    estimated = InfFS(affinity=SquaredCorrelation(), solver=Krylov(n_landmarks=64, random_state=0)).fit(X).scores_
    np.testing.assert_allclose(estimated, exact, rtol=1e-9, atol=1e-9 * exact.max())
