"""Columns with gaps and labels, known by how far any two are associated."""

import itertools

import naive
import numpy as np
import pandas as pd
import pytest

from infsel.embeddings import _associated, debiased_squares, gram, lift, project, squared_norms, standard_errors
from infsel.tables import DenseTable, MixedTable


@pytest.fixture
def numbers():
    """Numbers, labels of few and of many kinds, a column that few samples have, and one that is constant."""
    rng = np.random.default_rng(3)
    X = rng.normal(size=(50, 10)).round(1)
    X[:, 1] += X[:, 0]
    X[:, 4], X[:, 5] = rng.integers(0, 3, 50), rng.integers(0, 20, 50)
    X[:, 6] = (X[:, 4] + (rng.random(50) < 0.3)) % 4
    X[rng.random(X.shape) < 0.2] = np.nan
    X[:42, 7], X[:, 8] = np.nan, np.where(np.isnan(X[:, 8]), np.nan, 2.0)
    X[:, 9] = X[:, 4] + rng.normal(size=50)
    X[:, 2] = rng.normal(size=50)
    return X


KINDS = np.array(
    ["numeric", "numeric", "numeric", "numeric", "nominal", "nominal", "nominal", "numeric"] + ["numeric"] * 2
)
NOMINAL = KINDS == "nominal"
VARYING = np.arange(10) != 8


def associations(table, correlation="pearson"):
    Z = table.correlating(correlation)
    return gram(Z, Z)


@pytest.mark.parametrize("correlation", ["pearson", "spearman"])
def test_products_are_the_definition_pair_by_pair(numbers, correlation):
    values = naive.with_pooled(numbers, NOMINAL)
    values = naive.ranks_of_present(values, NOMINAL) if correlation == "spearman" else values
    expected = naive.association(values, NOMINAL)
    expected[8, 8] = 0
    np.testing.assert_allclose(associations(MixedTable(numbers, KINDS), correlation), expected, atol=1e-12)
    assert np.abs(expected[np.ix_(NOMINAL, ~NOMINAL)]).max() > 0.4


@pytest.mark.parametrize("informative", [False, True])
def test_information_is_the_definition_pair_by_pair(numbers, informative):
    filled = np.where(np.isnan(numbers) & NOMINAL, 30, numbers) if informative else numbers
    bins = naive.bins_of_present(naive.with_pooled(filled, NOMINAL), NOMINAL, 5)
    bins = np.where(np.isnan(bins), 30, bins) if informative else bins
    found = associations(MixedTable(numbers, KINDS, informative), "mutual-information")
    for i, j in itertools.combinations(range(10), 2):
        expected = naive.normalized_information(bins[:, i], bins[:, j], np.ones(50))
        assert found[i, j] == pytest.approx(0 if np.isnan(expected) else max(expected, 0), abs=1e-12)
    assert found[0, 1] > 0.1


def test_information_of_a_plain_table_is_that_of_its_bins(numbers):
    x = np.column_stack([numbers[:, 2], np.round(numbers[:, 2]), np.arange(50.0)])
    plain, mixed = (associations(table, "mutual-information") for table in (DenseTable(x), MixedTable(x)))
    np.testing.assert_allclose(plain, mixed)
    with_gap = associations(MixedTable(np.column_stack([x, numbers[:, 0]])), "mutual-information")
    np.testing.assert_allclose(with_gap[:3, :3], plain, atol=1e-14)


@pytest.mark.parametrize("cells", [0, 2**16])
def test_tables_of_counts_are_the_same_label_by_label(numbers, cells, monkeypatch):
    monkeypatch.setattr("infsel.embeddings._labels._CELLS", cells)
    labels = naive.with_pooled(numbers[:, NOMINAL], np.ones(3, dtype=bool))
    expected = naive.association(labels, np.ones(3, dtype=bool))
    np.testing.assert_allclose(associations(MixedTable(labels, KINDS[NOMINAL])), expected, atol=1e-12)


def test_numbers_with_gaps_are_those_of_pandas(numbers):
    numbers = numbers[:, ~NOMINAL & VARYING]
    expected = pd.DataFrame(numbers).corr(min_periods=10).fillna(0).to_numpy() + np.diag([0, 0, 0, 0, 1, 0])
    np.testing.assert_allclose(associations(MixedTable(numbers)), expected, atol=1e-12)


def test_ranks_are_those_of_pandas_where_both_have_the_same_gaps(numbers):
    numbers[:, 3] = np.where(np.isnan(numbers[:, 0]), np.nan, numbers[:, 2])
    found = associations(MixedTable(numbers[:, [0, 3]]), "spearman")
    np.testing.assert_allclose(found, pd.DataFrame(numbers[:, [0, 3]]).corr("spearman"), atol=1e-12)


