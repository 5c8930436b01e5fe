"""F from the sums of squares themselves: of columns that separate perfectly, nearly, far from zero, in any form."""

from fractions import Fraction

import naive
import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.feature_selection import f_regression

from infsel import CriterionSelector, InfFS
from infsel.relevances import AnovaF
from infsel.statistics import f_of_classes

N_SAMPLES = 90
MOST = 2.0**52 * (N_SAMPLES - 3) / 2
VALUES = np.array([[2, 0, 7], [0, 1, 2], [0, 1, 5], [0, 3, 1], [1, 4, 0], [0, 0, 1]], dtype=float)  # of three classes


@pytest.fixture
def y(rng):
    return rng.permutation(np.arange(N_SAMPLES) % 3)


@pytest.fixture(params=[np.float32, np.float64])
def dtype(request):
    return request.param


@pytest.fixture(params=[np.asarray, np.asfortranarray, sp.csc_array], ids=["rows", "columns", "sparse"])
def form(request):
    return request.param


def exact(x, y, weights):
    """In rational numbers."""
    x, weights = [Fraction(float(value)) for value in x], [Fraction(float(w)) for w in weights]
    classes, total = sorted(set(y.tolist())), sum(weights)

    def mean(members):
        return sum(weights[i] * x[i] for i in members) / sum(weights[i] for i in members)

    members = [[i for i in range(len(x)) if y[i] == k] for k in classes]
    within = sum(weights[i] * (x[i] - mean(some)) ** 2 for some in members for i in some)
    between = sum(sum(weights[i] for i in some) * (mean(some) - mean(range(len(x)))) ** 2 for some in members)
    return float(between / (len(classes) - 1) / (within / (total - len(classes))))


def of_classes(X, y, weights=None):
    return f_of_classes(X, y, np.ones(X.shape[0]) if weights is None else weights)


@pytest.mark.parametrize("offset", [0.0, 1e6, -3e3])
@pytest.mark.parametrize("unit", [1.0, 0.1, 2.0**100, 2.0**-100])
def test_perfect_columns_all_rate_the_same_and_twice_the_rest(y, dtype, form, offset, unit, rng):
    perfect = (VALUES[:, y].T + offset) * unit
    nearly = perfect * (1 + 4 * np.finfo(dtype).eps * rng.integers(-1, 2, perfect.shape))
    F = of_classes(form(np.c_[nearly, perfect].astype(dtype)), y)
    assert F[6:].tolist() == [MOST] * 6
    assert (F[:6] <= MOST / 2).all()


def test_so_do_they_in_anova_and_with_weights(y, dtype, form, rng):
    perfect = VALUES[:, y].T.astype(dtype)
    assert AnovaF()(perfect, y).tolist() == [MOST] * 6
    weights = rng.choice([0.5, 1.7], N_SAMPLES)
    F = of_classes(form(perfect), y, weights)
    np.testing.assert_allclose(F, 2.0**52 * (weights.sum() - 3) / 2, rtol=1e-15)
    assert np.ptp(F) == 0


@pytest.mark.parametrize("name", ["mrmr-fcq", "mrmr-fcd"])
def test_perfect_columns_are_picked_first_and_the_lower_of_them(name, y, dtype, form, rng):
    nearly = VALUES[0][y] + 1e-4 * rng.standard_normal(N_SAMPLES)
    X = form(np.c_[nearly, rng.standard_normal(N_SAMPLES), VALUES[:, y].T].astype(dtype))
    for weights in (None, rng.choice([1.0, 2.0], N_SAMPLES)):
        for k in (1, 8):
            fitted = CriterionSelector(name, n_features_to_select=k).fit(X, y, sample_weight=weights)
            assert np.isfinite(fitted.gains_).all()
            assert np.argsort(fitted.ranking_)[0] == 2
            if name == "mrmr-fcd":  # a quotient may prefer a nearly perfect column that says something else
                assert sorted(np.argsort(fitted.ranking_)[:6]) == [2, 3, 4, 5, 6, 7]


def test_a_perfect_column_starts_walks(y, rng):
    X = np.c_[rng.standard_normal((N_SAMPLES, 3)), VALUES[:, y].T]
    for dtype in (np.float32, np.float64):
        assert np.isfinite(InfFS(start="anova", readout="seeded").fit(X.astype(dtype), y).scores_).all()


@pytest.mark.parametrize("offset", [0.0, 1e8, -1e12])
@pytest.mark.parametrize("scale", [1.0, 1e-300, 1e290])
def test_nothing_is_lost_far_from_zero(y, form, offset, scale, rng):
    X = (rng.standard_normal((N_SAMPLES, 4)) + np.outer(y, [0, 1, 10, 1e4]) + offset) * scale
    expected = [exact(x, y, np.ones(N_SAMPLES)) for x in X.T]
    np.testing.assert_allclose(of_classes(form(X), y), expected, rtol=1e-12)
    if isinstance(form(X), np.ndarray):
        np.testing.assert_allclose(AnovaF()(form(X), y), expected, rtol=1e-12)


@pytest.mark.parametrize("offset", [0.0, 1e8])
def test_weights_count_samples(y, form, offset, rng):
    X = rng.standard_normal((N_SAMPLES, 4)) + np.outer(y, [0, 1, 10, 100]) + offset
    for weights in (rng.integers(1, 5, N_SAMPLES).astype(float), rng.random(N_SAMPLES) + 0.5):
        expected = [exact(x, y, weights) for x in X.T]
        np.testing.assert_allclose(of_classes(form(X), y, weights), expected, rtol=1e-12)


def test_sparse_columns_with_and_without_zeros(y, rng):
    X = np.where(rng.random((N_SAMPLES, 8)) < np.linspace(0, 1, 8), rng.standard_normal((N_SAMPLES, 8)) + 5, 0)
    X[0, 0] = 1e8  # one entry
    X[:, 1] = np.where(y == 1, 3.0, 0)  # perfect, of two classes that are all zeros
    X[:, 2] = np.where(y == 1, X[:, 2], 7)  # dense in two classes
    np.testing.assert_allclose(of_classes(sp.csc_array(X), y), of_classes(X, y), rtol=1e-12)


@pytest.mark.parametrize("n_samples", [255, 256, 257, 1000])
def test_blocks_change_nothing(n_samples, rng):
    X, y = rng.standard_normal((n_samples, 300)).round(3), rng.permutation(np.arange(n_samples) % 4)
    F = AnovaF()(X, y)
    for f in (0, 127, 128, 299):
        share = naive.eta_squared(X[:, f], y)
        np.testing.assert_allclose(F[f], share / 3 / ((1 - share) / (n_samples - 4)), rtol=1e-11)


@pytest.mark.parametrize("name", ["mrmr-fcq", "mrmr-fcd"])
def test_numbers_too_are_explained_nearly_or_perfectly(name, dtype, form, rng):
    y = rng.standard_normal(N_SAMPLES)
    noise = rng.standard_normal((N_SAMPLES, 4))
    X = np.c_[y + 1e-4 * noise[:, 0], 3 * y + 1, noise[:, 1:3], y + 0.3 * noise[:, 3]]
    X = X.astype(dtype)
    fitted = CriterionSelector(name, n_features_to_select=1).fit(form(X), y)
    assert fitted.ranking_[1] == 1
    gains = CriterionSelector(name, n_features_to_select=1).fit(form(X[:, [2, 0]]), y).gains_
    if name == "mrmr-fcd":
        np.testing.assert_allclose(gains[1], f_regression(X[:, [0]].astype(float), y)[0][0], rtol=1e-5)
