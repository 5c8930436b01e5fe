"""What labels explain, and what is left of it beyond chance."""

import naive
import numpy as np
import pytest
from scipy.stats.contingency import association

from infsel.statistics import Entropies, PresentEntropies, beyond_chance, cramers_v_squared, explained_by_labels, placed
from infsel.tables import MixedTable

N = 60


@pytest.fixture
def labels(rng):
    return rng.integers(0, 4, N)


@pytest.fixture
def y(rng, labels):
    return rng.normal(size=N) + labels % 2


def test_correlation_ratio_is_its_definition(labels, y, rng):
    weights = rng.integers(1, 4, N)
    expected = naive.eta_squared(y, labels)
    assert explained_by_labels(labels, y, np.ones(N)) == pytest.approx(expected)
    repeated = naive.eta_squared(np.repeat(y, weights), np.repeat(labels, weights))
    assert explained_by_labels(labels, y, weights) == pytest.approx(repeated)
    assert explained_by_labels(labels, np.ones(N), np.ones(N)) == 0


def test_cramers_v_is_that_of_scipy(labels, rng):
    codes = (labels + rng.integers(0, 2, N)) % 3
    table = np.zeros((4, 3), int)
    np.add.at(table, (labels, codes), 1)
    found = cramers_v_squared(labels, codes, np.ones(N))
    assert np.sqrt(found) == pytest.approx(association(table, method="cramer"))
    assert found == pytest.approx(naive.cramers_v_squared(labels, codes))
    assert cramers_v_squared(labels, labels % 2, np.ones(N)) == 1
    assert cramers_v_squared(np.zeros(N, int), codes, np.ones(N)) == 0


def test_labels_rate_as_numbers_that_are_as_rare():
    for share, degrees, usual, n_axes in (
        (0.5, 3, 1, 1),
        (0.9, 20, 1, 1),
        (0.3, 1, 1, 1),
        (0.4, 5, 2, 2),
        (0.2, 7, 3, 3),
    ):
        expected = naive.beyond_chance(share, 40, degrees, usual, n_axes)
        assert beyond_chance(share, 40, degrees, usual, n_axes) == pytest.approx(expected)
    assert beyond_chance(0.3, 40, 1) == 0.3  # two labels are a number
    assert beyond_chance(0.99, 40, 39) == 0
    assert beyond_chance(0.1, 40, 20) == 0
    shares = [beyond_chance(share, 5000, 20) for share in np.linspace(0, 1, 500)]  # with p-values that underflow
    assert (np.diff(shares) >= 0).all()
    assert shares[-1] == 1


def test_labels_that_know_nothing_are_distributed_as_numbers_that_do(rng):
    labels = [explained_by_labels(rng.permutation(N) % 20, rng.normal(size=N), np.ones(N)) for _ in range(2000)]
    numbers = np.square([np.corrcoef(rng.normal(size=(2, N)))[0, 1] for _ in range(2000)])
    found = [beyond_chance(share, N, 19) for share in labels]
    for level in (0.5, 0.9, 0.99):
        assert np.quantile(found, level) <= np.quantile(numbers, level) * 1.15
    assert np.quantile(found, 0.99) == pytest.approx(np.quantile(numbers, 0.99), rel=0.2)


def test_bins_beyond_the_free_ones_cost_what_chance_gives(rng):
    codes, y = np.array([rng.integers(0, n, N) for n in (3, 5, 12, 30)], np.uint8), rng.integers(0, 3, N)
    found = Entropies(codes, 5, y, np.ones(N))
    expected = [naive.information_of_labels(x, y, 5) for x in codes.tolist()]
    np.testing.assert_allclose(found.relevance, expected, atol=1e-13)
    for j in range(4):
        two = [naive.information_of_two(x, codes[j].tolist(), y, 5) for x in codes.tolist()]
        np.testing.assert_allclose(found.with_target(found.one(j)), two, atol=1e-13)
        np.testing.assert_allclose(found.given(found.one(j)), np.array(two) - expected[j], atol=1e-13)
        shared = [naive.information_between_labels(x, codes[j].tolist(), 5) for x in codes.tolist()]
        np.testing.assert_allclose(found.shared(found.one(j)), shared, atol=1e-13)


