"""Labels whose names decide nothing, rare ones that are one, and what tells samples with gaps apart."""

import naive
import numpy as np
import pytest

from infsel.tables import MixedTable, canonical, indicators, pool_numbers


def of(*columns, kinds=None, **settings):
    numbers = np.array(columns, dtype=float).T
    return MixedTable(numbers, np.full(len(columns), "nominal") if kinds is None else np.array(kinds), **settings)


def pooled(labels, weights):
    return pool_numbers(np.bincount(labels, weights))[labels]


def test_labels_that_one_sample_has_become_one():
    found = of([5, 5, 7, 8, 9, 9, np.nan]).pooled().numbers[:, 0]
    assert found[0] == found[1]
    assert found[2] == found[3]
    assert len({found[0], found[2], found[4]}) == 3
    assert np.isnan(found[6])
    assert not of(np.arange(9)).pooled().varying()[0]


def test_weights_say_which_labels_are_rare():
    weighted = of([5, 7, 8, 9], weights=np.array([2.0, 1, 1, 3])).pooled().numbers[:, 0]
    assert len(set(weighted)) == 3
    assert weighted[1] == weighted[2]


def test_informative_gaps_of_labels_are_a_label_and_of_equal_numbers_a_boolean():
    table = of([1, 1, 2, 2, np.nan, np.nan], [4, 4, 4, 4, 4, np.nan], kinds=["nominal", "numeric"], informative=True)
    found = table.pooled()
    assert found.n_labels().tolist() == [3, 0]
    assert found.kinds.tolist() == ["nominal", "boolean"]
    assert found.numbers[:, 1].tolist() == [0, 0, 0, 0, 0, 1]
    assert not found.missing.any()


def same_partition(a, b):
    """Whether two lists of names are the same but for what is called what."""
    return len(set(zip(a, b, strict=True))) == len(set(a)) == len(set(b))


def many(*sizes):
    return np.repeat(np.arange(sum(n for n, _ in sizes)), np.repeat(*np.transpose([(size, n) for n, size in sizes])))


@pytest.mark.parametrize(
    ("labels", "n_left"),
    [
        (many((6, 4), (3, 1)), 7),
        (many((9, 1)), 1),
        (many((190, 6), (10, 3)), 200),
        (many((190, 6), (10, 3), (1, 1)), 191),
        (many((250, 9), (5, 7)), 255),
        (many((250, 9), (5, 7), (1, 1)), 251),
        (many((250, 9), (20, 7)), 251),
        (many((300, 9)), 1),
    ],
)
def test_labels_are_pooled_by_their_definition(labels, n_left, rng):
    labels, weights = rng.permutation(labels), np.ones(len(labels))
    found = pooled(labels, weights)
    assert same_partition(found.tolist(), naive.pooled(labels.tolist()))
    assert set(found) == set(range(n_left))
    np.testing.assert_array_equal(pooled(found, weights), found)


@pytest.mark.parametrize("n_labels", [12, 230])
def test_names_of_labels_and_the_order_of_samples_change_no_pool(n_labels, rng):
    labels, names = rng.integers(0, n_labels, 3 * n_labels), rng.permutation(n_labels)
    weights = rng.integers(1, 3, len(labels))
    found, order = pooled(labels, weights), rng.permutation(len(labels))
    assert same_partition(found.tolist(), naive.pooled(labels.tolist(), weights))
    assert same_partition(pooled(names[labels], weights).tolist(), found.tolist())
    assert same_partition(pooled(labels[order], weights[order]).tolist(), found[order].tolist())
    repeated = pooled(np.repeat(labels, weights), np.ones(weights.sum()))
    np.testing.assert_array_equal(repeated, np.repeat(found, weights))


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


def test_indicators_say_who_has_which_label():
    found = indicators(np.array([True, False, True]), np.array([1, 0]))
    np.testing.assert_array_equal(found, [[0, 1], [np.nan, np.nan], [1, 0]])
    np.testing.assert_array_equal(indicators(np.zeros(2, dtype=bool), np.zeros(0, dtype=int)), [[np.nan], [np.nan]])
