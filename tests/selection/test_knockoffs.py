import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import toeplitz

from infsel.selection import gaussian_knockoffs, knockoff_gaps, knockoff_threshold


def random_covariance(rng, n):
    A = rng.standard_normal((n, n + 2))
    return A @ A.T


def test_the_gaps_are_a_maximum(rng):
    covariance = random_covariance(rng, 6)
    scale = np.sqrt(np.diag(covariance))
    R = covariance / np.outer(scale, scale)
    s = knockoff_gaps(R)

    def entropy(s):
        return np.linalg.slogdet(2 * R - np.diag(s))[1] + np.log(s).sum()

    assert ((s > 0) & (s <= 1)).all()
    assert np.linalg.eigvalsh(2 * R - np.diag(s)).min() > 0
    np.testing.assert_allclose(s * np.diag(np.linalg.inv(2 * R - np.diag(s))), 1, atol=1e-3)
    for _ in range(50):
        assert entropy(s * np.exp(0.05 * rng.standard_normal(6))) <= entropy(s) + 1e-6


def test_independent_features_stand_as_far_as_they_can():
    np.testing.assert_allclose(knockoff_gaps(np.eye(4)), 1, atol=1e-6)
    np.testing.assert_allclose(knockoff_gaps(np.eye(1)), 1)


@pytest.mark.parametrize("matrix", [np.ones((2, 2)), np.array([[1.0, 2.0], [2.0, 1.0]])])
def test_singular_covariances_are_refused(matrix):
    with pytest.raises(ValueError, match="knockoffs need a positive definite"):
        knockoff_gaps(matrix)


def test_pairs_can_be_exchanged_without_changing_the_moments(rng):
    """The conditional law of the knockoffs, in closed form: X~ = B X + noise with B C = C - S and B C B^T + V = C."""
    covariance, mean = random_covariance(rng, 5), rng.standard_normal(5)
    X = np.vstack([mean, mean + np.eye(5)])
    silent = gaussian_knockoffs(X, mean, covariance, np.zeros((6, 5)))
    np.testing.assert_allclose(silent[0], mean, atol=1e-12)
    B = (silent[1:] - mean).T
    loud = gaussian_knockoffs(np.tile(mean, (5, 1)), mean, covariance, np.eye(5)) - mean
    V = loud.T @ loud
    scale = np.sqrt(np.diag(covariance))
    S = np.diag(knockoff_gaps(covariance / np.outer(scale, scale)) * scale**2)
    np.testing.assert_allclose(B @ covariance, covariance - S, atol=1e-9)
    np.testing.assert_allclose(B @ covariance @ B.T + V, covariance, atol=1e-9)


def test_samples_have_the_covariance_that_is_asked_for():
    rng = np.random.default_rng(0)
    C = 4 * toeplitz(0.6 ** np.arange(4))
    X = rng.multivariate_normal(np.arange(4), C, size=100_000)
    both = np.hstack([X, gaussian_knockoffs(X, np.arange(4.0), C, rng.standard_normal(X.shape))])
    found = np.cov(both, rowvar=False)
    swapped = np.cov(both[:, [0, 5, 2, 7, 4, 1, 6, 3]], rowvar=False)
    np.testing.assert_allclose(found, swapped, atol=0.08)
    np.testing.assert_allclose(both[:, 4:].mean(axis=0), np.arange(4), atol=0.03)


@given(
    st.lists(st.integers(-4, 6), min_size=1, max_size=15), st.sampled_from([0.1, 0.25, 0.5]), st.sampled_from([0, 1])
)
def test_the_cut_equals_its_definition(values, fdr, offset):
    W = np.array(values, dtype=float)
    cuts = sorted({abs(w) for w in values if w})
    good = [t for t in cuts if (offset + sum(w <= -t for w in values)) / max(1, sum(w >= t for w in values)) <= fdr]
    assert knockoff_threshold(W, fdr, offset) == (good[0] if good else np.inf)


def test_at_least_one_over_the_rate_or_nothing():
    assert knockoff_threshold(np.ones(9), 0.1) == np.inf
    assert knockoff_threshold(np.ones(10), 0.1) == 1
    assert knockoff_threshold(np.zeros(3), 0.1) == np.inf
