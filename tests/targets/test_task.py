"""What is a class and what is a number: the rule, its laws, and the targets it was measured on."""

from decimal import Decimal

import naive
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_diabetes, load_digits, load_wine

from infsel.targets import is_continuous, read_target

# classes and how often each occurs, of published tables with more than ten
MANY_CLASSES = {
    "coil20": [72] * 20,
    "isolet": [60] * 26,
    "libras": [24] * 15,
    "orl": [10] * 40,
    "soybean": [91, 44, 20, 20, 92, 44, 20, 14, 15, 20, 20, 91, 8, 20, 88, 20, 20, 20, 16],
    "arrhythmia": [245, 44, 15, 15, 13, 25, 3, 2, 9, 50, 4, 5, 22],
    "primary tumor": [84, 20, 9, 14, 39, 1, 14, 6, 2, 28, 16, 7, 24, 2, 1, 10, 29, 6, 2, 1, 24],
}
RINGS = [
    1,
    1,
    15,
    57,
    115,
    259,
    391,
    568,
    689,
    634,
    487,
    267,
    203,
    126,
    103,
    67,
    58,
    42,
    32,
    26,
    14,
    6,
    9,
    2,
    1,
    1,
    2,
    1,
]


@settings(deadline=None)
@given(st.lists(st.integers(-20, 20), min_size=2, max_size=80), st.randoms(use_true_random=False))
def test_the_rule_is_its_definition_with_and_without_weights(values, random):
    weights = [random.randint(1, 4) for _ in values]
    assert is_continuous(values) == naive.is_continuous(values)
    expected = naive.is_continuous(values, weights)
    assert is_continuous(values, np.array(weights, dtype=float)) == expected
    assert is_continuous(np.repeat(values, weights)) == expected
    assert is_continuous(random.sample(values, len(values))) == is_continuous(values)
    assert is_continuous([7 - 3 * value for value in values]) == is_continuous(values)


@pytest.mark.parametrize("name", MANY_CLASSES)
def test_classes_stay_classes_in_every_fold(name, rng):
    labels = np.repeat(np.arange(len(MANY_CLASSES[name])), MANY_CLASSES[name])
    assert not is_continuous(labels)
    assert not is_continuous(rng.permutation(labels)[: len(labels) * 4 // 5])
    if len(labels) >= 10 * len(MANY_CLASSES[name]):  # five of each and more are left
        for _ in range(20):
            assert not is_continuous(rng.permutation(labels)[: len(labels) // 2])
    assert not is_continuous(labels * 1000 + 7)
    assert not is_continuous(np.where(labels == 3, 99999, labels))  # a code of its own kind is no tail


def test_few_values_are_classes(rng):
    for y in (load_digits().target, load_wine().target, rng.integers(1, 11, 3000), rng.binomial(9, 0.5, 3000)):
        assert not is_continuous(y)


@pytest.mark.parametrize("n_samples", [100, 300, 1000, 3000, 10000])
def test_counts_are_numbers(n_samples, rng):
    drawn = [rng.poisson(mean, n_samples) for mean in (5, 10, 20, 50, 200)]
    drawn += [rng.negative_binomial(5, 5 / (5 + mean), n_samples) for mean in (5, 20, 50)]
    drawn += [rng.normal(0, 5, n_samples).round(), rng.binomial(100, 0.1, n_samples)]
    for counts in drawn:
        assert is_continuous(counts) == (len(np.unique(counts)) > 10)
        assert is_continuous(counts.astype(object)) == is_continuous(counts)


def test_measurements_in_whole_numbers_are_numbers():
    assert is_continuous(load_diabetes().target)
    assert is_continuous(np.repeat(np.arange(len(RINGS)), RINGS))


@pytest.mark.parametrize(
    "y",
    [
        np.arange(40).astype(str),
        np.arange(40).astype(str).astype(object),
        pd.Series(np.arange(40), dtype="category"),
        np.arange(40) % 2 == 0,
    ],
)
def test_text_categories_and_booleans_never_are(y):
    assert not is_continuous(y)


def test_fractions_of_any_type_always_are():
    for y in ([0.5, 1, 2], [Decimal("0.5"), 1, 2], np.float32([0.5, 1, 2]), [0, 0, np.float64(0.5)]):
        assert is_continuous(y)


def test_several_outputs_are_asked_one_by_one():
    with pytest.raises(ValueError, match="y has 2 columns: ask for one after the other"):
        is_continuous(np.zeros((4, 2)))
    y = np.c_[np.arange(30), np.arange(30) % 3, np.zeros(30)]
    target = read_target(y, np.ones(30))
    assert target.task == ("regression", "classification", "classification")
    assert read_target(y[:, :1], np.ones(30)).task == "regression"
