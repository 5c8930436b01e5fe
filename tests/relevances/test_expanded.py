"""Columns of labels written as one column for each of them."""

import numpy as np
import pytest

from infsel.relevances._expanded import expanded, sizes_of
from infsel.tables import MixedTable

KINDS = np.array(["numeric", "boolean", "nominal", "numeric"])


@pytest.fixture
def numbers(rng):
    X = np.column_stack([rng.normal(size=60), rng.integers(0, 2, 60), rng.integers(0, 3, 60), rng.normal(size=60)])
    X[rng.random(X.shape) < 0.2] = np.nan
    X[:, 3] = np.arange(60)
    return X


def test_a_label_is_a_column_with_the_gaps_of_all(numbers):
    X = MixedTable(numbers, KINDS)
    table, owner = expanded(X)
    np.testing.assert_array_equal(np.bincount(owner), sizes_of(X))
    assert owner.tolist() == [0, 1, 2, 2, 2, 3]
    labels = table.numbers[:, 2:5]
    assert (np.isnan(labels).any(axis=1) == np.isnan(numbers[:, 2])).all()
    assert set(np.nansum(labels, axis=1)) == {0.0, 1.0}  # 0 in a gap


def test_informative_gaps_are_columns_of_their_own(numbers):
    X = MixedTable(numbers, KINDS, informative=True)
    table, owner = expanded(X)
    np.testing.assert_array_equal(np.bincount(owner), sizes_of(X))
    assert owner.tolist() == [0, 0, 1, 1, 2, 2, 2, 2, 3]
    np.testing.assert_array_equal(table.numbers[:, 1], np.isnan(numbers[:, 0]))
    np.testing.assert_array_equal(table.numbers[:, 4:8].sum(axis=1), np.ones(60))


def test_labels_that_nobody_has_are_a_constant(numbers):
    numbers[:, 2] = np.nan
    assert expanded(MixedTable(numbers, KINDS))[1].tolist() == [0, 1, 2, 3]
    assert sizes_of(MixedTable(numbers, KINDS)).tolist() == [1, 1, 1, 1]
