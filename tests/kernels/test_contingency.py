import itertools

import numpy as np
import pytest

from infsel._kernels import (
    add_by_label,
    count_labels,
    explain,
    write_contingency,
    write_indicators,
    write_listed,
    write_shared,
    write_together,
)


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


def test_sums_over_listed_samples_and_over_all_others(rng):
    X, root = rng.normal(size=(20, 3)), rng.random(20)
    samples, starts, stops = np.array([3, 7, 1, 19]), np.array([0, 2, 2]), np.array([2, 2, 4])
    sums, norms = np.empty((2, 4, 4)), np.array([7.0, 8, 9, 10])
    write_listed(X, root, samples, starts, stops, np.array([True, True, False]), norms, 1, sums)
    np.testing.assert_allclose(sums[0, 1:3, 1:], [root[[3, 7]] @ X[[3, 7]], np.zeros(3)])
    np.testing.assert_allclose(sums[1, 1:3, 1:], [np.square(X[[3, 7]]).sum(axis=0), np.zeros(3)])
    np.testing.assert_allclose(
        sums[:, 3, 1:], [-root[[1, 19]] @ X[[1, 19]], [8, 9, 10] - np.square(X[[1, 19]]).sum(axis=0)]
    )


def test_sums_and_counts_by_label(rng):
    X, root, codes = rng.normal(size=(20, 3)), rng.random(20), rng.integers(0, 3, (2, 20))
    sums, counts = np.zeros((6, 3)), np.zeros((1, 6))
    add_by_label(X, root, codes, np.array([0, 3]), sums)
    count_labels(root, np.arange(5), np.array([0]), np.array([5]), codes, np.array([0, 3]), counts)
    for j, label in np.ndindex(2, 3):
        own = codes[j] == label
        np.testing.assert_allclose(sums[3 * j + label], root[own] @ X[own])
        np.testing.assert_allclose(counts[0, 3 * j + label], root[:5][own[:5]].sum())


@pytest.mark.parametrize("n_samples", [30, 700])  # a byte counts to 255
def test_tables_counted_in_bytes_are_those_counted_one_by_one(n_samples, rng):
    P, Q = rng.integers(0, [[2], [6]], (2, n_samples)), rng.integers(0, [[4], [1], [3]], (3, n_samples))
    X, sizes = np.zeros((n_samples, 3, 3), np.uint8), P.max(axis=1)
    write_indicators(Q, X)
    expected, found, room = np.empty((6, 2, 3)), np.empty((4, 2, 3)), np.zeros((6, 3, 3))
    write_contingency(P, Q, np.argsort(P, axis=1), np.ones(n_samples), False, np.zeros(2**10), expected)
    write_together(P, sizes, X, room.astype(np.uint8), room, found)
    np.testing.assert_allclose(found, expected[:4])


@pytest.mark.parametrize("n_samples", [30, 700])
def test_samples_that_labels_share_with_lists(n_samples, rng):
    codes, there = rng.integers(0, [[4], [3]], (2, n_samples)), rng.random((11, n_samples)) < 0.5
    listed, columns, first = rng.random(11) < 0.5, rng.permutation(12)[:11], np.array([0, 4])
    of, samples = np.nonzero(there == listed[:, np.newaxis])
    ends = np.searchsorted(of, np.arange(12))
    X, sizes = np.zeros((n_samples, 3, 2), np.uint8), codes.max(axis=1)
    write_indicators(codes, X)
    shared = np.repeat(
        [np.concatenate([np.bincount(c, minlength=k) for c, k in zip(codes, (4, 3), strict=True)])], 12, 0
    ).T
    shared = shared.astype(float)
    write_shared(X, sizes, samples, ends[:-1], ends[1:], listed, columns, first + 1, shared)
    for i, j, label in itertools.product(range(11), range(2), range(1, 4)):
        assert label > sizes[j] or shared[first[j] + label, columns[i]] == ((codes[j] == label) & there[i]).sum()


def test_what_labels_explain(rng):
    sums, counts, found = rng.normal(size=(7, 2)), rng.integers(0, 3, (7, 2)) * 1.0, np.empty((4, 2, 2))
    sums[counts == 0] = 0
    explain(sums, counts, np.array([0, 4]), found)
    for j, lines in enumerate([slice(1, 4), slice(5, 7)]):
        n, s = counts[lines], sums[lines]
        between = (s**2 / np.maximum(n, 1)).sum(axis=0)
        np.testing.assert_allclose(found[:, j], [n.sum(axis=0), s.sum(axis=0), between, (n > 0).sum(axis=0)])
