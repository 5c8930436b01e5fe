"""A weight of 2 is the row twice, and of 1 nothing, for every relevance that weighs samples; the others say so."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import infsel.relevances as relevances
from infsel.relevances import (
    AUC,
    AbsoluteMean,
    AnovaF,
    Correlation,
    Fisher,
    Given,
    IteratedRelief,
    MutualInformation,
    Relevance,
    ReliefF,
    SoftRelief,
)

OF_CLASSES = [
    AUC(),
    AnovaF(),
    Fisher(),
    MutualInformation(),
    MutualInformation(3, normalized=False),
    ReliefF(2),
    IteratedRelief(max_iter=3),
    SoftRelief(),
    AbsoluteMean(Fisher(), AUC()),
    relevances.Wasserstein(),
]
OF_NUMBERS = [
    Correlation(),
    Correlation("spearman"),
    Correlation(signed=True),
    Correlation("spearman", signed=True),
    MutualInformation(),
    SoftRelief(),
    relevances.Concordance(),
    relevances.RReliefF(2),
    relevances.SquaredCorrelation(),
]
KINDS = {kind for kind in vars(relevances).values() if isinstance(kind, type) and issubclass(kind, Relevance)}
UNWEIGHTED = {
    relevances.Muteinf,
    relevances.IntegerInformation,
    relevances.SharedInformation,
    relevances.LatentFactor,
    relevances.MongeGap,
    Given,
}
TABLES = arrays(
    np.float64, st.tuples(st.just(12), st.integers(1, 4)), elements=st.sampled_from([-2.0, -1.0, 0.0, 0.5, 1.0, 30.0])
)


def close(actual, expected):
    np.testing.assert_allclose(actual, expected, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("relevance", OF_CLASSES, ids=repr)
@settings(max_examples=20)
@given(X=TABLES, weights=arrays(np.int64, 12, elements=st.integers(1, 3)))
def test_whole_weights_repeat_rows_of_classes(relevance, X, weights):
    y = np.arange(12) % 3
    repeated = relevance(np.repeat(X, weights, axis=0), np.repeat(y, weights))
    close(relevance(X, y, weights.astype(float)), repeated)


@pytest.mark.parametrize("relevance", OF_NUMBERS, ids=repr)
@settings(max_examples=20)
@given(X=TABLES, weights=arrays(np.int64, 12, elements=st.integers(1, 3)))
def test_whole_weights_repeat_rows_of_numbers(relevance, X, weights):
    y = np.array([0.5, 3.1, 2.2, 2.2, -1, 8, 0.5, 4.7, 1.1, 6.3, 2.9, -3.3])
    repeated = relevance(np.repeat(X, weights, axis=0), np.repeat(y, weights))
    close(relevance(X, y, weights.astype(float)), repeated)


@pytest.mark.parametrize("relevance", [*OF_CLASSES, *OF_NUMBERS], ids=repr)
def test_weights_of_one_are_none_to_the_bit(relevance, table):
    y = table[:, 0] if relevance in OF_NUMBERS else np.arange(40) % 3
    np.testing.assert_array_equal(relevance(table, y, np.ones(40)), relevance(table, y))
    np.testing.assert_array_equal(relevance(table, y, [1] * 40), relevance(table, y))


@pytest.mark.parametrize("relevance", [AUC(), *OF_NUMBERS[:4]], ids=repr)
def test_what_knows_no_number_of_samples_takes_constant_weights_as_none(relevance, table):
    y = table[:, 2] if relevance in OF_NUMBERS else np.arange(40) % 3
    close(relevance(table, y, np.full(40, 0.3)), relevance(table, y))


@pytest.mark.parametrize("relevance", OF_CLASSES, ids=repr)
def test_weights_that_are_no_whole_numbers_lie_between(relevance, table):
    """Continuity: a weight of 1.0001 changes little, and something."""
    y, weights = np.arange(40) % 3, np.ones(40)
    weights[::7] = 1.0001
    plain, weighted = relevance(table, y), relevance(table, y, weights)
    np.testing.assert_allclose(weighted, plain, rtol=0.02, atol=0.02)
    if not isinstance(relevance, ReliefF):  # whose places are whole
        assert (weighted != plain).any()


@pytest.mark.parametrize("relevance", [*OF_CLASSES, *OF_NUMBERS], ids=repr)
def test_copies_rate_alike_with_weights(relevance, table, rng):
    y, weights = (table[:, 0] if relevance in OF_NUMBERS else np.arange(40) % 3), rng.random(40) + 0.5
    scores = relevance(table, y, weights)
    assert scores[1] == scores[3]


def test_every_relevance_says_whether_it_weighs():
    weighted = {type(relevance) for relevance in [*OF_CLASSES, *OF_NUMBERS]}
    assert weighted | UNWEIGHTED | {Relevance} == KINDS
    assert all(relevance.weighted for relevance in [*OF_CLASSES, *OF_NUMBERS])
    assert not any(kind.weighted for kind in UNWEIGHTED)
    assert not AbsoluteMean().weighted


@pytest.mark.parametrize(
    "kind", sorted(UNWEIGHTED - {Given}, key=lambda kind: kind.__name__), ids=lambda kind: kind.__name__
)
def test_the_others_refuse_weights_by_name(kind, table):
    with pytest.raises(ValueError, match=rf"{kind.__name__}\(\) cannot weigh samples: leave sample_weight out"):
        kind()(table, np.arange(40) % 2, np.ones(40))
    with pytest.raises(ValueError, match=r"AbsoluteMean\(\) cannot weigh samples"):
        AbsoluteMean()(table, np.arange(40) % 2, np.ones(40))


def test_a_callable_is_given_no_weights(table):
    with pytest.raises(ValueError, match=r"Given\(.*cannot weigh samples"):
        Given(lambda X, y: X[0])(table, None, np.ones(40))
