import naive
import numpy as np
import pytest

from infsel.affinities import Correlation, Redundancy, Relevance
from infsel.relevances import Fisher

PAIRS = {
    "max": lambda r: naive.max_outer(r),
    "mean": lambda r: np.array([[(a + b) / 2 for b in r] for a in r]),
    "row": lambda r: np.array([[a for _ in r] for a in r]),
    "column": lambda r: np.array([r for _ in r]),
}


@pytest.fixture(params=["positive", "mixed", "negative", "flat"])
def r(request, rng):
    return {
        "positive": rng.random(9) + 0.3,
        "mixed": rng.standard_normal(9),
        "negative": -rng.random(9) - 0.1,
        "flat": np.full(9, 0.7),
    }[request.param]


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("scale", [False, True])
def test_pairs_equal_their_definitions(table, r, pair, scale):
    A = Relevance(lambda X, y: r, pair, scale)(table)
    spread = np.ptp(r)
    expected = PAIRS[pair](((r - r.min()) / spread if spread else 0 * r) if scale else r)
    np.testing.assert_allclose(A.to_dense(), expected, atol=1e-14)
    np.testing.assert_allclose(A @ np.arange(9.0), expected @ np.arange(9.0), atol=1e-12)
    np.testing.assert_allclose(A.T @ np.arange(9.0), expected.T @ np.arange(9.0), atol=1e-12)
    assert A.nonnegative == (expected.min() >= 0)


def test_products_equal_their_definition(table, r):
    plain, scaled = (Relevance(lambda X, y: r, "product", scale)(table) for scale in (False, True))
    np.testing.assert_allclose(plain.to_dense(), np.outer(r, r), atol=1e-14)
    np.testing.assert_allclose(scaled.to_dense(), naive.pair_product(r), atol=1e-13)
    assert plain.nonnegative == (np.outer(r, r).min() >= 0)
    assert scaled.nonnegative


def test_a_relevance_has_a_name_or_is_one(table):
    y = np.arange(40) % 2
    by_name, by_object = Relevance("fisher")(table, y), Relevance(Fisher())(table, y)
    np.testing.assert_array_equal(by_name.to_dense(), by_object.to_dense())
    assert Relevance()(table.astype(np.float32), y).dtype == np.float32


def test_bad_relevances_are_named(table):
    with pytest.raises(ValueError, match="pair='min': choose one of 'product', 'max'"):
        Relevance("fisher", "min")(table, np.arange(40) % 2)
    with pytest.raises(ValueError, match="relevance 'gain' is not known"):
        Relevance("gain")(table)
    with pytest.raises(ValueError, match=r"score of a Relevance has shape \(2,\)"):
        Relevance(lambda X, y: np.ones(2))(table)


@pytest.mark.parametrize("correlation", ["spearman", "pearson"])
def test_signed_correlations(table, correlation):
    measure = getattr(naive, correlation)
    expected = np.array([[measure(a, b) for b in table.T] for a in table.T])
    np.testing.assert_allclose(Correlation(correlation)(table).to_dense(), expected, atol=1e-13)
    signed = Redundancy(correlation, signed=True)(table)
    np.testing.assert_allclose(signed.to_dense(), 1 - expected, atol=1e-13)
    assert signed.nonnegative


def test_constant_columns_in_the_graph(table):
    X = np.insert(table, 2, 5.0, axis=1)
    others = np.delete(np.arange(10), 2)
    assert (Redundancy()(X).to_dense()[2] == 1).all()
    assert (Redundancy()(X).to_dense()[:, 2] == 1).all()
    for affinity in (Redundancy(signed=True), Correlation()):
        assert not affinity(X).to_dense()[2].any()
    for affinity in (Redundancy(), Redundancy(signed=True), Correlation()):
        np.testing.assert_allclose(
            affinity(X).to_dense()[np.ix_(others, others)], affinity(table).to_dense(), atol=1e-14
        )
