"""Every affinity and normalization that there is against every law: a new class is tested without a new test."""

import re
import warnings
from contextlib import contextmanager
from inspect import isabstract
from itertools import product

import numpy as np
import pytest
from presets import preset
from threadpoolctl import threadpool_limits

from infsel import InfFS, affinities, criteria, normalizations, propagations, relevances
from infsel._runtime.ranges import InvalidParameter
from infsel.affinities import Affinity, Attention, AttentionToTarget, Dispersion, Redundancy
from infsel.normalizations import CeiledRowSum, Identity, Normalization, TwiceSubStochastic
from infsel.operators import Stored, _tiles
from infsel.propagations import Hops, Stationary, propagate
from infsel.tables import MixedTable, Moments, StoredTable, _table, as_table
from infsel.walks._names import AFFINITIES, NORMALIZATIONS, PROPAGATIONS, READOUTS, resolve
from infsel.walks._presets import PRESETS
from infsel.walks._system_presets import SYSTEMS

NEEDS_NONNEGATIVE = ("row", "sub-stochastic", "twice-sub-stochastic", "sinkhorn")
FORMULAS = {"pearson redundancy": lambda: Redundancy("pearson"), "mixture": lambda: 2 * Dispersion() + Redundancy()}
OF_PRESETS = {  # those of systems have affinities that the laws meet by themselves
    name: lambda name=name: preset(name).affinity
    for name in PRESETS
    if name not in SYSTEMS and isinstance(preset(name).affinity, Affinity)
}
FORMULAS |= {
    "squared correlation": lambda: affinities.SquaredCorrelation(debiased=False),
    "squared correlation of the rest": lambda: affinities.SquaredCorrelation(remove_components=1),
    "profile to anchors": lambda: affinities.Profile(Redundancy(), n_anchors=4),
    "profile of correlations": lambda: affinities.Profile(affinities.Correlation("pearson")),
    "information": lambda: affinities.Correlation("mutual-information"),
    "redundant information": lambda: Redundancy("mutual-information"),
    "correlation of the rest": lambda: affinities.Correlation(remove_components="auto"),
}
Y = np.arange(40) % 2


def classes_of(package, base):
    """The public classes of a family, by name."""
    found = {name: getattr(package, name) for name in package.__all__}
    kinds = {name: kind for name, kind in found.items() if isinstance(kind, type) and issubclass(kind, base)}
    return {name: kind for name, kind in kinds.items() if kind is not base and not isabstract(kind)}


FAMILIES = {
    "affinities": classes_of(affinities, Affinity),
    "normalizations": classes_of(normalizations, Normalization),
    "propagations": classes_of(propagations, propagations.Propagation),
    "relevances": classes_of(relevances, relevances.Relevance),
    "criteria": classes_of(criteria, criteria.Criterion),
}
EXAMPLES = {  # of what needs arguments, or other ones than the defaults on a table of forty rows
    ("affinities", "Attention"): lambda: Attention(temperature=8),
    ("affinities", "AttentionToTarget"): lambda: AttentionToTarget(temperature=8),
    ("affinities", "Between"): lambda: _Between(Redundancy(), ()),
    ("affinities", "Graph"): lambda: _Graph(groups=()),
    ("affinities", "Kernel"): lambda: affinities.Kernel(_heights, 2.0, guide=_spreads, guide_scale=2.0),
    ("affinities", "Profile"): lambda: affinities.Profile(affinities.SquaredCorrelation()),
    ("affinities", "Gated"): lambda: affinities.Gated(Redundancy(), _typical),
    ("affinities", "Given"): lambda: affinities.Given(_covariance),
    ("affinities", "MetadataAttention"): lambda: affinities.MetadataAttention(_described),
    ("affinities", "MetadataGate"): lambda: affinities.MetadataGate(Redundancy(), _described),
    ("affinities", "Mixture"): lambda: affinities.Mixture([Dispersion(), Redundancy()]),
    ("affinities", "Product"): lambda: Dispersion() * Redundancy(),
    ("affinities", "Rows"): lambda: affinities.Rows(Redundancy()),
    ("affinities", "Sum"): lambda: Dispersion() + Redundancy(),
    ("affinities", "Weighted"): lambda: 0.5 * Redundancy(),
    ("affinities", "Within"): lambda: _Within(Dispersion() + Redundancy(), ()),
    ("affinities", "PPMI"): lambda: _PPMIOfLarge(),
    ("affinities", "SignificantCorrelation"): lambda: affinities.SignificantCorrelation(0.5),
    ("propagations", "Resolvent"): lambda: propagations.Resolvent(0.5),
    ("propagations", "WithStart"): lambda: propagations.WithStart(propagations.Hops(3, 0.5)),
    ("relevances", "Given"): lambda: relevances.Given(lambda X, y: np.abs(X).mean(axis=0)),
}


