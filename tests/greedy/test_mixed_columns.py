"""What models see of columns with gaps and labels, and which of them say the same."""

import naive
import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats.contingency import association, crosstab

from infsel.greedy._associations import repeats_of_blocks
from infsel.greedy._mixed_columns import MixedColumns, margins_of
from infsel.relevances import relief_margins
from infsel.tables import MixedTable

N = 60


def table(*columns, informative=False, weights=None):
    """Columns of numbers as arrays, of labels as lists of letters, None being a gap."""
    numbers = [
        [np.nan if x in (None, " ") else ord(x) if isinstance(x, str) else x for x in column] for column in columns
    ]
    kinds = ["nominal" if any(isinstance(x, str) for x in column) else "numeric" for column in columns]
    given = MixedTable(np.array(numbers, dtype=float).T, np.array(kinds), informative, weights)
    return given.pooled()


def columns_of(given, normal=False, y=None):
    return MixedColumns.of(given, normal, [np.zeros(len(given), dtype=int) if y is None else y], 5)


def rows_of(given, normal=False, l1=False, y=None):
    return columns_of(given, normal, y).rows(np.arange(given.shape[1]), False, l1)


def apart(rows, i, j, l1=False):
    return np.abs(rows[:, i] - rows[:, j]).sum() if l1 else np.square(rows[:, i] - rows[:, j]).sum()


LETTERS = "aabbbccccd a" * 5


def test_rows_of_labels_are_their_definition():
    weights = np.arange(1.0, N + 1)
    rows, owner = rows_of(table(LETTERS, weights=weights))
    expected = naive.label_rows([None if x == " " else x for x in LETTERS], weights, 1.0)
    assert owner.tolist() == [0] * 4
    np.testing.assert_allclose(np.sort(rows, axis=0), np.sort(expected, axis=0), atol=1e-12)


@pytest.mark.parametrize("normal", [False, True])
@pytest.mark.parametrize("l1", [False, True])
def test_two_labels_are_as_far_apart_as_a_boolean_says_and_gaps_at_the_mean(normal, l1):
    letters = "aab b" * 12
    numbers = [{"a": 0, "b": 1, " ": None}[x] for x in letters]
    (labels, _), (boolean, _) = (rows_of(table(column), normal, l1) for column in (letters, numbers))
    for i, j in [(0, 1), (0, 2)]:
        assert apart(labels, i, j, l1) == pytest.approx(apart(boolean, i, j, l1))
    np.testing.assert_array_equal(labels[:, 3], 0)
    np.testing.assert_array_equal(boolean[:, 3], 0)


def test_any_two_labels_are_equally_far_apart_and_weigh_as_ordered_values_do():
    rows, _ = rows_of(table(LETTERS.replace(" ", "a")), normal=True)
    distances = [apart(rows, *pair) for pair in ((0, 2), (0, 5), (2, 5), (2, 9), (9, 5))]
    np.testing.assert_allclose(distances, distances[0])
    shares = np.array([1, 3, 4, 4]) / 12
    z = ndtri(np.cumsum(shares) - shares / 2)
    assert np.square(rows).mean(axis=1).sum() == pytest.approx(shares @ z**2 - (shares @ z) ** 2)


def test_informing_gaps_are_as_far_from_others_as_those_from_each_other(rng):
    x, y = rng.normal(size=400), np.arange(400) % 2
    x[(y == 1) & (rng.random(400) < 0.8)] = np.nan
    given = MixedTable(x[:, np.newaxis], informative=True)
    rows, owner = rows_of(given, y=y)
    gap = np.isnan(x)
    assert owner.tolist() == [0, 0]
    assert np.square(rows).mean(axis=1).sum() == pytest.approx(1)
    D = np.square(rows[:, :, np.newaxis] - rows[:, np.newaxis]).sum(axis=0)
    assert D[np.ix_(gap, ~gap)].mean() == pytest.approx(1 + 1 / (1 - gap.mean()))
    assert D[np.ix_(~gap, ~gap)].mean() == pytest.approx(2)
    assert len(rows_of(given, y=rng.permutation(y))[0]) == 1  # a target that they say nothing of


def test_copies_have_the_same_gaps(rng):
    x = rng.normal(size=N).round(1)
    gappy = np.where(np.arange(N) < 9, np.nan, x)
    other = np.where(np.arange(N) < 8, np.nan, x)
    letters = LETTERS.replace(" ", "c")
    renamed = letters.translate(str.maketrans("abcd", "dbac"))
    boolean = [float(x in "ab") for x in letters]
    words = "".join("x" if flag else "y" for flag in boolean)
    given = table(x, gappy, 3 - 2 * gappy, other, letters, LETTERS, renamed, boolean, words)
    assert columns_of(given).originals().tolist() == [0, 1, 1, 3, 4, 5, 4, 7, 7]


def test_associations_are_correlation_correlation_ratio_and_cramers_v(rng):
    a = rng.integers(0, 3, N)
    b = np.where(rng.random(N) < 0.97, a, rng.integers(0, 4, N))
    x = a + 0.3 * rng.normal(size=N)
    letters = ["".join("pqrs"[k] for k in codes) for codes in (a, b)]
    given = table(letters[0], x, letters[1], -x + 0.1 * rng.normal(size=N))
    columns, order = columns_of(given), np.arange(4)
    copy_of, found = columns.repeats(order, order)
    eta = np.sqrt(sum((a == k).sum() * (x[a == k].mean() - x.mean()) ** 2 for k in range(3)) / (N * x.var()))
    cramer = association(crosstab(a, b).count, method="cramer")
    assert copy_of.tolist() == [-1, 0, 0, 1]
    np.testing.assert_allclose(found[1:], [eta, cramer, np.corrcoef(x, given.numbers[:, 3])[0, 1]], rtol=1e-5)


def test_associations_of_weighted_samples_are_those_of_repeated_ones(rng):
    letters, times = np.array(list(LETTERS)), rng.integers(1, 4, N)
    x = np.array([ord(letter) for letter in letters]) + 0.2 * rng.normal(size=N)
    x[:5] = np.nan
    order = np.arange(2)
    weighted = table("".join(letters), x, weights=times.astype(float))
    repeated = table("".join(np.repeat(letters, times)), np.repeat(x, times))
    a, b = (repeats_of_blocks(given, columns_of(given).scaled, order, order)[1] for given in (weighted, repeated))
    np.testing.assert_allclose(a, b, rtol=1e-5)


def test_margins_of_weighted_samples_are_those_of_repeated_ones(rng):
    numbers, informs = (
        np.where(rng.random((40, 3)) < 0.2, np.nan, rng.integers(0, 3, (40, 3))),
        np.array([False, True, False]),
    )
    kinds = np.array(["nominal", "numeric", "numeric"])
    y, times = rng.integers(0, 2, 40), rng.integers(1, 4, 40)
    repeated = MixedTable(np.repeat(numbers, times, axis=0), kinds)
    a = margins_of(MixedTable(numbers, kinds), [y], times.astype(float), 0.5, informs)
    b = margins_of(repeated, [np.repeat(y, times)], np.ones(times.sum()), 0.5, informs)
    np.testing.assert_allclose(a, b, atol=1e-12)


def test_margins_without_gaps_and_labels_are_the_plain_ones(rng):
    X, y = rng.normal(size=(40, 4)), rng.integers(0, 2, 40)
    plain = relief_margins(X, [y], np.ones(40), 0.5)
    np.testing.assert_allclose(
        margins_of(MixedTable(X), [y], np.ones(40), 0.5, np.zeros(4, dtype=bool)), plain, atol=1e-13
    )
