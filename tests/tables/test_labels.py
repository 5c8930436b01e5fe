"""Labels whose names decide nothing, rare ones that are one, and what tells samples with gaps apart."""

import numpy as np
import pytest

from infsel.tables import DenseTable, MixedTable, canonical


def of(*columns, kinds=None, **settings):
    numbers = np.array(columns, dtype=float).T
    return MixedTable(numbers, np.full(len(columns), "nominal") if kinds is None else np.array(kinds), **settings)


def test_labels_that_one_sample_has_become_one():
    found = of([5, 5, 7, 8, 9, 9, np.nan]).with_few_labels().numbers[:, 0]
    assert found[0] == found[1]
    assert found[2] == found[3]
    assert len({found[0], found[2], found[4]}) == 3
    assert np.isnan(found[6])
    assert not of(np.arange(9)).with_few_labels().varying()[0]


def test_weights_say_which_labels_are_rare():
    weighted = of([5, 7, 8, 9], weights=np.array([2.0, 1, 1, 3])).with_few_labels().numbers[:, 0]
    assert len(set(weighted)) == 3
    assert weighted[1] == weighted[2]


def test_of_more_labels_than_256_equally_rare_ones_share_their_fate():
    sizes = np.r_[np.full(250, 9), np.full(20, 3)]
    table = of(np.repeat(np.arange(270), sizes)).with_few_labels()
    assert table.n_labels()[0] == 251
    np.testing.assert_array_equal(np.sort(np.bincount(table.numbers[:, 0].astype(int)))[-1:], 60)
    sizes[:10] = 3
    assert of(np.repeat(np.arange(270), sizes)).with_few_labels().n_labels()[0] == 241


def test_informative_gaps_of_labels_are_a_label_and_of_equal_numbers_a_boolean():
    table = of([1, 1, 2, 2, np.nan, np.nan], [4, 4, 4, 4, 4, np.nan], kinds=["nominal", "numeric"], informative=True)
    found = table.with_few_labels()
    assert found.n_labels().tolist() == [3, 0]
    assert found.kinds.tolist() == ["nominal", "boolean"]
    assert found.numbers[:, 1].tolist() == [0, 0, 0, 0, 0, 1]
    assert not found.missing.any()


def test_numbers_without_gaps_are_a_plain_table():
    assert isinstance(of([1, 2, 3], kinds=["numeric"]).with_few_labels(), DenseTable)


@pytest.mark.parametrize("weights", [None, np.arange(1.0, 61)])
def test_places_and_contents_do_not_know_the_names_of_labels(rng, weights):
    a, x = rng.integers(0, 5, 60), rng.normal(size=60)
    x[:5] = a[3:9].mean()
    gaps = np.where(np.arange(60) < 7, np.nan, x)
    kinds = ["nominal", "numeric"]
    one, other = (of(codes, gaps, kinds=kinds, weights=weights) for codes in (a, np.array([3, 1, 4, 0, 2])[a]))
    np.testing.assert_array_equal(one.places(), other.places())
    assert (one.places()[1, :7] == 0.5).all()
    w = np.ones(60) if weights is None else weights
    sizes = np.bincount(a, w)
    assert np.average(one.places()[0], weights=w) == pytest.approx(0.5)
    assert sizes[a[one.places()[0].argmin()]] == sizes.max()  # the most frequent comes first


def test_contents_are_equal_where_samples_are():
    table = of([0, 0, 1, np.nan, np.nan], [1, 1, 1, np.nan, 2])
    found = table.contents()
    assert found[0] == found[1]
    assert len(set(found)) == 4


def test_majority_is_among_what_is_there():
    table = of([0, 0, 1, np.nan], [1, 2, np.nan, np.nan], [5, 5, 5, 6], kinds=["nominal", "numeric", "numeric"])
    np.testing.assert_allclose(table.majority(), [2 / 3, 0, 3 / 4])


def test_canonical_numbers_follow_the_first_appearance():
    assert canonical(np.array([7, 3, -1, 7, 9])).tolist() == canonical(np.array([1, 2, -1, 1, 0])).tolist()
    assert canonical(np.array([7, 3, 7])).tolist() == [0, 1, 0]
