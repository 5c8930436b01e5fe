"""How far one column tells a target, against definitions as loops and against laws."""

import naive
import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from infsel.studies import determination


@pytest.fixture
def classes(rng):
    return rng.choice(3, 60, p=[0.6, 0.3, 0.1])


def test_where_values_repeat_it_is_lambda_or_the_correlation_ratio(rng, classes):
    for _ in range(5):
        x = np.where(rng.random(60) < 0.6, classes, rng.integers(0, 4, 60))
        found = determination(pd.Series(x), classes, False)
        assert found == pytest.approx(naive.goodman_kruskal(x, classes))
        y = classes + rng.standard_normal(60)
        assert determination(pd.Series(x), y, True) == pytest.approx(naive.eta_squared(y, x) ** 0.5)


def test_where_they_do_not_it_is_how_the_order_sorts(rng, classes):
    for noise in (0.1, 0.4, 1, 9):
        x = classes + noise * rng.standard_normal(60)
        assert determination(pd.Series(x), classes, False) == pytest.approx(naive.sortedness(x, classes))
        y = x**3 + noise * rng.standard_normal(60)
        assert determination(pd.Series(x), y, True) == pytest.approx(abs(spearmanr(x, y).statistic))


def test_names_of_labels_and_the_direction_of_numbers_change_nothing(rng, classes):
    x = np.where(rng.random(60) < 0.7, classes, rng.integers(0, 4, 60))
    renamed = pd.Series(pd.Categorical(np.array(["u", "s", "w", "t"])[x]))
    assert determination(renamed, classes, False) == pytest.approx(determination(pd.Series(x), classes, False))
    numbers = pd.Series(classes + 0.3 * rng.standard_normal(60))
    assert determination(-numbers, classes, False) == determination(numbers, classes, False)


def test_gaps_are_left_out(rng, classes):
    x = pd.Series(classes + 0.2 * rng.standard_normal(60))
    gaps = rng.random(60) < 0.3
    there = determination(x[~gaps], classes[~gaps], False)
    assert determination(x.mask(gaps), classes, False) == pytest.approx(there)
    assert determination(pd.Series([np.nan] * 60), classes, False) == 0


def test_nothing_is_told_by_constants_names_and_the_order_of_the_file(classes):
    assert determination(pd.Series(np.ones(60)), classes, False) == 0
    assert determination(pd.Series(pd.Categorical([f"n{k}" for k in range(60)])), classes, False) == 0
    y = np.sort(classes)
    mostly_zero = np.r_[np.zeros(45), np.arange(1, 16.0)]  # the rows of one value are in the order of the classes
    assert determination(pd.Series(mostly_zero), y, False) < 0.9
    assert determination(pd.Series(np.arange(60)), np.zeros(60, dtype=int), False) == 0
