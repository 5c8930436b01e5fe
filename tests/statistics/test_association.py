"""How far columns of any kind are associated, against formulas and SciPy."""

import naive
import numpy as np
import pytest
from scipy.stats.contingency import association as scipy_association
from scipy.stats.contingency import crosstab
from sklearn.metrics import normalized_mutual_info_score

from infsel.statistics import association, correlation_ratio, cramers_v, normalized_information
from infsel.tables import DenseTable, MixedTable


@pytest.fixture
def columns():
    rng = np.random.default_rng(0)
    a = rng.integers(0, 4, 80)
    b = (a + rng.integers(0, 2, 80)) % 5
    return a, b, a + rng.normal(size=80)


def test_cramers_v_is_that_of_scipy(columns):
    a, b, _ = columns
    expected = scipy_association(crosstab(a, b).count, "cramer")
    assert cramers_v(a, b, corrected=False) == pytest.approx(expected)
    assert cramers_v(a.astype(str), b.astype(str), corrected=False) == pytest.approx(expected)
    assert cramers_v(a, b) == pytest.approx(np.sqrt(naive.bergsma(a, b, np.ones(80))))


def test_correlation_ratio_is_the_correlation_with_the_means_of_the_labels(columns):
    labels, _, x = columns
    means = np.array([x[labels == label].mean() for label in range(4)])[labels]
    assert correlation_ratio(labels, x, corrected=False) == pytest.approx(np.corrcoef(x, means)[0, 1])
    assert correlation_ratio(labels, x) == pytest.approx(np.sqrt(naive.epsilon_squared(labels, x, np.ones(80))))
    of_two = labels % 2
    assert correlation_ratio(of_two, x, corrected=False) == pytest.approx(abs(np.corrcoef(of_two, x)[0, 1]))


def test_information_is_that_of_scikit_learn(columns):
    a, b, _ = columns
    assert normalized_information(a, b, corrected=False) == pytest.approx(normalized_mutual_info_score(a, b))
    assert normalized_information(a, b) == pytest.approx(naive.normalized_information(a, b, np.ones(80)))


def test_weights_are_repeated_samples(columns):
    a, b, x = columns
    w = np.arange(80) % 3 + 1
    for corrected in (False, True):
        repeated = cramers_v(np.repeat(a, w), np.repeat(b, w), corrected=corrected)
        assert cramers_v(a, b, w, corrected=corrected) == pytest.approx(repeated)
        repeated = normalized_information(np.repeat(a, w), np.repeat(b, w), corrected=corrected)
        assert normalized_information(a, b, w, corrected=corrected) == pytest.approx(repeated)
        repeated = correlation_ratio(np.repeat(a, w), np.repeat(x, w), corrected=corrected)
        assert correlation_ratio(a, x, w, corrected=corrected) == pytest.approx(repeated)


def test_what_does_not_vary_or_repeat_tells_nothing(columns):
    a, _, x = columns
    flat, different = np.zeros(80), np.arange(80)
    assert correlation_ratio(flat, x) == correlation_ratio(a, flat + 0.1) == correlation_ratio(different, x) == 0
    assert cramers_v(flat, a) == cramers_v(a, different) == 0
    assert normalized_information(flat, a) == normalized_information(a, different) == 0
    assert (
        correlation_ratio(different, x, corrected=False) == cramers_v(a, different, corrected=False) == pytest.approx(1)
    )


def test_a_table_has_the_statistics_of_its_pairs(columns):
    a, b, x = columns
    table = MixedTable(np.column_stack([a, b, x, -x]).astype(float), np.array(["nominal"] * 2 + ["numeric"] * 2))
    found = association(table, "pearson")
    assert found[0, 1] == pytest.approx(cramers_v(a, b))
    assert found[0, 2] == pytest.approx(correlation_ratio(a, x))
    np.testing.assert_allclose(found[2, 3], 1)
    plain = association(DenseTable(np.column_stack([x, -x])))
    np.testing.assert_allclose(plain, np.ones((2, 2)))
