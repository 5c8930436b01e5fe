import sys

import naive
import numpy as np
import pytest

from infsel.normalizations._base import Unit
from infsel.normalizations._entmax import Entmax
from infsel.operators import LowRank, Stored

ALPHAS = [1.05, 1.3, 1.5, 2, 3, 10]


def precision(alpha):
    """What round-off of a logit does to a weight at the threshold, whose slope is infinite above alpha = 2."""
    return 1e-13 if alpha <= 2 else 8 * 2e-16 ** (1 / (alpha - 1))


@pytest.fixture
def logits(rng):
    return rng.standard_normal((8, 8))


def naive_sparsemax(z):
    """The projection onto the simplex, with the support read off the sorted logits."""
    descending = sorted(z, reverse=True)
    size = max(k for k in range(1, len(z) + 1) if 1 + k * descending[k - 1] > sum(descending[:k]))
    tau = (sum(descending[:size]) - 1) / size
    return np.array([max(value - tau, 0.0) for value in z])


def test_two_is_sparsemax(logits):
    expected = np.array([naive_sparsemax(row) for row in 2 * logits])
    attention = Entmax(alpha=2)(Stored(2 * logits))
    assert attention.nonnegative
    np.testing.assert_allclose(attention.to_dense(), expected, rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(attention.rows(np.array([5, 2])), expected[[5, 2]], rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("alpha", ALPHAS)
def test_the_weights_are_optimal(logits, alpha):
    """KKT: (alpha - 1) z - p ** (alpha - 1) is one number tau on the support, and no other logit exceeds it."""
    for z, p in zip(logits, Entmax(alpha)(Stored(logits)).to_dense(), strict=True):
        tau = (alpha - 1) * z - p ** (alpha - 1)
        assert np.ptp(tau[p > 0]) < precision(alpha)
        assert ((alpha - 1) * z[p == 0] <= tau[p > 0].min() + precision(alpha)).all()
        assert p.sum() == pytest.approx(1, abs=1e-15)


def test_larger_alpha_leaves_fewer_features(logits):
    kept = [np.count_nonzero(Entmax(alpha)(Stored(2 * logits)).to_dense()) for alpha in ALPHAS]
    assert kept == sorted(kept, reverse=True)
    assert kept[0] > kept[2] > kept[-1] >= 8


@pytest.mark.parametrize("exclude_self", [False, True])
def test_alpha_towards_one_is_softmax(logits, exclude_self):
    expected = naive.softmax(logits, exclude_self)
    for distance in (1e-4, 1e-6, 1e-8):
        dense = Entmax(1 + distance, exclude_self)(Stored(logits)).to_dense()
        np.testing.assert_allclose(dense, expected, rtol=20 * distance + 1e-15 / distance)


@pytest.mark.parametrize("alpha", ALPHAS)
def test_a_shift_of_a_row_changes_nothing(logits, alpha):
    shifted = Entmax(alpha)(Stored(logits + np.arange(8)[:, None]))
    expected = Entmax(alpha)(Stored(logits)).to_dense()
    np.testing.assert_allclose(shifted.to_dense(), expected, rtol=1e-11, atol=precision(alpha))


@pytest.mark.parametrize("alpha", ALPHAS)
def test_huge_and_equal_logits(alpha):
    logits = np.array([[1e4, -1e4, 0.0], [-1e4, -1e4, -2e4], [7.0, 7.0, 7.0]])
    expected = [[1, 0, 0], [0.5, 0.5, 0], [1 / 3, 1 / 3, 1 / 3]]
    np.testing.assert_allclose(Entmax(alpha)(Stored(logits)).to_dense(), expected, rtol=1e-14)


def test_an_extreme_alpha_still_sums_to_one(logits):
    for alpha in (1 + 1e-12, 200.0, 1e6):
        np.testing.assert_allclose(Entmax(alpha)(Stored(logits)).to_dense().sum(axis=1), 1, rtol=1e-15)
    np.testing.assert_allclose(Entmax(400.0)(Stored(np.zeros((8, 8)))).to_dense(), 1 / 8, rtol=1e-14)


def test_a_feature_may_be_excluded_from_its_own_row(logits):
    logits[np.arange(8), np.arange(8)] = 50
    dense = Entmax(2, exclude_self=True)(Stored(logits)).to_dense()
    for i, row in enumerate(logits):
        np.testing.assert_allclose(np.delete(dense[i], i), naive_sparsemax(np.delete(row, i)), rtol=1e-13, atol=1e-15)
    assert not np.diag(dense).any()


def test_a_single_feature():
    A = Stored(np.full((1, 1), 3.0))
    assert Entmax()(A).to_dense() == 1
    assert Entmax(exclude_self=True)(A).to_dense() == 0


@pytest.mark.parametrize("exclude_self", [False, True])
def test_transposition_blocks_and_permutation(logits, rng, exclude_self):
    normalization = Entmax(exclude_self=exclude_self)
    P, x, y = normalization(Stored(logits)), rng.standard_normal(8), rng.standard_normal(8)
    dense, order = P.to_dense(), rng.permutation(8)
    assert x @ (P @ y) == pytest.approx((P.T @ x) @ y, rel=1e-12)
    np.testing.assert_allclose(P @ x, dense @ x, rtol=1e-13)
    for size in (1, 3, 8):
        np.testing.assert_allclose(np.vstack([rows for _, rows in P.row_blocks(size)]), dense, rtol=1e-14)
    permuted = normalization(Stored(logits[np.ix_(order, order)])).to_dense()
    np.testing.assert_allclose(permuted, dense[np.ix_(order, order)], rtol=1e-12)


def test_thresholds_do_not_depend_on_how_many_rows_are_searched_together(logits, monkeypatch):
    dense = Entmax()(Stored(logits)).to_dense()
    for rows in (0, 3):
        monkeypatch.setattr(sys.modules[Entmax.__module__], "IN_CACHE", 8 * rows)
        np.testing.assert_allclose(Entmax()(Stored(logits)).to_dense(), dense, rtol=1e-14)


def test_logits_that_are_not_stored_stay_as_they_are(rng):
    A = LowRank(rng.standard_normal((8, 3)), rng.standard_normal((8, 3)))
    dense = A.to_dense()
    stored = Stored(dense.copy())
    np.testing.assert_allclose(Entmax()(A).to_dense(), Entmax(exclude_self=False)(stored).to_dense(), rtol=1e-12)
    Entmax(exclude_self=True)(stored).to_dense()
    np.testing.assert_array_equal(stored.matrix, dense)


def test_parameters_changed_later_do_not_reach_an_operator_made_before(logits):
    normalization = Entmax(alpha=2)
    P = normalization(Stored(logits))
    dense = P.to_dense()
    normalization.set_params(alpha=1.2, exclude_self=True)
    np.testing.assert_array_equal(P.to_dense(), dense)


def test_float32_stays(logits):
    P = Entmax()(Stored(logits.astype(np.float32)))
    assert P.dtype == P.to_dense().dtype == np.float32
    np.testing.assert_allclose(P.to_dense(), Entmax()(Stored(logits)).to_dense(), rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize("alpha", [1, 0.5, -2, np.nan, np.inf, "sparse"])
def test_bad_alpha_is_refused(alpha, logits):
    with pytest.raises(ValueError, match=r"alpha=.*above 1.*for alpha=1 use normalization='softmax'"):
        Entmax(alpha)(Stored(logits))


def test_it_flattens_what_is_sent_and_has_the_default_unit(logits):
    assert Entmax.flattens == {"sent"}
    assert Entmax().unit(Stored(logits)) == Unit(1.0, in_radii=False)
