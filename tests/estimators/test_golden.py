"""The estimators against the original programs and against a dense solve of the same system."""

import naive
import numpy as np
import pytest
from conftest import REAL, SYNTHETIC, dense_affinity, golden, spread_error

from infsel import InfFS
from infsel.operators import Stored
from infsel.propagations import Hops, KrylovBasis, propagate

pytestmark = [
    pytest.mark.compiled,
    pytest.mark.filterwarnings("ignore:All columns have the same standard deviation"),
    pytest.mark.filterwarnings("ignore:The affinity is zero everywhere"),
]

ALPHAS = {"a0": 0.0, "a01": 0.1, "a05": 0.5, "a09": 0.9, "a1": 1.0}


def varying_columns(X):
    return X[:, np.ptp(X, axis=0) > 0]


@pytest.mark.parametrize("alpha", ALPHAS.values())
@pytest.mark.parametrize("name", SYNTHETIC + REAL)
def test_infinite_hops_equal_a_dense_solve(name, alpha):
    X = varying_columns(golden(name)["X"])
    A = dense_affinity(X, alpha)
    selector = InfFS(alpha=alpha, damping=0.9).fit(X)
    if not A.any():
        assert not selector.scores_.any()
        return
    exact = naive.infinite_hops(A, np.ones(len(A)), 0.9 / np.linalg.eigvalsh(A)[-1])
    spread = np.ptp(exact) or exact.max()
    assert np.abs(selector.scores_ - exact).max() <= 1e-9 * spread
    assert selector.n_iter_ <= 8


def effective_damping(A):
    """What InfFS_U of June 2020 multiplies each further hop by: it divides A by its largest row sum, twice."""
    e, rho = 5e-6 * len(A), A.sum(axis=1).max()
    return (1 - e) / (rho + e)


@pytest.mark.parametrize(
    ("name", "key"), [(n, k) for n in SYNTHETIC + REAL for k in ALPHAS if n in SYNTHETIC or k not in ("a0", "a1")]
)
def test_inf_fs_u_2020_with_its_own_damping(name, key):
    numbers = golden(name)
    X, w = numbers["X"], numbers[f"InfFS_U_{key}"]
    if name == "syn_equalstd8" and key != "a0":
        pytest.skip("the original amplifies round-off of equal standard deviations")
    A = dense_affinity(X, ALPHAS[key], constant=1.0)
    if not np.isfinite(w).all() or not A.any():
        pytest.skip("the original divides by zero")
    damping = effective_damping(A)
    constant = np.ptp(X, axis=0) == 0
    if constant.any():  # the original keeps constant columns in the graph, which the estimator does not
        scores = propagate(
            Stored(A), np.ones(len(A)), Hops(np.inf, damping), in_radii=False, unit=A.sum(axis=1).max()
        ).scores
    elif damping < 1:
        scores = InfFS(alpha=ALPHAS[key], normalization="sub-stochastic", damping=damping).fit(X).scores_
    else:  # row sums below 1: the series diverges and the original returns the resolvent all the same
        basis = KrylovBasis(np.ones(len(A)))
        while not basis.exhausted:
            basis.extend(A @ basis.newest)
        e1 = np.eye(len(basis.H))[0]
        scores = basis.combine(Hops(np.inf, damping / A.sum(axis=1).max())(basis.H, e1))
    spread = np.ptp(w) or abs(w.max())  # two columns without a diagonal have equal scores
    assert np.abs(scores + 1 - w).max() <= 1e-9 * spread


@pytest.mark.parametrize("key", ["a01", "a05", "a09"])
@pytest.mark.parametrize("name", REAL)
def test_inf_fs_u_2020_ranks_as_a_single_hop(name, key):
    numbers = golden(name)
    one = InfFS(alpha=ALPHAS[key], n_hops=1).fit(numbers["X"])
    w = numbers[f"InfFS_U_{key}"]
    # its second hop weighs less than 0.5 percent of the first: only near ties change places
    moved = np.abs(naive_ranks(one.scores_) - naive_ranks(w))
    assert moved.mean() < 0.01 * len(w)
    assert np.corrcoef(one.scores_, w)[0, 1] > 0.99999


def naive_ranks(scores):
    return np.argsort(np.argsort(-scores, kind="stable"), kind="stable")


@pytest.mark.parametrize("key", ["infFSmatFR_unsup_a05", "infFSauto_unsup_a05"])
@pytest.mark.parametrize("name", SYNTHETIC + REAL)
def test_fslib_inf_fs_with_damping_099(name, key):
    numbers = golden(name)
    if name == "syn_equalstd8":
        pytest.skip("the original amplifies round-off of equal standard deviations")
    X, w = numbers["X"], numbers[key]
    if (np.ptp(X, axis=0) == 0).any():
        A = dense_affinity(X, 0.5, constant=1.0)
        scores = propagate(Stored(A), np.ones(len(A)), Hops(np.inf, 0.99)).scores
    else:
        scores = InfFS(alpha=0.5, damping=0.99).fit(X).scores_
    assert spread_error(scores, w) <= 1e-9


def test_constant_columns_that_the_originals_rank_first_come_last():
    numbers = golden("syn_ties_const10")
    constant = np.ptp(numbers["X"], axis=0) == 0
    assert np.argmax(numbers["InfFS_U_a0"]) in np.flatnonzero(constant)
    assert set(np.flatnonzero(constant)) == set(np.argsort(InfFS(alpha=0.0).fit(numbers["X"]).ranking_)[-2:])