@pytest.mark.parametrize("gappy", [0.02, 0.7])
def test_few_and_many_gaps(gappy):
    """Lists hold the samples that lack a column, or those that have it."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(90, 6)) + rng.normal(size=(90, 1))
    X[:, 4:] = rng.integers(0, 3, (90, 2))
    X[:, :5][rng.random((90, 5)) < gappy] = np.nan
    nominal = np.arange(6) > 3
    kinds = np.where(nominal, "nominal", "numeric")
    np.testing.assert_allclose(associations(MixedTable(X, kinds)), naive.association(X, nominal), atol=1e-12)


@pytest.mark.parametrize("entries", [4, 2**22])
def test_blocks_of_any_columns_are_those_of_the_whole(numbers, entries, monkeypatch):
    Z = MixedTable(numbers, KINDS).correlating("pearson")
    whole = gram(Z, Z)
    monkeypatch.setattr("infsel.embeddings._labels._ENTRIES", entries)
    for rows, columns in (
        (slice(2, 7), slice(0, 5)),
        (np.array([9, 4, 0]), np.array([1, 6])),
        (slice(4, 7), slice(0, 3)),
    ):
        np.testing.assert_allclose(gram(Z[rows], Z[columns]), whole[rows][:, columns], atol=1e-14)
    part = MixedTable(numbers, KINDS).columns(np.array([0, 4, 9]))
    np.testing.assert_allclose(associations(part), whole[np.ix_([0, 4, 9], [0, 4, 9])], atol=1e-14)


def test_products_with_vectors_are_those_of_the_products_of_rows(numbers, monkeypatch):
    monkeypatch.setattr(_associated, "_WIDTH", 3)
    Z = MixedTable(numbers, KINDS).correlating("pearson")[np.arange(1, 10)] * 2
    x = np.arange(9.0)
    np.testing.assert_allclose(lift(Z, project(Z, x)), gram(Z, Z) @ x, atol=1e-12)
    np.testing.assert_allclose(squared_norms(Z), 4.0 * VARYING[1:])


@pytest.mark.parametrize("informative", [False, True])
@pytest.mark.parametrize("correlation", ["pearson", "spearman", "mutual-information"])
def test_weights_are_repeated_samples(numbers, correlation, informative):
    weights = np.random.default_rng(1).integers(1, 4, len(numbers))
    weighted = MixedTable(numbers, KINDS, informative, weights.astype(float))
    repeated = MixedTable(np.repeat(numbers, weights, axis=0), KINDS, informative)
    np.testing.assert_allclose(associations(weighted, correlation), associations(repeated, correlation), atol=1e-12)


def test_weights_that_are_no_whole_numbers(numbers):
    numbers[:, 3], weights = np.nan, np.random.default_rng(1).random(50) + 0.5
    expected = naive.association(naive.with_pooled(numbers, NOMINAL, weights), NOMINAL, weights)
    expected[3, 3] = expected[8, 8] = 0
    found = associations(MixedTable(numbers, KINDS, weights=weights))
    np.testing.assert_allclose(found, expected, atol=1e-12)
    information = associations(MixedTable(numbers, KINDS, weights=weights), "mutual-information")
    pair = naive.normalized_information(numbers[:, 4], numbers[:, 6], weights)
    assert information[4, 6] == pytest.approx(pair)


@pytest.mark.parametrize("informative", [False, True])
def test_names_of_labels_and_the_order_of_samples_and_columns_do_not_matter(numbers, informative):
    expected = associations(MixedTable(numbers, KINDS, informative))
    renamed = numbers.copy()
    renamed[:, 5] = (7 * numbers[:, 5] + 3) % 20
    renamed[:, 4] = np.where(numbers[:, 4] == 0, 9, numbers[:, 4])
    rng = np.random.default_rng(2)
    rows, columns = rng.permutation(50), rng.permutation(10)
    found = associations(MixedTable(renamed[rows][:, columns], KINDS[columns], informative))
    np.testing.assert_allclose(found, expected[np.ix_(columns, columns)], atol=1e-12)


def test_copies_relate_by_one(numbers):
    labels = numbers[:, 4]
    X = np.column_stack([numbers[:, 0], -3 * numbers[:, 0] + 2, labels, 2 - labels, np.minimum(labels, 1)])
    found = associations(MixedTable(X, np.array(["numeric"] * 2 + ["nominal"] * 3)))
    np.testing.assert_allclose([found[0, 1], found[2, 3]], [-1, 1], atol=1e-14)
    assert found[0, 2] < 0.9


def test_labels_that_are_all_different_tell_nothing(numbers):
    X = np.column_stack([np.arange(50.0), numbers[:, 2], numbers[:, 4]])
    Z = MixedTable(X, np.array(["nominal", "numeric", "nominal"])).correlating("pearson")
    np.testing.assert_array_equal(gram(Z, Z)[0], [0, 0, 0])
    np.testing.assert_array_equal(gram(Z.presuming(0.5), Z)[0], [0, 0, 0])  # which is known, as of a constant


def test_without_gaps_and_labels_they_are_those_of_the_plain_table(numbers):
    X = np.column_stack([numbers[:, 2], np.exp(numbers[:, 2]) + np.sin(np.arange(50))])
    for correlation in ("pearson", "spearman"):
        plain = DenseTable(X).correlating(correlation)
        np.testing.assert_array_equal(MixedTable(X).correlating(correlation), plain)
        # a gap elsewhere does not touch them
        mixed = MixedTable(np.column_stack([X, numbers[:, 0]])).correlating(correlation)
        np.testing.assert_allclose(gram(mixed, mixed)[:2, :2], plain @ plain.T, atol=1e-14)


def test_informative_gaps_are_a_second_dimension(numbers):
    found = associations(MixedTable(numbers, KINDS, informative=True))
    for i, j in ((0, 1), (0, 2), (3, 7), (1, 3)):
        assert found[i, j] == pytest.approx(naive.informed_association(numbers, i, j), abs=1e-12)
    assert found[8, 8] == 1  # its gaps vary


def test_mirrored_values_of_which_half_are_gaps_do_not_leave_their_sign_to_round_off(rng):
    for _ in range(20):
        x = np.where(rng.permutation(20) < 10, np.nan, rng.normal(size=20))
        found = associations(MixedTable(np.column_stack([x, -x]), informative=True))
        np.testing.assert_allclose(found, 1, atol=1e-12)


def test_an_informative_gap_is_a_label(numbers):
    filled = np.where(np.isnan(numbers) & NOMINAL, 30, numbers)[:, NOMINAL | (np.arange(10) == 2)]
    kinds = np.array(["numeric"] + ["nominal"] * 3)
    informed = associations(MixedTable(numbers[:, [2, 4, 5, 6]], kinds, informative=True))
    np.testing.assert_allclose(informed, associations(MixedTable(filled, kinds)), atol=1e-12)


def test_what_labels_tell_of_informative_gaps():
    rng = np.random.default_rng(0)
    label, x = rng.integers(0, 3, 60).astype(float), rng.normal(size=60)
    x[label == 0] = np.nan
    found = associations(MixedTable(np.column_stack([label, x]), np.array(["nominal", "numeric"]), informative=True))
    values = np.where(np.isnan(x), np.nanmean(x), x)
    g = np.isnan(x).mean()
    parts = [max(naive.epsilon_squared(label, v, np.ones(60)), -1) for v in (values, np.isnan(x) * 1.0)]
    weight = 4 * g * (1 - g)
    assert found[0, 1] == pytest.approx(np.sqrt((parts[0] + weight * parts[1]) / min(1 + weight, 2)))


@pytest.mark.parametrize("informative", [False, True])
def test_squares_of_independent_columns_have_mean_zero(informative):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(40, 200))
    kinds = np.where(np.arange(200) % 2, "nominal", "numeric")
    X[:, kinds == "nominal"] = rng.integers(0, 6, (40, 100))
    X[rng.random(X.shape) < 0.2] = np.nan
    Z = MixedTable(X, kinds, informative).correlating("pearson")
    squares = gram(Z.read_as(debiased_squares), Z)
    for rows, columns in (
        (slice(0, None, 2), slice(0, None, 2)),
        (slice(0, None, 2), slice(1, None, 2)),
        (slice(1, None, 2),) * 2,
    ):
        block = squares[rows, columns]
        off = block[~np.eye(100, dtype=bool)] if rows == columns else block.ravel()
        assert abs(off.mean()) < 0.1 * off.std()


def test_standard_errors_are_as_rare_as_those_of_a_normal_number():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 160))
    kinds = np.where(np.arange(160) % 2, "nominal", "numeric")
    X[:, kinds == "nominal"] = rng.integers(0, 5, (200, 80))
    X[rng.random(X.shape) < 0.1] = np.nan
    Z = MixedTable(X, kinds).correlating("pearson").read_as(standard_errors)
    above = (gram(Z, Z) > 2) & ~np.eye(160, dtype=bool)
    for rows, columns in ((0, 0), (0, 1), (1, 1)):
        assert above[rows::2, columns::2].mean() == pytest.approx(0.0455, abs=0.01)
    assert (gram(Z, Z) >= 0).all()


def test_single_precision_stays(numbers):
    found = associations(MixedTable(numbers.astype(np.float32), KINDS))
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, associations(MixedTable(numbers, KINDS)), atol=1e-5)


def test_huge_and_tiny_numbers_and_large_means(numbers):
    X = numbers[:, [0, 1, 2, 3]]
    scaled = X * [1e200, 1e-200, 1.0, 1.0] + [0, 0, 1e6, 0]
    np.testing.assert_allclose(associations(MixedTable(scaled)), associations(MixedTable(X)), atol=1e-9)


def test_what_does_not_vary_in_common_is_not_known():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=60), rng.normal(size=60)
    x[:30], y[40:] = 0.1, np.nan
    x[30:40] = 0.1
    Z = MixedTable(np.column_stack([x, y])).correlating("pearson").presuming(0.5)
    assert gram(Z, Z)[0, 1] == 0.5
