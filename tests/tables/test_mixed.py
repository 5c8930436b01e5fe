"""Tables with gaps and labels: statistics of one column are those of the samples that have it."""

import numpy as np
import pandas as pd
import pytest

from infsel.tables import DenseTable, MixedTable, in_memory


@pytest.fixture
def numbers():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 5)).round(1)
    X[rng.random(X.shape) < 0.2] = np.nan
    X[:, 3] = np.where(np.isnan(X[:, 3]), np.nan, rng.integers(0, 3, 60))
    X[:, 4] = rng.normal(size=60)
    return X


KINDS = np.array(["numeric", "numeric", "boolean", "nominal", "numeric"])
PLAIN = [0, 1, 2, 4]


def test_statistics_of_a_column_are_those_of_its_present_samples(numbers):
    table, frame = MixedTable(numbers[:, PLAIN]), pd.DataFrame(numbers[:, PLAIN])
    np.testing.assert_allclose(table.standard_deviation(), frame.std(ddof=0))
    np.testing.assert_allclose(table.ranks(), frame.rank())
    np.testing.assert_array_equal(table.extremes(), [frame.min(), frame.max()])
    present = table.standardized()[0][~table.missing[:, 0]]
    np.testing.assert_allclose([present.mean(), present.std()], [0, 1], atol=1e-12)
    assert (table.standardized().T[table.missing] == 0).all()


def test_labels_are_as_dispersed_as_columns_of_zeros_and_ones():
    column = np.array([[0.0], [1.0], [1.0], [1.0]])
    spread = MixedTable(column, np.array(["nominal"])).standard_deviation()
    np.testing.assert_allclose(spread, DenseTable(column).standard_deviation())


@pytest.mark.parametrize("informative", [False, True])
def test_weights_are_repeated_samples(numbers, informative):
    weights = np.random.default_rng(1).integers(1, 4, len(numbers))
    weighted = MixedTable(numbers, KINDS, informative, weights.astype(float))
    repeated = MixedTable(np.repeat(numbers, weights, axis=0), KINDS, informative)
    np.testing.assert_allclose(weighted.standard_deviation(), repeated.standard_deviation())


def test_a_gap_is_a_value_where_it_is_informative():
    column = np.array([[1.0], [np.nan], [1.0]])
    assert not MixedTable(column).varying()[0]
    assert MixedTable(column, informative=True).varying()[0]
    assert not MixedTable(np.full((3, 1), np.nan), informative=True).varying()[0]


def test_numbers_that_are_not_all_there_are_not_handed_out(numbers):
    table = MixedTable(numbers, KINDS, names=np.array(list("abcde")))
    assert in_memory(table) is table
    with pytest.raises(ValueError, match=r"column 'd' holds labels and column 'a' has gaps.*OneHotEncoder.*SimpleImp"):
        table.array  # noqa: B018
    with pytest.raises(ValueError, match=r"knockoffs needs a table of numbers without gaps: column 'd'"):
        table.require_plain("knockoffs")
    with pytest.raises(ValueError, match=r"what needs numbers.*'d' holds labels"):
        table.unit_columns()
    DenseTable(np.ones((2, 2))).require_plain("knockoffs")


def test_parts_keep_what_they_are(numbers):
    table = MixedTable(numbers, KINDS, True, np.arange(1.0, 61), np.array(list("abcde")))
    part = table.columns(np.array([1, 3])).rows(np.arange(10))
    assert part.kinds.tolist() == ["numeric", "nominal"]
    assert part.informative
    assert part.names.tolist() == ["b", "d"]
    np.testing.assert_array_equal(part.numbers, numbers[:10, [1, 3]])
    np.testing.assert_array_equal(part.weights, np.arange(1.0, 11))


def test_sums_in_gaps_are_over_the_samples_that_lack_a_column(rng):
    X, values = rng.normal(size=(40, 3)), rng.normal(size=(2, 40))
    X[rng.random(X.shape) < 0.4] = np.nan
    expected = [[v[np.isnan(x)].sum() for v in values] for x in X.T]
    np.testing.assert_allclose(MixedTable(X).sums_in_gaps(values), expected, atol=1e-13)


def test_a_part_of_a_pooled_table_knows_its_labels(rng):
    X, kinds = rng.integers(0, 30, (80, 4)) * 1.0, np.array(["nominal", "numeric", "nominal", "nominal"])
    X[rng.random(X.shape) < 0.2] = np.nan
    for informative in (False, True):
        pooled = MixedTable(X, kinds, informative).pooled()
        anew = MixedTable(pooled.numbers, kinds, informative)
        part = pooled.columns(np.array([2, 1]))
        for column, whole in ((0, 2), (1, 1)):
            np.testing.assert_array_equal(part.label_codes()[column], anew.label_codes()[whole])
