import numpy as np
import pytest

from infsel.normalizations._base import Unit
from infsel.normalizations._frobenius import FrobeniusReLU
from infsel.operators import MaxOuter, Stored


@pytest.fixture
def logits(rng):
    return rng.standard_normal((8, 8))


def naive_positive_part(A):
    return np.array([[value if value > 0 else 0.0 for value in row] for row in A])


def naive_norm(A):
    return sum(value**2 for row in A for value in row) ** 0.5


def test_it_equals_its_definition(logits, rng):
    x, y, P = rng.standard_normal(8), rng.standard_normal(8), FrobeniusReLU()(Stored(logits))
    expected = naive_positive_part(logits)
    assert P.nonnegative
    np.testing.assert_array_equal(P.to_dense(), expected)
    np.testing.assert_array_equal(P.rows(np.array([5, 2])), expected[[5, 2]])
    np.testing.assert_allclose(P @ x, expected @ x, rtol=1e-13)
    assert x @ (P @ y) == pytest.approx((P.T @ x) @ y, rel=1e-12)


def test_the_unit_is_the_frobenius_norm_whatever_the_blocks(logits, monkeypatch):
    normalization, P = FrobeniusReLU(eps=0.25), FrobeniusReLU()(Stored(logits))
    expected = naive_norm(naive_positive_part(logits)) + 0.25
    for size in (1, 3, 8):
        monkeypatch.setattr("infsel.operators._base._BLOCK_BYTES", size * 8 * 8)
        assert len(list(P.row_blocks())) == -(-8 // size)
        assert normalization.unit(P) == (pytest.approx(expected, rel=1e-14), False)


def test_the_unit_bounds_the_spectral_radius(logits):
    P = FrobeniusReLU()(Stored(logits))
    assert np.abs(np.linalg.eigvals(P.to_dense())).max() <= FrobeniusReLU().unit(P).value


def test_permuted_features_give_the_permuted_operator(logits, rng):
    order = rng.permutation(8)
    permuted = FrobeniusReLU()(Stored(logits[np.ix_(order, order)]))
    P = FrobeniusReLU()(Stored(logits))
    np.testing.assert_array_equal(permuted.to_dense(), P.to_dense()[np.ix_(order, order)])
    assert FrobeniusReLU().unit(permuted).value == pytest.approx(FrobeniusReLU().unit(P).value, rel=1e-14)


def test_an_affinity_without_negative_entries_keeps_its_products():
    A = MaxOuter(np.array([0.0, 2.0, 1.0]))
    assert FrobeniusReLU()(A) is A


def test_no_positive_entry_at_all():
    P = FrobeniusReLU()(Stored(-np.ones((2, 2))))
    assert FrobeniusReLU().unit(P) == Unit(1e-6, in_radii=False)
    assert FrobeniusReLU(eps=0).unit(P) == Unit(1.0, in_radii=False)


def test_large_entries_do_not_overflow():
    assert FrobeniusReLU().unit(Stored(np.diag([3e200, 4e200]))).value == pytest.approx(5e200)


def test_float32_stays(logits):
    P = FrobeniusReLU()(Stored(logits.astype(np.float32)))
    assert P.dtype == P.to_dense().dtype == np.float32
    assert FrobeniusReLU().unit(P).value == pytest.approx(naive_norm(naive_positive_part(logits)) + 1e-6, rel=1e-6)


def test_nan_is_not_hidden():
    assert np.isnan(FrobeniusReLU()(Stored(np.array([[np.nan, -1.0], [1.0, 0.0]]))).to_dense()[0, 0])


@pytest.mark.parametrize("eps", [-1e-6, np.nan, np.inf, "small"])
def test_bad_eps_is_refused(eps, logits):
    with pytest.raises(ValueError, match=r"eps=.*finite number from 0 up"):
        FrobeniusReLU(eps)(Stored(logits))


def test_it_flattens_nothing_and_has_parameters():
    assert FrobeniusReLU.flattens == frozenset()
    assert FrobeniusReLU().set_params(eps=0.5).get_params() == {"eps": 0.5}
