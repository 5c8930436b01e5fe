"""What every relevance must obey."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from infsel.relevances import (
    AUC,
    AnovaF,
    Correlation,
    Fisher,
    IntegerInformation,
    LatentFactor,
    Muteinf,
    MutualInformation,
    Relevance,
    SharedInformation,
    SoftRelief,
)

OF_CLASSES = [
    AUC(),
    AnovaF(),
    Fisher(),
    IntegerInformation(),
    LatentFactor("2017"),
    LatentFactor("2018", 6),
    LatentFactor("auto"),
    Muteinf(),
    MutualInformation(),
    MutualInformation(3, normalized=False),
    SoftRelief(),
]
OF_NUMBERS = [Correlation(), Correlation("spearman"), Correlation(signed=True), MutualInformation()]
ALL = [*OF_CLASSES, *OF_NUMBERS[:3], SharedInformation()]
NO_TOP_CONSTANT = [one for one in ALL if not isinstance(one, Muteinf | SharedInformation)]


@pytest.fixture
def three(rng):
    return rng.permutation(np.arange(40) % 3)


def close(actual, expected, atol=1e-9):
    np.testing.assert_allclose(actual, expected, rtol=1e-9, atol=atol)


@given(
    arrays(np.float64, st.tuples(st.integers(4, 12), st.integers(1, 6)), elements=st.integers(-3, 3).map(float)),
    st.randoms(use_true_random=False),
)
def test_permuting_columns_permutes_every_relevance(X, random):
    order = random.sample(range(X.shape[1]), X.shape[1])
    y = np.arange(len(X)) % 2
    for relevance in ALL:
        scores = relevance(X, y)
        assert scores.dtype == np.float64
        assert np.isfinite(scores).all()
        close(relevance(X[:, order], y), scores[order])


@pytest.mark.parametrize("relevance", ALL, ids=repr)
def test_the_order_of_samples_does_not_matter(relevance, table, three, rng):
    order = rng.permutation(len(table))
    close(relevance(table[order], three[order]), relevance(table, three))


@pytest.mark.parametrize("relevance", OF_CLASSES, ids=repr)
def test_the_names_of_classes_do_not_matter(relevance, table, three):
    scores = relevance(table, three)
    for names in (["a", "b", "c"], ["z", "k", "a"], [7, -1, 3], [2.0, 1.0, 0.0]):
        close(relevance(table, np.array(names)[three]), scores)
    close(relevance(table, np.array(["x", "yy", "z"], dtype=object)[three].tolist()), scores)
    close(relevance(table, three > 0), relevance(table, (three > 0).astype(np.int8)))


@pytest.mark.parametrize("relevance", ALL, ids=repr)
def test_copies_rate_alike_and_single_precision_will_do(relevance, table, three):
    single = table.astype(np.float32)
    scores = relevance(single, three)
    assert scores.dtype == np.float64
    assert scores[1] == scores[3]
    close(scores, relevance(single.astype(np.float64), three))


@pytest.mark.parametrize("relevance", NO_TOP_CONSTANT, ids=repr)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_constant_column_rates_0_and_disturbs_nobody(relevance, table, three, dtype):
    X = np.insert(table, [0, 4, 9], [0.1, 0.0, -1e9], axis=1).astype(dtype)
    scores = relevance(X, three)
    alive = np.ptp(X, axis=0) > 0
    assert scores[~alive].tolist() == [0, 0, 0]
    close(scores[alive], relevance(X[:, alive], three))


@pytest.mark.parametrize("relevance", ALL, ids=repr)
def test_a_table_without_a_varying_column_is_finite(relevance):
    assert np.isfinite(relevance(np.full((6, 2), 0.1), [0, 1] * 3)).all()


@pytest.mark.parametrize("relevance", NO_TOP_CONSTANT, ids=repr)
@pytest.mark.parametrize("scale", [1e-300, 1e150, 5e305])
def test_huge_and_tiny_numbers_stay_finite(relevance, table, three, scale):
    assert np.isfinite(relevance(table * scale, three)).all()


@pytest.mark.parametrize("scale", [2.0**-900, 2.0**900])
@pytest.mark.parametrize("relevance", [AUC(), AnovaF(), Fisher(), MutualInformation(), Correlation()], ids=repr)
def test_the_unit_of_a_feature_does_not_matter(relevance, table, three, scale):
    close(relevance(table * scale, three), relevance(table, three))


@pytest.mark.parametrize("relevance", [*OF_CLASSES, *OF_NUMBERS], ids=repr)
def test_wide_tables_are_read_in_blocks(relevance, table, three):
    wide = np.tile(table, 1000)[:, :8500]
    expected = np.tile(relevance(table, three), 1000)[:8500]
    if isinstance(relevance, SoftRelief):
        close(relevance(np.tile(table, 1000), three)[:8500], expected, atol=1e-6)  # the distances add up
    elif not (isinstance(relevance, LatentFactor) and relevance.variant in ("2018", "auto")):
        close(relevance(wide, three), expected)  # in these two releases features depend on each other
    else:
        assert len(np.unique(relevance(wide, three).round(9))) <= table.shape[1]


@pytest.mark.parametrize("relevance", OF_CLASSES + OF_NUMBERS, ids=repr)
def test_a_missing_or_constant_target_is_refused(relevance, table):
    with pytest.raises(ValueError, match="needs a target y"):
        relevance(table)
    for y in (np.ones(40), np.ones((40, 2)), []):
        with pytest.raises(ValueError, match=r"y (is|has)"):
            relevance(table, y)


@pytest.mark.parametrize("relevance", [AUC(), AnovaF(), Fisher(), LatentFactor(), Muteinf()], ids=repr)
def test_fractions_are_no_labels(relevance, table):
    with pytest.raises(ValueError, match=r"y holds 0\.5, which is no class label.*Correlation"):
        relevance(table, np.arange(40) / 2)
    with pytest.raises(ValueError, match=r"y holds 40 different whole numbers and is read as numbers.*Correlation"):
        relevance(table, np.arange(40))
    with pytest.raises(ValueError, match="y contains NaN"):
        relevance(table, [np.nan, *range(39)])
    with pytest.raises(ValueError, match="y mixes labels"):
        relevance(table, ["a", 1] * 20)


def test_a_numeric_target_must_be_finite_numbers(table):
    with pytest.raises(ValueError, match=r"y holds 'a'.*Fisher"):
        Correlation()(table, ["a", "b"] * 20)
    for bad, name in ((np.nan, "NaN"), (np.inf, "infinity")):
        for relevance in OF_NUMBERS:
            with pytest.raises(ValueError, match=f"y contains {name}: y has 1 .*the first in row 0; drop"):
                relevance(table, [bad, *range(39)])
    close(Correlation()(table, np.arange(40).astype(object)), Correlation()(table, np.arange(40)))


def test_parameters_are_checked_when_they_are_used(table, three):
    with pytest.raises(ValueError, match=r"method='kendall'.*'pearson' or 'spearman'"):
        Correlation("kendall")(table, three)
    for bins in (1, 0, -3, 2.5, True, "auto"):
        with pytest.raises(ValueError, match=r"bins=.*from 2 up, or None"):
            MutualInformation(bins)(table, three)
    with pytest.raises(ValueError, match=r"variant='2016'.*'2018', '2017' or 'auto'"):
        LatentFactor("2016")(table, three)
    for n_tokens in (2, 4.0, False, "4"):
        with pytest.raises(ValueError, match=r"n_tokens=.*from 3 up, or None"):
            LatentFactor("2018", n_tokens)(table, three)


def test_relevances_have_parameters_and_compare():
    assert LatentFactor("2017").get_params() == {"variant": "2017", "n_tokens": None}
    assert MutualInformation().set_params(bins=5) == MutualInformation(5)
    assert all(isinstance(relevance, Relevance) for relevance in ALL)
