"""Bins of columns with gaps and of labels, and columns that say the same."""

import naive
import numpy as np
import pytest

from infsel.tables import DenseTable, MixedTable

NOMINAL = np.array(["nominal"])


@pytest.mark.parametrize("bins", [4, 256])
def test_numbers_are_binned_among_what_is_there(bins, rng):
    X = rng.normal(size=(50, 3)).round(1)
    X[rng.random(X.shape) < 0.3] = np.nan
    found = MixedTable(X).binned(bins)
    for x, codes in zip(X.T, found, strict=True):
        there = ~np.isnan(x)
        np.testing.assert_array_equal(codes[there], naive.bins(x[there], bins))
        assert (codes[~there] == bins).all()


def test_few_labels_are_the_bins_of_the_same_numbers(rng):
    x = rng.integers(0, 4, (30, 1)).astype(float)
    np.testing.assert_array_equal(MixedTable(x, NOMINAL).binned(5), DenseTable(x).binned(5))


def test_a_gap_is_the_last_bin(rng):
    x = rng.integers(0, 3, (30, 1)).astype(float)
    x[:4] = np.nan
    for informative in (False, True):
        assert (MixedTable(x, NOMINAL, informative).binned(5)[0, :4] == 3).all()
    assert (MixedTable(np.full((3, 1), np.nan)).binned(5) == 0).all()


def test_copies_have_the_same_gaps_and_labels_any_names(rng):
    X = rng.normal(size=(30, 8))
    X[:, 4] = rng.integers(0, 3, 30)
    X[:, 5] = np.array([2, 0, 1])[X[:, 4].astype(int)]  # labels of other names
    X[:, 6] = X[:, 4]  # the same as numbers
    X[:, 1] = 3 - 2 * X[:, 0]
    X[:, 2] = X[:, 0]
    X[:5, [0, 1]] = np.nan
    kinds = np.where(np.isin(np.arange(8), [4, 5]), "nominal", "numeric")
    assert MixedTable(X, kinds).originals().tolist() == [0, 0, 2, 3, 4, 4, 6, 7]
    assert MixedTable(X[:, [3, 7, 3]]).originals().tolist() == [0, 1, 0]


def test_two_labels_are_two_numbers(rng):
    X = rng.integers(0, 2, (20, 1)).astype(float) * [1, -3]
    X[:, 0] = 1 - X[:, 0]
    assert MixedTable(X, np.array(["nominal", "numeric"])).originals().tolist() == [0, 0]