def _typical(X, y):
    return np.abs(X).mean(axis=0)


def _described(X, y):
    return np.column_stack([_typical(X, y), (X**3).mean(axis=0)])


class _PPMIOfLarge(affinities.PPMI):
    """PPMI of what lies above the third quartile of its column: counts of a table of any numbers."""

    def relate(self, table, y=None):
        X = np.asarray(table.array)
        return super().relate(as_table(np.greater(X, np.quantile(X, 0.75, axis=0)).astype(X.dtype)), y)


def _covariance(X, y):
    return np.abs(np.cov(X, rowvar=False))


def _thirds(table):
    """Groups by how much columns vary, so that they go along where columns are interchanged."""
    return (np.unique(table.standard_deviation(), return_inverse=True)[1] % 3).tolist()


class _Between(affinities.Between):
    def among(self, columns, table, y=None):
        return affinities.Between(self.affinity, _thirds(table)).among(columns, table, y)


class _Within(affinities.Within):
    def among(self, columns, table, y=None):
        return affinities.Within(self.affinity, _thirds(table)).among(columns, table, y)


class _Graph(affinities.Graph):
    def among(self, columns, table, y=None):
        groups = {least: np.flatnonzero(np.array(_thirds(table)) >= least) for least in range(3)}
        return affinities.Graph(groups=groups).among(columns, table, y)


def _heights(X, y):
    return X.mean(axis=0)


def _spreads(X, y):
    return X.std(axis=0)


def example(family, name):
    return EXAMPLES.get((family, name), FAMILIES[family][name])()


# at temperature 1 forty samples leave sparse attention nothing but the diagonal
MAKERS = {**AFFINITIES, **FORMULAS, **OF_PRESETS}
MAKERS |= dict.fromkeys(("attention", "self-attention", "infsa"), lambda: Attention(temperature=8))
MAKERS |= {name: lambda name=name: example("affinities", name) for name in FAMILIES["affinities"]}
MAKERS["spectrum"] = lambda: affinities.Kernel(_heights, spectrum=affinities.Spectrum([0.3, 0.1], [0.7, 0.3]))
MAKERS["ilfs"] = lambda: InfFS.from_preset("ilfs", n_tokens=6).affinity  # with three tokens all features look alike


@pytest.fixture(params=MAKERS)
def affinity(request):
    return MAKERS[request.param]()


def numbers():
    """The table of conftest: pairs are built before there are fixtures."""
    rng = np.random.default_rng(7)
    X = rng.standard_normal((40, 9)) * np.arange(1, 10)
    X[:, 3] = X[:, 1]
    X[:, 5] = -2 * X[:, 0]
    X[:, 6] = np.round(X[:, 6] / 6)
    return X


NORMALIZERS = dict(NORMALIZATIONS) | {
    name: lambda name=name: example("normalizations", name)
    for name in FAMILIES["normalizations"]
    if FAMILIES["normalizations"][name] not in NORMALIZATIONS.values()
}