def test_a_label_a_sample_and_noise_of_many_labels_say_next_to_nothing(rng):
    n = 400
    codes = np.array([np.arange(n) % 256, rng.permutation(n) // 2, rng.integers(0, 60, n)], np.uint8)
    relevance = Entropies(codes, 5, np.arange(n) // 200, np.ones(n)).relevance
    assert (relevance < 0.05).all()
    assert Entropies(codes, 256, np.arange(n) // 200, np.ones(n)).relevance.max() > 0.3  # where they cost nothing


def test_information_beyond_gaps_is_that_of_samples_with_the_same(rng):
    codes, y = rng.integers(0, 4, (5, N)).astype(np.uint8), rng.integers(0, 3, N)
    gaps = rng.random((5, N)) < np.array([0.3, 0.3, 0, 0, 0.2])[:, np.newaxis]
    codes[gaps] = 4
    found = PresentEntropies(codes, 5, y, np.ones(N), gaps)
    there = ~gaps[0]
    alone = there.mean() * naive.information(codes[0][there], y[there])
    assert found.relevance[0] == pytest.approx(alone)
    rows, holes = codes.tolist(), gaps.tolist()
    np.testing.assert_allclose(
        found.relevance, [naive.information_given(x, y, g) for x, g in zip(rows, holes, strict=True)], atol=1e-13
    )
    for j in range(5):
        both = [list(zip(g, holes[j], strict=True)) for g in holes]
        pairs = [list(zip(x, rows[j], strict=True)) for x in rows]
        expected = [naive.information_given(p, y, g) for p, g in zip(pairs, both, strict=True)]
        np.testing.assert_allclose(found.with_target(found.one(j)), expected, atol=1e-13)
        expected = [naive.information_given(x, rows[j], g) for x, g in zip(rows, both, strict=True)]
        np.testing.assert_allclose(found.shared(found.one(j)), expected, atol=1e-13)
        known = [list(zip(rows[j], g, strict=True)) for g in holes]
        expected = [naive.information_given(x, y, k) for x, k in zip(rows, known, strict=True)]
        np.testing.assert_allclose(found.given(found.one(j)), expected, atol=1e-13)


def test_labels_stand_where_a_target_puts_them(labels, y):
    numbers = np.column_stack([labels, y**2]).astype(float)
    numbers[:7, 0] = np.nan
    table = MixedTable(numbers, np.array(["nominal", "numeric"]))
    rows = placed(table, (y - y.mean())[:, np.newaxis] / np.sqrt(np.square(y - y.mean()).sum()))
    names = [None if np.isnan(x) else x for x in numbers[:, 0]]
    np.testing.assert_allclose(rows[0], naive.placed(names, y), atol=1e-12)
    np.testing.assert_allclose(rows[1], table.columns(np.array([1])).unit_columns()[0])


def test_informative_gaps_stand_where_the_target_is_there(y, rng):
    x = rng.normal(size=N)
    x[:9] = np.nan
    unit = (y - y.mean()) / np.sqrt(np.square(y - y.mean()).sum())
    row = placed(MixedTable(x[:, np.newaxis], informative=True), unit[:, np.newaxis])[0]
    design = np.column_stack([np.ones(N), np.where(np.isnan(x), 0, x), np.isnan(x)])
    fitted = design @ np.linalg.lstsq(design, unit, rcond=None)[0]
    explained = fitted @ fitted
    kept = naive.beyond_chance(explained, N, 2) / explained
    np.testing.assert_allclose(row, fitted / np.sqrt(explained) * np.sqrt(kept), atol=1e-12)


def test_of_several_classes_labels_stand_by_the_combination_that_they_explain_best(labels, rng):
    codes = (labels + rng.integers(0, 2, N)) % 3
    Y = naive.class_targets(codes)
    row = placed(MixedTable(labels[:, np.newaxis].astype(float), np.array(["nominal"])), Y)[0]
    members = np.equal.outer(labels, np.arange(4)) / np.sqrt(np.bincount(labels))
    explained = np.linalg.svd(members.T @ Y)[1][0] ** 2
    assert np.square((row / np.linalg.norm(row)) @ Y).sum() == pytest.approx(explained, abs=1e-5)
    by_chance = min(3 * 2, (np.sqrt(3) + np.sqrt(2)) ** 2)
    share = naive.beyond_chance(explained, N, by_chance, 2)
    assert row @ row == pytest.approx(share / explained, abs=1e-5)
