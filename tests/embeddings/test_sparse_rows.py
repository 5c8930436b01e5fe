"""Rows that are sparse but for one number each against the same rows written down."""

import numpy as np
import pytest
import scipy.sparse as sp

from infsel._runtime.threads import at_most
from infsel.embeddings import (
    FilledRows,
    SparseRows,
    _filled,
    _sparse,
    by_sample,
    inner,
    lift,
    mapped,
    outer,
    project,
    row_blocks,
    sums_of_columns,
)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(_filled, "_WRITTEN", 20)
    monkeypatch.setattr(_sparse, "_PRODUCTS", 20)


@pytest.fixture
def S(rng):
    return sp.csr_array(np.where(rng.random((7, 9)) < 0.4, rng.standard_normal((7, 9)), 0))


@pytest.fixture(params=["once", "weighed"])
def Z(request, S, rng):
    return SparseRows(S, rng.standard_normal(7), rng.random(7), rng.random(9) if request.param == "weighed" else None)


def test_products_are_those_of_the_rows_written_down(Z, rng):
    rows, factors, V = Z.toarray(), rng.random(9), rng.standard_normal((9, 3))
    for sparse, dense in (
        (outer(Z, Z), rows @ rows.T),
        (outer(Z[:3], Z), outer(rows[:3], rows)),
        (project(Z, V[:7]), rows.T @ V[:7]),
        (project(Z, V[:7, 0]), rows.T @ V[:7, 0]),
        (inner(Z), rows.T @ rows),
        (lift(Z, V), rows @ V),
        (lift(Z, V[:, 0]), rows @ V[:, 0]),
        (by_sample(Z, factors).toarray(), by_sample(rows, factors)),
        (outer(by_sample(Z, factors), by_sample(Z, factors)), (rows * factors**2) @ rows.T),
        (inner(Z[np.array([4, 1])]), inner(rows[[4, 1]])),
    ):
        np.testing.assert_allclose(sparse, dense, atol=1e-14)


def test_filled_rows_are_their_entries_and_one_number_elsewhere(S, rng):
    S.data[2] = 0  # an entry, if it is stored
    filling = rng.standard_normal(7)
    rows = FilledRows(S, filling)
    dense = np.where(sp.csr_array((np.ones(S.nnz), S.indices, S.indptr), shape=S.shape).toarray() > 0, S.toarray(),
                     filling[:, None])  # fmt: skip
    np.testing.assert_array_equal(rows.toarray(), dense)
    np.testing.assert_array_equal(mapped(np.exp, rows)[np.array([5, 0])].toarray(), np.exp(dense)[[5, 0]])
    np.testing.assert_allclose(rows.standing_out().toarray(), dense, atol=1e-14)
    for form in (rows, dense):
        blocks = list(row_blocks(form))
        assert len(blocks) == (4 if form is rows else 1)
        np.testing.assert_array_equal(np.vstack([block for _, block in blocks]), dense)
        np.testing.assert_array_equal([dense[where][0] for where, _ in blocks], [block[0] for _, block in blocks])


def test_sums_of_columns_wrap_around_alike(S, rng):
    rows = FilledRows(S, rng.standard_normal(7))

    def function(numbers, row):
        whole = numbers.view(np.uint64)
        return np.stack([whole, whole * (row + np.uint64(3))])

    dense = rows.toarray()
    expected = [[sum(int(x) * k for x, k in zip(column, by, strict=True)) % 2**64 for column in dense.view(np.uint64).T]
                for by in ([1] * 7, range(3, 10))]  # fmt: skip
    for form in (rows, dense):
        assert sums_of_columns(function, form).tolist() == expected


def test_sums_of_columns_are_the_same_in_pieces_and_threads(monkeypatch, rng):
    monkeypatch.setattr(_filled, "_SHARE", 1)
    monkeypatch.setattr(_filled, "_PIECE", 3 * _filled._SAMPLES)
    bits = rng.integers(0, 2**63, (2 * _filled._SAMPLES + 70, 7)).astype(np.uint64)
    expected = (bits * np.arange(1, 8, dtype=np.uint64)).sum(axis=1)
    for rows in (bits.T, np.ascontiguousarray(bits.T)):
        with at_most(2):
            found = sums_of_columns(lambda numbers, row: (numbers * (row + np.uint64(1)))[np.newaxis], rows)
        assert found.tolist() == [expected.tolist()]
