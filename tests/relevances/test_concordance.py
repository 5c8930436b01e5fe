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
