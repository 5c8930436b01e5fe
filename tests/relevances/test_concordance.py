"""Harrell's concordance against its count over all pairs, and what it is where nothing is censored."""

import naive
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import somersd
from sklearn.metrics import roc_auc_score

from infsel.relevances import AUC, Concordance, Correlation, as_relevance
from infsel.targets import martingale_residuals

SAMPLES = st.lists(
    st.tuples(st.booleans(), st.integers(0, 5), st.integers(1, 3), st.integers(-2, 2), st.integers(-9, 9)),
    min_size=3,
    max_size=14,
)


def survival(event, time):
    y = np.empty(len(time), dtype=[("status", bool), ("days", float)])
    y["status"], y["days"] = event, time
    return y


@pytest.fixture
def y(table, rng):
    return survival(rng.random(40) < 0.6, np.round(np.exp(table[:, 1] / 4 + 0.3 * rng.standard_normal(40)), 1))


@given(SAMPLES)
def test_it_is_the_share_of_concordant_pairs(samples):
    event, time, weights, *columns = (np.array(each) for each in zip(*samples, strict=True))
    X, n = np.column_stack(columns).astype(float), len(time)
    if not any(naive.comparable(event, time, i, j) for i in range(n) for j in range(n)):
        return
    expected = [2 * naive.concordance(x, event, time, weights) - 1 if np.ptp(x) else 0 for x in X.T]
    found = Concordance(signed=True)(X, survival(event, time), weights.astype(float))
    np.testing.assert_allclose(found, expected, atol=1e-12)
    np.testing.assert_array_equal(Concordance()(X, survival(event, time), weights.astype(float)), np.abs(found))
    twice = np.repeat(np.arange(n), weights)
    np.testing.assert_allclose(
        Concordance(signed=True)(X[twice], survival(event[twice], time[twice])), found, atol=1e-12
    )


def test_without_censoring_it_is_somers_d_and_of_two_classes_the_area(table, rng):
    times, labels = np.round(table[:, 1]) + np.round(rng.standard_normal(40)), np.arange(40) % 2
    expected = [somersd(times, x).statistic for x in table.T]
    np.testing.assert_allclose(Concordance(signed=True)(table, times), expected, atol=1e-12)
    np.testing.assert_allclose(
        Concordance(signed=True)(table, survival(np.ones(40), times - times.min())), expected, atol=1e-12
    )
    areas = [2 * roc_auc_score(labels, x) - 1 for x in table.T]
    np.testing.assert_allclose(Concordance(signed=True)(table, labels), areas, atol=1e-12)
    np.testing.assert_allclose(Concordance()(table, labels), AUC()(table, labels), atol=1e-12)


def test_only_the_order_matters(table, y):
    expected = Concordance(signed=True)(table, y)
    later = survival(y["status"], np.exp(y["days"]) + 3)
    np.testing.assert_array_equal(Concordance(signed=True)(np.arctan(table / 9), later), expected)
    np.testing.assert_array_equal(Concordance(signed=True)(-table, y), -expected)
    order = np.random.default_rng(0).permutation(40)
    np.testing.assert_array_equal(Concordance(signed=True)(table[order], y[order]), expected)
    assert expected[1] == expected[3] > 0.5  # a copy
    assert expected[0] == -expected[5]  # a mirror image
    assert not Concordance()(np.c_[table[:, :1] * 0 + 4], y).any()


def test_names(table, y):
    for name in ("concordance", "c-index", "C_Index", "Harrell"):
        np.testing.assert_array_equal(as_relevance(name)(table, y), Concordance()(table, y))


def test_other_relevances_read_the_residuals(table, y):
    expected = Correlation("spearman")(table, martingale_residuals(y.astype([("event", bool), ("time", float)])))
    np.testing.assert_array_equal(Correlation("spearman")(table, y), expected)
    assert expected.argmax() == 1


def test_patients_of_a_published_trial():
    """The first 20 veterans of Kalbfleisch and Prentice (1980), The Statistical Analysis of Failure Time Data.

    Pairs that agree, disagree and are tied are counted by scikit-survival 0.28.0; lifelines 0.30.3 confirms.
    """
    days = [72, 411, 228, 126, 118, 10, 82, 110, 314, 100, 42, 8, 144, 25, 11, 30, 384, 4, 54, 13]
    age = [69, 64, 38, 63, 65, 49, 69, 68, 43, 70, 81, 63, 63, 52, 48, 61, 42, 35, 63, 56]
    karnofsky = [60, 70, 60, 60, 70, 20, 40, 80, 50, 70, 60, 40, 30, 80, 70, 60, 60, 40, 80, 60]
    months = [7, 5, 3, 9, 11, 5, 10, 29, 18, 6, 4, 58, 4, 9, 11, 3, 9, 2, 4, 4]
    died = ~np.isin(np.arange(20), [9, 13])
    found = Concordance(signed=True)(np.column_stack([age, karnofsky, months]).astype(float), survival(died, days))
    counted = [(88, 73, 7), (87, 52, 29), (88, 70, 10)]
    np.testing.assert_allclose(found, [(agree - not_) / (agree + not_ + tied) for agree, not_, tied in counted])