def built():
    """Every affinity under every normalization that accepts it, and the errors of those that refuse it."""
    accepted, refused = {}, {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, make in MAKERS.items():
            for scale, normalization in NORMALIZERS.items():
                affinity, scaled = make(), normalization()
                A = affinity(numbers(), Y)
                try:
                    scaled.unit(A)
                    accepted[name, scale] = affinity, scaled, A, scaled(A)
                except ValueError as error:
                    refused[name, scale] = A, error
    return accepted, refused


ACCEPTED, REFUSED = built()
SCALED = {  # with a unit of its own, taken once and not rounded
    pair: graph
    for pair, graph in ACCEPTED.items()
    if graph[1].unit(graph[2]) != (1, False) and not isinstance(graph[1], TwiceSubStochastic | CeiledRowSum)
}


@pytest.fixture(params=MAKERS)
def law(request):
    """A function that holds a law against an affinity under every normalization that accepts it.

    The law takes the affinity, the normalization, and the operator before and after. One test for each affinity: one
    for each pair took half a minute to hand out.
    """

    def holds(check):
        for (name, scale), graph in ACCEPTED.items():
            if name == request.param:
                with told(f"under {scale}"):
                    check(*graph)

    return holds


@contextmanager
def told(where):
    """An error inside says where it arose."""
    try:
        yield
    except AssertionError as error:
        error.add_note(f"This was {where}.")
        raise


@pytest.mark.parametrize("family", FAMILIES)
def test_every_class_has_an_example(family):
    for name, kind in FAMILIES[family].items():
        assert isinstance(example(family, name), kind)
    assert {name for of, name in EXAMPLES if of == family} <= FAMILIES[family].keys()


def test_laws_hold_for_the_table_that_tests_share(table):
    np.testing.assert_array_equal(numbers(), table)


def test_refusals_are_few_and_some_normalization_accepts_every_affinity():
    assert {name for name, _ in ACCEPTED} == MAKERS.keys()
    assert {scale for _, scale in ACCEPTED} == NORMALIZERS.keys()
    assert {scale for _, scale in REFUSED} <= {*NEEDS_NONNEGATIVE, "CeiledRowSum"}


@pytest.mark.parametrize("pair", REFUSED, ids="-".join)
def test_what_is_refused_is_refused_for_its_sign_or_its_zeros(pair):
    A, error = REFUSED[pair]
    if A.nonnegative:
        assert "'sinkhorn' cannot" in str(error)
    else:
        assert "needs an affinity without negative" in str(error)


@pytest.mark.parametrize("pair", [pair for pair in ACCEPTED if pair[1] in NEEDS_NONNEGATIVE], ids="-".join)
def test_what_needs_no_negative_entries_accepts_none(pair):
    assert ACCEPTED[pair][2].nonnegative


def close(actual, desired):
    np.testing.assert_allclose(actual, desired, rtol=1e-10, atol=1e-10 * np.abs(desired).max())


def test_products_are_linear_and_equal_the_listed_rows(law, rng):
    def check(affinity, normalization, raw, A):
        dense, x, y = A.to_dense(), rng.standard_normal(9), rng.standard_normal(9)
        close(A @ (2 * x - 3 * y), 2 * (A @ x) - 3 * (A @ y))
        close(A @ x, dense @ x)

    law(check)


def test_transposition(law, rng):
    def check(affinity, normalization, raw, A):
        x, y = rng.standard_normal(9), rng.standard_normal(9)
        assert y @ (A @ x) == pytest.approx((A.T @ y) @ x, rel=1e-10, abs=1e-10)

    law(check)


def test_columns(law):
    def check(affinity, normalization, raw, A):
        close(A.columns(np.array([2, 5, 6])), A.to_dense()[:, [2, 5, 6]])

    law(check)


def test_blocks(law):
    def check(affinity, normalization, raw, A):
        for size in (1, 2, 5, 100):
            close(np.vstack([rows for _, rows in A.row_blocks(size)]), A.to_dense())

    law(check)


@pytest.fixture(params=MAKERS)
def wide(request, rng):
    """Every affinity on a table of several tiles, some of them partial."""
    X = rng.standard_normal((40, 600)) * rng.exponential(1, 600) + rng.standard_normal((40, 1))
    return MAKERS[request.param](), X


@pytest.mark.compiled
@pytest.mark.parametrize("kept_bytes", [0, 2**20, 2**30])
def test_streamed_equals_stored(wide, kept_bytes, rng):
    affinity, X = wide
    A, x = affinity(X, Y), rng.standard_normal(600)
    stored = Stored(A.to_dense())
    A.keep(kept_bytes)
    for _ in range(2):  # the second product finds what the first has kept
        close(A @ x, stored @ x)
        close(A.T @ x, stored.T @ x)
        close(A @ np.stack([x, x[::-1]], axis=1), stored.matrix @ np.stack([x, x[::-1]], axis=1))


@pytest.mark.compiled
def test_threads_do_not_change_products_but_for_round_off(wide, rng, monkeypatch):
    monkeypatch.setattr(_tiles, "_WORTH", 1)  # threads for a small table, too
    affinity, X = wide
    x, products = rng.standard_normal(600), []
    for n_threads in (1, 2):
        with threadpool_limits(n_threads, user_api="blas"):
            products.append([affinity(X, Y) @ x for _ in range(2)])
    for first, second in products:
        np.testing.assert_array_equal(first, second)  # run to run the same bits
        close(first, products[0][0])


def test_a_table_in_blocks_is_the_table(affinity, table, monkeypatch):
    monkeypatch.setattr(_table, "_CHUNK_BYTES", 8 * 40 * 2)
    np.testing.assert_array_equal(affinity(StoredTable(table), Y).to_dense(), affinity(table, Y).to_dense())


def test_batches_are_the_table_or_are_refused(affinity, table):
    if "samples" in affinity.reads:
        return
    moments = Moments(table.shape[1], table.dtype, scatter="pairs" in affinity.reads)
    for rows in np.split(np.arange(40), [7, 8, 30]):
        moments = moments.merged(table[rows], Y[rows])
    close(affinity(moments).to_dense(), affinity(table, Y).to_dense())


def mixed(informative=False, weights=None, rows=slice(None), columns=slice(None), renamed=False):
    """A table with gaps and labels."""
    X, rng = numbers(), np.random.default_rng(8)
    X[:, 7], X[:, 8] = rng.integers(0, 3, 40), rng.integers(0, 4, 40)
    X[rng.random(X.shape) < 0.15] = np.nan
    X[:, 2] = np.arange(40.0)
    kinds = np.array(["numeric"] * 7 + ["nominal"] * 2)
    if renamed:
        X[:, 7:] = (X[:, 7:] + 1) % 4
    return MixedTable(X[rows][:, columns], kinds[columns], informative, weights)


def of_mixed(affinity, y=Y, **settings):
    """An affinity of that table written down, None where it is refused by name."""
    try:
        A = affinity(mixed(**settings), y)
        dense = A.to_dense()
    except InvalidParameter as error:
        assert re.search("column '.*' holds labels and column '.*' has gaps; .*OneHotEncoder.*Imputer", str(error))  # noqa: PT017
        return None
    assert np.isfinite(dense).all()
    x = np.random.default_rng(0).standard_normal(len(dense))
    close(A @ x, dense @ x)
    close(A.T @ x, dense.T @ x)
    return dense


@pytest.mark.parametrize("informative", [False, True])
def test_gaps_and_labels_are_read_alike_or_refused_by_name(affinity, informative, rng):
    expected = of_mixed(affinity, informative=informative)
    if expected is None:
        return
    order = rng.permutation(9)
    columns = of_mixed(affinity, informative=informative, columns=order)
    np.testing.assert_allclose(columns, expected[np.ix_(order, order)], atol=1e-9)
    rows = np.arange(40) if isinstance(affinity, affinities.Learned) else rng.permutation(40)  # halves are by number
    np.testing.assert_allclose(of_mixed(affinity, Y[rows], informative=informative, rows=rows), expected, atol=1e-9)
    np.testing.assert_allclose(of_mixed(affinity, informative=informative, renamed=True), expected, atol=1e-9)
    assert isinstance(affinity, affinities.Attention) or np.ptp(expected) > 0


def test_a_sample_with_gaps_that_counts_twice_is_two_samples(affinity):
    weights = np.arange(40) % 2 + 1.0
    expected = of_mixed(affinity, np.repeat(Y, weights.astype(int)), rows=np.repeat(np.arange(40), weights.astype(int)))
    if expected is not None:
        np.testing.assert_allclose(of_mixed(affinity, weights=weights), expected, atol=1e-9)


def test_numbers_without_gaps_are_the_plain_table(affinity, table):
    np.testing.assert_allclose(affinity(MixedTable(table), Y).to_dense(), affinity(table, Y).to_dense(), atol=1e-9)


READ_WITH_GAPS = (
    "inf-fs",
    "attention",
    "signed-correlation",
    "squared-correlation",
    "Redundancy",
    "Dispersion",
    "Profile",
)
READ_WITH_GAPS += ("SignificantCorrelation", "Rows", "Graph", "PooledAttention", "squared correlation")


@pytest.mark.parametrize("name", READ_WITH_GAPS)
def test_gaps_and_labels_are_read_by_what_correlates(name):
    assert of_mixed(MAKERS[name]()) is not None


def test_permutation(law, table, rng):
    def check(affinity, normalization, raw, A):
        order = rng.permutation(9)
        close(normalization(affinity(table[:, order], Y)).to_dense(), A.to_dense()[np.ix_(order, order)])

    law(check)


def test_the_sign_is_told_truly_or_not_at_all(law):
    def check(affinity, normalization, raw, A):
        assert A.nonnegative in (None, bool((A.to_dense() >= 0).all()))

    law(check)


def test_the_unit_bounds_or_is_the_spectral_radius(law):
    def check(affinity, normalization, A, normalized):
        unit, in_radii = normalization.unit(normalized)
        radius = np.abs(np.linalg.eigvals(normalized.to_dense())).max()
        if not isinstance(normalization, Identity | TwiceSubStochastic):
            assert in_radii or radius <= unit * (1 + 1e-12)
        assert A.shape == normalized.shape

    law(check)


@pytest.mark.parametrize("pair", SCALED, ids="-".join)
def test_scaling_the_affinity_does_not_change_scores_in_its_own_units(pair):
    _, normalization, A, _ = SCALED[pair]
    b = np.ones(9)
    units = [(B, normalization.unit(B)) for B in (A, 10 * A)]
    one, ten = (propagate(B, b, Hops(7, 0.9), unit=u.value, in_radii=u.in_radii).scores for B, u in units)
    np.testing.assert_allclose(ten, one, rtol=1e-4 if "eps" in normalization.get_params() else 1e-10)


def test_declared_flattening_is_real(law):
    def check(affinity, normalization, raw, A):
        for readout, M, before in (("sent", A, raw), ("received", A.T, raw.T)):
            flat = readout in normalization.flattens
            assert is_flat(M) == flat or (is_flat(before) and not flat)

    law(check)


def is_flat(M):
    return all(np.ptp(s) <= 1e-9 * np.abs(s).max() for s in (M @ np.ones(9), M @ (M @ np.ones(9))))


@pytest.fixture
def walked(affinity, table):
    """An affinity and the scores of walks through it by depth and damping, in spectral units."""
    A = affinity(table, Y)
    return A, lambda n_hops, damping: propagate(A, np.ones(9), Hops(n_hops, damping), tol=1e-13).scores


def test_more_and_more_hops_reach_infinitely_many(walked):
    _, scores = walked
    np.testing.assert_allclose(scores(1000, 0.9), scores(np.inf, 0.9), rtol=1e-8, atol=1e-12)


def test_light_damping_ranks_like_one_hop(walked):
    _, scores = walked
    np.testing.assert_allclose(scores(np.inf, 1e-10), scores(1, 1e-10), rtol=1e-6, atol=1e-20)


def test_heavy_damping_reaches_the_leading_eigenvector(walked):
    A, scores = walked
    if not A.nonnegative:
        return  # a signed affinity has no Perron vector
    limit, direction = scores(np.inf, 1 - 1e-9), propagate(A, np.ones(9), Stationary(), tol=1e-13).scores
    np.testing.assert_allclose(limit / np.linalg.norm(limit), direction, atol=1e-6)


@pytest.mark.parametrize("name", FAMILIES["propagations"])
def test_every_propagation_permutes_with_the_graph(name, rng):
    A, b, order = rng.random((9, 9)) / 9, rng.random(9), rng.permutation(9)
    rule = example("propagations", name)
    scores = propagate(Stored(A), b, rule, tol=1e-13).scores
    close(propagate(Stored(A[np.ix_(order, order)]), b[order], rule, tol=1e-13).scores, scores[order])


@pytest.mark.parametrize("name", FAMILIES["relevances"])
def test_every_relevance_permutes_with_the_columns_and_changes_no_table(name, rng):
    X = rng.standard_normal((40, 9)) + np.outer(Y, np.arange(9.0))
    before, order = X.copy(), rng.permutation(9)
    scores = example("relevances", name)(X, Y)
    assert scores.shape == (9,)
    assert np.ptp(scores) > 0
    close(example("relevances", name)(X[:, order], Y), scores[order])
    np.testing.assert_array_equal(X, before)


@pytest.mark.parametrize("propagation", PROPAGATIONS)
@pytest.mark.parametrize("name", AFFINITIES)
def test_every_combination_ranks_or_is_refused_by_name(name, propagation, table):
    for normalization, readout in product(NORMALIZATIONS, READOUTS):
        selector = InfFS(
            affinity=MAKERS[name](),
            propagation=propagation,
            normalization=normalization,
            readout=readout,
            n_hops=3 if propagation == "hops" else np.inf,  # no other rule reads it
            start=np.arange(9.0) if READOUTS[readout].starts else None,
        )
        with told(f"with {normalization} and {readout}"):
            _ranks_or_is_refused(selector, table)


def _ranks_or_is_refused(selector, table):
    try:
        scores = selector.fit(table).scores_
    except ValueError as error:
        told_of = (f"'{selector.normalization}'", f"'{selector.readout}'", "diverge")
        assert any(word in str(error) for word in told_of)  # noqa: PT017
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
