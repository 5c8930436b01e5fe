"""Every registered affinity and normalization against every law. A new registry line is tested without a new test."""

import warnings

import numpy as np
import pytest

from infsel import InfFS
from infsel._registry import AFFINITIES, NORMALIZATIONS, READOUTS, resolve
from infsel.affinities import Attention, Dispersion, Redundancy
from infsel.normalizations import TwiceSubStochastic
from infsel.propagations import Hops, propagate

NEEDS_NONNEGATIVE = ("row", "sub-stochastic", "twice-sub-stochastic", "sinkhorn")
FORMULAS = {"pearson redundancy": lambda: Redundancy("pearson"), "mixture": lambda: 2 * Dispersion() + Redundancy()}
# at temperature 1 forty samples leave sparse attention nothing but the diagonal
MAKERS = AFFINITIES | FORMULAS | {"attention": lambda: Attention(temperature=8)}


@pytest.fixture(params=MAKERS)
def affinity(request):
    return MAKERS[request.param]()


@pytest.fixture(params=[(a, n) for a in MAKERS for n in NORMALIZATIONS], ids="-".join)
def graph(request, table):
    """Every affinity under every normalization that accepts it, with the operator before and after."""
    affinity, normalization = MAKERS[request.param[0]](), NORMALIZATIONS[request.param[1]]()
    A = affinity(table)
    if request.param[1] in NEEDS_NONNEGATIVE and not A.nonnegative:
        with pytest.raises(ValueError, match=f"'{request.param[1]}' needs an affinity without negative"):
            normalization(A), normalization.unit(A)
        pytest.skip("refused, as it says")
    return affinity, normalization, A, normalization(A)


def close(actual, desired):
    np.testing.assert_allclose(actual, desired, rtol=1e-10, atol=1e-10 * np.abs(desired).max())


def test_products_are_linear_and_equal_the_listed_rows(graph, rng):
    _, _, _, A = graph
    dense, x, y = A.to_dense(), rng.standard_normal(9), rng.standard_normal(9)
    close(A @ (2 * x - 3 * y), 2 * (A @ x) - 3 * (A @ y))
    close(A @ x, dense @ x)


def test_transposition(graph, rng):
    _, _, _, A = graph
    x, y = rng.standard_normal(9), rng.standard_normal(9)
    assert y @ (A @ x) == pytest.approx((A.T @ y) @ x, rel=1e-10, abs=1e-10)


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_blocks(graph, size):
    _, _, _, A = graph
    close(np.vstack([rows for _, rows in A.row_blocks(size)]), A.to_dense())


def test_permutation(graph, table, rng):
    affinity, normalization, _, A = graph
    order = rng.permutation(9)
    close(normalization(affinity(table[:, order])).to_dense(), A.to_dense()[np.ix_(order, order)])


def test_the_sign_is_told_truly(graph):
    _, _, _, A = graph
    assert A.nonnegative == bool((A.to_dense() >= 0).all())


def test_the_unit_bounds_or_is_the_spectral_radius(graph):
    _, normalization, A, normalized = graph
    unit, in_radii = normalization.unit(normalized)
    radius = np.abs(np.linalg.eigvals(normalized.to_dense())).max()
    if type(normalization).__name__ != "Identity":
        assert in_radii or radius <= unit * (1 + 1e-12)
    assert A.shape == normalized.shape


def test_scaling_the_affinity_does_not_change_scores_in_its_own_units(graph):
    _, normalization, A, _ = graph
    if normalization.unit(A) == (1, False) or isinstance(normalization, TwiceSubStochastic):
        pytest.skip("has no units of its own, or takes them twice")
    b = np.ones(9)
    units = [(B, normalization.unit(B)) for B in (A, 10 * A)]
    one, ten = (propagate(B, b, Hops(7, 0.9), unit=u.value, in_radii=u.in_radii).scores for B, u in units)
    np.testing.assert_allclose(ten, one, rtol=1e-5 if "eps" in normalization.get_params() else 1e-10)


def test_declared_flattening_is_real(graph):
    _, normalization, _, A = graph
    for readout, M in (("sent", A), ("received", A.T)):
        flat = all(np.ptp(s) <= 1e-9 * np.abs(s).max() for s in (M @ np.ones(9), M @ (M @ np.ones(9))))
        assert flat == (readout in normalization.flattens)


@pytest.mark.parametrize("readout", READOUTS)
@pytest.mark.parametrize("normalization", NORMALIZATIONS)
@pytest.mark.parametrize("name", AFFINITIES)
def test_every_combination_ranks_or_is_refused_by_name(name, normalization, readout, table):
    selector = InfFS(
        affinity=MAKERS[name](),
        normalization=normalization,
        readout=readout,
        n_hops=3,
        start=np.arange(9.0) if readout == "seeded" else None,
    )
    try:
        scores = selector.fit(table).scores_
    except ValueError as error:
        assert normalization in str(error).lower() or readout in str(error)  # noqa: PT017
        return
    assert np.ptp(scores) > 0
    order = np.random.default_rng(0).permutation(9)
    if selector.start is not None:
        selector.set_params(start=selector.start[order])
    close(selector.fit(table[:, order]).scores_, scores[order])


@pytest.mark.parametrize("name", AFFINITIES)
def test_no_affinity_changes_the_table(name, table):
    before = table.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        AFFINITIES[name]()(table, None).to_dense()
    np.testing.assert_array_equal(table, before)


def test_names_resolve_with_the_settings_they_know():
    assert repr(resolve("affinity", "inf-fs", AFFINITIES, alpha=0.25, nothing=1)) == (
        "0.25 * Dispersion() + 0.75 * Redundancy()"
    )
    marker = object()
    assert resolve("affinity", marker, AFFINITIES, alpha=0.25) is marker
    with pytest.raises(ValueError, match="affinity='no' is not known: choose one of 'inf-fs', 'attention'"):
        resolve("affinity", "no", AFFINITIES)
