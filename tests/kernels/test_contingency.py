import numpy as np
import pytest

from infsel._kernels import add_by_label, add_listed, count_labels, write_contingency


@pytest.mark.parametrize("room", [64, 2**10])
def test_tables_of_counts_cell_by_cell(room, rng):
    P, Q, w = rng.integers(0, 4, (2, 30)), rng.integers(0, 20, (3, 30)), rng.random(30)
    found, work = np.empty((6, 2, 3)), np.zeros(room)
    order = np.argsort(P, axis=1)
    for informed in (False, True):
        write_contingency(P, Q, order, w, informed, work, found)
        for i, j in np.ndindex(2, 3):
            cells = np.zeros((4, 20))
            np.add.at(cells, (P[i], Q[j]), w)
            cells = cells[1:, 1:]
            a, b, n = cells.sum(axis=1), cells.sum(axis=0), cells.sum()
            there, expected = cells > 0, np.outer(a, b)
            told = (cells * np.log(np.where(there, cells * n / np.where(there, expected, 1), 1))).sum() / n
            share = (cells**2 / np.where(expected > 0, expected, 1)).sum()
            entropies = [-sum(c / n * np.log(c / n) for c in margin if c > 0) for margin in (a, b)]
            counted = [told if informed else share, n, (a > 0).sum(), (b > 0).sum()]
            np.testing.assert_allclose(found[:4, i, j], counted)
            if informed:
                np.testing.assert_allclose(found[4:, i, j], entropies)
        assert not work.any()


def test_sums_over_listed_samples(rng):
    X, root = rng.normal(size=(20, 3)), rng.random(20)
    samples, ends = np.array([3, 7, 1, 19]), np.array([0, 2, 2, 4])
    sums, squares = np.ones((2, 3, 3))
    add_listed(X, root, samples, ends, sums, squares)
    np.testing.assert_allclose(sums[0], 1 + root[[3, 7]] @ X[[3, 7]])
    np.testing.assert_allclose(squares[2], 1 + np.square(X[[1, 19]]).sum(axis=0))
    np.testing.assert_array_equal(sums[1], 1)


def test_sums_and_counts_by_label(rng):
    X, root, codes = rng.normal(size=(20, 3)), rng.random(20), rng.integers(0, 3, (2, 20))
    sums, counts = np.zeros((6, 3)), np.zeros((1, 6))
    add_by_label(X, root, codes, np.array([0, 3]), sums)
    count_labels(root, np.arange(5), np.array([0, 5]), codes, np.array([0, 3]), counts)
    for j, label in np.ndindex(2, 3):
        own = codes[j] == label
        np.testing.assert_allclose(sums[3 * j + label], root[own] @ X[own])
        np.testing.assert_allclose(counts[0, 3 * j + label], root[:5][own[:5]].sum())
